import { oid } from "../../asn1/oids.js";
import { certificateTemplateName, extendedKeyUsage, keyUsage } from "../../x509/extensionValues.js";
import { isCa } from "../../x509/roles.js";
import type { Rule } from "./rule.js";

/** The key usage that NDES's two templates stand for. */
const wantedBy: Readonly<Partial<Record<string, "digitalSignature" | "keyEncipherment">>> = {
  EnrollmentAgentOffline: "digitalSignature",
  CEPEncryption: "keyEncipherment",
};

/** `cert.ra.keyUsage` */
export const certRaKeyUsage: Rule<"certificate"> = {
  code: "cert.ra.keyUsage",
  severity: "warning",
  title: "An RA certificate whose usages do not fit its part",
  why: "NDES has two certificates with the extended key usage Certificate Request Agent: one signs the replies (digitalSignature, template EnrollmentAgentOffline), one opens the requests (keyEncipherment, template CEPEncryption). It finds them by extended key usage and key usage when it starts.",
  remedy:
    "Have the RA certificates issued from the templates Exchange Enrollment Agent (Offline request) and CEP Encryption, and run iisreset.",
  citation: "RFC 8894 §2.1.2; 1.3.6.1.4.1.311.20.2.1",
  appliesTo: "certificate",
  check: ({ view }) => {
    if (isCa(view)) return [];
    const template = certificateTemplateName(view);
    const isAgent = extendedKeyUsage(view)?.includes(oid.certificateRequestAgent) ?? false;
    const usage = keyUsage(view);
    const wanted = wantedBy[template ?? ""];
    const messages = [
      wanted !== undefined &&
        !isAgent &&
        `The template ${template} is an RA's, and the extended key usage lacks Certificate Request Agent.`,
      wanted !== undefined &&
        usage &&
        !usage.has(wanted) &&
        `The template is ${template}, and the keyUsage lacks ${wanted}.`,
      isAgent &&
        usage &&
        !usage.has("digitalSignature") &&
        !usage.has("keyEncipherment") &&
        "The certificate is an RA's, and its keyUsage has neither digitalSignature nor keyEncipherment: it can neither sign replies nor open requests.",
    ];
    return messages.filter((message) => typeof message === "string").map((message) => ({ at: "extensions", message }));
  },
};
