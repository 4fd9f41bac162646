import type { Facts } from "./facts/facts.js";
import type { Report } from "./report.js";

/** Whether something in some reports stays closed, or cannot be verified, for want of a key, a passphrase or a certificate. */
export function hasClosedParts(reports: readonly Report[]): boolean {
  return closedPartsIn(reports) > 0;
}

/** How much in some reports does so. */
export function closedPartsIn(reports: readonly Report[]): number {
  return reports.reduce((sum, { facts, contains }) => sum + Number(isClosed(facts)) + closedPartsIn(contains), 0);
}

/** Whether a passphrase opened a private key or a container among some reports. */
export function passphraseOpened(reports: readonly Report[]): boolean {
  return reports.some(
    ({ facts }) =>
      (facts.kind === "privateKey" && facts.decrypted === true) || (facts.kind === "pkcs12" && facts.mac === "valid"),
  );
}

function isClosed(facts: Facts): boolean {
  switch (facts.kind) {
    case "pkiMessage":
      return facts.envelope?.decrypted === false || facts.signature === "signerCertificateMissing";
    case "envelopedData":
    case "authEnvelopedData":
      return !facts.envelope.decrypted;
    case "encryptedData":
      return !facts.decrypted;
    case "signedData":
      return facts.signature === "signerCertificateMissing";
    case "privateKey":
      return facts.decrypted === false;
    case "pkcs12":
      return facts.mac === "wrong";
    default:
      return false;
  }
}
