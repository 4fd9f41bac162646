import type { Rule } from "./rule.js";

/** What the providers of Windows make and take at most, and what is enough for anybody. */
const largest = 16_384;
const plenty = 4096;

/** `csr.key.size` */
export const csrKeySize: Rule<"request"> = {
  code: "csr.key.size",
  severity: "info",
  title: "An RSA key of an odd or a very large size",
  why: "Providers of Windows take RSA keys of up to 16384 bits, in steps of 8 bits. A key beyond 4096 bits makes every handshake slow, devices with little memory cannot use it, and the request may grow too long for a GET.",
  remedy: "Make an RSA key of 2048, 3072 or 4096 bits.",
  citation: "CryptoAPI (Enhanced Cryptographic Provider); NIST SP 800-131A",
  appliesTo: "request",
  check: ({ view: { publicKey } }, { target = "ndes" }) => {
    const { algorithm, bits = 0, node } = publicKey;
    if (algorithm !== "RSA" || bits < 2048) return [];
    const range = { start: node.start, end: node.end };
    const odd = bits % 8 !== 0;
    if (bits <= plenty && !odd) return [];
    const refused = target === "ndes" && (bits > largest || odd);
    return [
      {
        at: "subjectPublicKeyInfo",
        message: odd
          ? `The RSA key has ${bits} bits, which is no multiple of 8.`
          : `The RSA key has ${bits} bits; more than ${refused ? largest : plenty} are seldom of use.`,
        severity: refused ? "warning" : "info",
        range,
      },
    ];
  },
};
