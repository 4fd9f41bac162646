import { toHex } from "../asn1/hex.js";

/** What makes an RSA modulus worthless, as far as a look at its residues tells. */
export type ModulusWeakness =
  | { readonly kind: "smallFactor"; readonly factor: number }
  /** The structure of keys of Infineon's RSALib (CVE-2017-15361). */
  | { readonly kind: "roca" };

/** The odd primes up to 167. */
const primes: readonly number[] = Array.from({ length: 83 }, (_, i) => 2 * i + 3).filter((n) =>
  Array.from({ length: 5 }, (_, i) => 2 * i + 3).every((d) => n === d || n % d !== 0),
);

/** The primes in groups whose product is a small number: arithmetic of large ones is done once for each group, and not for each prime. */
const groups: readonly { readonly product: bigint; readonly primes: readonly number[] }[] = Array.from(
  { length: Math.ceil(primes.length / 4) },
  (_, index) => {
    const group = primes.slice(4 * index, 4 * index + 4);
    return { product: group.reduce((all, prime) => all * BigInt(prime), 1n), primes: group };
  },
);

const product = groups.reduce((all, group) => all * group.product, 1n);

/** The residues that 65537 generates modulo each prime: those of an RSALib key are among them for every prime. */
const generated: readonly (readonly boolean[])[] = primes.map((prime) => {
  const residues = Array.from({ length: prime }, () => false);
  for (let value = 1; residues[value] === false; value = (value * 65_537) % prime) residues[value] = true;
  return residues;
});

/**
 * Looks at an odd RSA modulus, big-endian: whether one of the primes up to 167 divides it, or whether it bears the
 * fingerprint of ROCA, which a random modulus does once in some 100 million times. Undefined where it does neither.
 */
export function weaknessOfModulus(modulus: Uint8Array): ModulusWeakness | undefined {
  const rest = BigInt(`0x${toHex(modulus)}`) % product;
  let couldBeRoca = true;
  let at = 0;
  for (const group of groups) {
    const small = Number(rest % group.product);
    for (const prime of group.primes) {
      const residue = small % prime;
      if (residue === 0) return { kind: "smallFactor", factor: prime };
      couldBeRoca &&= generated[at++]?.[residue] === true;
    }
  }
  return couldBeRoca ? { kind: "roca" } : undefined;
}
