import { HumanError } from "../humanError.js";
import type { CryptoPort, DigestName } from "./cryptoPort.js";

/** A digest, or in a sentence why the host makes none. */
export type DigestReading =
  | { readonly ok: true; readonly digest: Uint8Array }
  | { readonly ok: false; readonly reason: string };

/** The digest of `data`, where the host offers it: SHA-3 and MD5 are not everywhere. Never rejects. */
export async function digestIfOffered(port: CryptoPort, name: DigestName, data: Uint8Array): Promise<DigestReading> {
  try {
    return { ok: true, digest: await port.digest(name, data) };
  } catch (error) {
    return {
      ok: false,
      reason: HumanError.is(error) ? error.message : `The ${name} digest is not available on this computer.`,
    };
  }
}
