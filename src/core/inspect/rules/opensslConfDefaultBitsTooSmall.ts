import type { Rule } from "./rule.js";

/** The shortest RSA key that NDES's templates take. */
const shortest = 2048;

/** `opensslConf.defaultBits.tooSmall` */
export const opensslConfDefaultBitsTooSmall: Rule<"opensslConf"> = {
  code: "opensslConf.defaultBits.tooSmall",
  severity: "error",
  title: "Keys of fewer than 2048 bits",
  why: "The certificate templates of NDES refuse RSA keys under 2048 bits (0x80094811). KEYBITS of sscep's mkrequest is 1024 until it is changed.",
  remedy: "Set default_bits, or KEYBITS in a mkrequest script, to 2048.",
  citation: "openssl-req(1), default_bits; CERTSRV_E_KEY_LENGTH",
  appliesTo: "opensslConf",
  check: ({ request, script, place, scriptPlace }) => {
    const bits = request?.defaultBits;
    const keyBits = script?.keyBits;
    return [
      ...(bits && isTooSmall(Number(bits.value)) ? [{ ...place(bits.valueRange), message: words(bits.value) }] : []),
      ...(keyBits && isTooSmall(keyBits.bits)
        ? [{ ...scriptPlace(keyBits.range), message: words(String(keyBits.bits)) }]
        : []),
    ];
  },
};

function isTooSmall(bits: number): boolean {
  return Number.isInteger(bits) && bits > 0 && bits < shortest;
}

function words(bits: string): string {
  return `Keys are made with ${bits} bits; NDES refuses RSA keys under ${shortest}.`;
}
