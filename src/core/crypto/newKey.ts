import { HumanError } from "../humanError.js";
import type { CryptoPort, CurveName, KeyPair } from "./cryptoPort.js";

/** What a new key is to be. */
export type KeySpec =
  | { readonly kind: "rsa"; readonly bits: number }
  | { readonly kind: "curve"; readonly curve: CurveName };

/** What a new key is unless told: what every SCEP server takes. */
export const usualKey: KeySpec = { kind: "rsa", bits: 2048 };

const curves: readonly CurveName[] = ["P-256", "P-384", "P-521", "Ed25519"];

/**
 * Reads what a key is to be: `rsa:2048` or `2048`, `ec:P-256` or `P-256`, `ed25519`, whatever the case. Throws a
 * {@link HumanError} where the text is none of them.
 */
export function readKeySpec(text: string): KeySpec {
  const bits = /^(?:rsa:)?(\d{3,5})$/i.exec(text)?.[1];
  if (bits !== undefined) return { kind: "rsa", bits: Number(bits) };
  const name = text.replace(/^ec:/i, "").toLowerCase();
  const curve = curves.find((candidate) => candidate.toLowerCase() === name);
  if (curve) return { kind: "curve", curve };
  throw new HumanError(
    "The type of the key is not one that can be made. Choose rsa:2048, rsa:3072, rsa:4096, ec:P-256, ec:P-384, ec:P-521 or ed25519.",
  );
}

/** The same in words: `RSA 2048`, `EC P-256`, `Ed25519`. */
export function keySpecText(spec: KeySpec): string {
  if (spec.kind === "rsa") return `RSA ${spec.bits}`;
  return spec.curve === "Ed25519" ? spec.curve : `EC ${spec.curve}`;
}

/** Makes a key. Rejects with a {@link HumanError} for an RSA key of a size that cannot be made. */
export async function generateKey(port: CryptoPort, spec: KeySpec): Promise<KeyPair> {
  if (spec.kind === "curve") return port.generateCurveKeyPair(spec.curve);
  const { bits } = spec;
  if (!Number.isInteger(bits) || bits < 512 || bits > 16_384) {
    throw new HumanError(`A key of ${bits} bits cannot be made. Ask for 2048, 3072 or 4096.`);
  }
  return port.generateRsaKeyPair(bits);
}
