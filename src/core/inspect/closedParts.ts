import type { Facts } from "./facts.js";
import type { Report } from "./report.js";

/** Whether something in some reports stays closed, or cannot be verified, for want of a key, a passphrase or a certificate. */
export function hasClosedParts(reports: readonly Report[]): boolean {
  const stack = [...reports];
  for (let report = stack.pop(); report; report = stack.pop()) {
    if (isClosed(report.facts)) return true;
    stack.push(...report.contains);
  }
  return false;
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
