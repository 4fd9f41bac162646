import { readPem, writePem } from "../core/asn1/pem.js";
import type { CryptoPort } from "../core/crypto/cryptoPort.js";
import { HumanError } from "../core/humanError.js";
import { readCertificate } from "../core/x509/certificate.js";
import {
  type Authority,
  authorityParts,
  createAuthority,
  createRegistrationAuthority,
  isCurrent,
  type KeyedCertificate,
} from "./certificateAuthority.js";
import type { ResponderState } from "./responderState.js";

/**
 * The authority that the state keeps, made anew where it keeps none. RA certificates that end within a day are replaced;
 * a CA that has ended is a HumanError, for everything it issued would be worthless with a new one.
 */
export async function openAuthority(
  port: CryptoPort,
  state: ResponderState,
  now: Date,
  keyBits: number,
): Promise<Authority> {
  const kept = await state.loadAuthority();
  if (kept === undefined) {
    const fresh = writeAuthority(await createAuthority(port, now, keyBits));
    return readAuthority(await state.saveAuthority(fresh, { replace: false }));
  }
  const authority = readAuthority(kept);
  if (!isCurrent(authority.rootCa, now) || !isCurrent(authority.issuingCa, now)) {
    throw new HumanError(
      "The certification authority in the responder's folder has come to its end. Delete the folder to begin with a new one.",
    );
  }
  if (isCurrent(authority.raSigning, now) && isCurrent(authority.raEncryption, now)) return authority;
  const renewed = { ...authority, ...(await createRegistrationAuthority(port, authority.issuingCa, now, keyBits)) };
  await state.saveAuthority(writeAuthority(renewed), { replace: true });
  return renewed;
}

function writeAuthority(authority: Authority): string {
  const entries = authorityParts.map((part) => {
    const { certificate, pkcs8 } = authority[part];
    return [part, { certificate: writePem("CERTIFICATE", certificate.der), key: writePem("PRIVATE KEY", pkcs8) }];
  });
  return `${JSON.stringify(Object.fromEntries(entries), undefined, 2)}\n`;
}

function readAuthority(text: string): Authority {
  try {
    const parts = JSON.parse(text) as Record<string, Record<string, unknown>>;
    const read = (part: keyof Authority): KeyedCertificate => {
      const certificate = readCertificate(pemOf(parts[part]?.["certificate"]));
      if (!certificate) throw new TypeError(`${part} has no certificate`);
      return { certificate, pkcs8: pemOf(parts[part]?.["key"]) };
    };
    return {
      raSigning: read("raSigning"),
      raEncryption: read("raEncryption"),
      rootCa: read("rootCa"),
      issuingCa: read("issuingCa"),
    };
  } catch (error) {
    throw new HumanError(
      "The file authority.json in the responder's folder cannot be read. Restore it from a copy, or delete the folder to begin with a new certification authority.",
      error instanceof Error ? error.message : String(error),
    );
  }
}

function pemOf(text: unknown): Uint8Array {
  const [block] = readPem(String(text));
  if (!block || block.problems.length > 0) throw new TypeError("a PEM block is missing or broken");
  return block.der;
}
