import { cipherByOid } from "../../crypto/algorithms.js";
import type { Capabilities } from "../../scep/capabilities.js";
import type { Rule } from "./rule.js";

/** `scep.cipher.notAdvertised` */
export const scepCipherNotAdvertised: Rule<"pkiMessage"> = {
  code: "scep.cipher.notAdvertised",
  severity: "warning",
  title: "The request uses a cipher that the server does not announce",
  why: "The server says with GetCACaps which ciphers it knows; the word AES means AES-128-CBC. With another cipher it may be unable to open the request. NDES leaves AES out although it opens it.",
  remedy: "Choose a cipher that the server announces, or try: NDES from 2016 on opens AES-128-CBC.",
  citation: "RFC 8894 §3.5.2",
  appliesTo: "pkiMessage",
  check: ({ attributes, envelope, capabilities }) => {
    if (!capabilities || !envelope || attributes.messageType?.value === "3") return [];
    const algorithm = envelope.view.contentEncryptionAlgorithm;
    const cipher = cipherByOid(algorithm.oid);
    if (!cipher) return [];
    const announced = cipher.capability !== undefined && isAnnounced(capabilities, cipher.capability);
    // Single DES was the rule before there were capabilities, so a server that names none expects it.
    if (announced || (cipher.name === "DES-CBC" && capabilities.known.length === 0)) return [];
    return [
      {
        at: "envelope",
        message: `The request is encrypted with ${cipher.name}, which is not among the server's capabilities (${capabilities.known.join(", ") || "none"}).`,
        severity: cipher.name === "AES-128-CBC" && isNdesList(capabilities) ? "info" : "warning",
        range: { start: algorithm.node.start, end: algorithm.node.end },
      },
    ];
  },
};

function isAnnounced(capabilities: Capabilities, word: string): boolean {
  return capabilities.known.some((known) => known === word) || (word === "AES" && capabilities.has("AES"));
}

/** The words of NDES on IIS 10, which opens AES without announcing it. */
function isNdesList({ known }: Capabilities): boolean {
  const ndes = ["POSTPKIOperation", "Renewal", "SHA-512", "SHA-256", "SHA-1", "DES3"];
  return known.length === ndes.length && ndes.every((word) => known.some((found) => found === word));
}
