import { oid } from "../../asn1/oids.js";
import { findExtension } from "../../x509/extension.js";
import { basicConstraints, keyUsage } from "../../x509/extensionValues.js";
import type { Rule } from "./rule.js";

/** `cert.ca.inconsistent` */
export const certCa: Rule<"certificate"> = {
  code: "cert.ca.inconsistent",
  severity: "warning",
  title: "basicConstraints and keyUsage of a CA do not fit together",
  why: "A CA has basicConstraints with cA, marked critical, and may sign certificates (keyCertSign); whoever is no CA has neither. Strict software refuses what mixes them.",
  remedy:
    "Have the certificate issued with basicConstraints critical and cA, and keyUsage with keyCertSign, or with neither.",
  citation: "RFC 5280 §4.2.1.3, §4.2.1.9",
  appliesTo: "certificate",
  check: ({ view }) => {
    const isCa = basicConstraints(view)?.ca ?? false;
    const usage = keyUsage(view);
    const constraints = findExtension(view.extensions, oid.basicConstraints);
    const messages = [
      isCa && usage && !usage.has("keyCertSign") && "The certificate is a CA's, and its keyUsage lacks keyCertSign.",
      isCa && !constraints?.critical && "The certificate is a CA's, and its basicConstraints are not critical.",
      !isCa && usage?.has("keyCertSign") && "keyUsage allows keyCertSign, and basicConstraints do not say cA.",
      !isCa &&
        basicConstraints(view)?.pathLength !== undefined &&
        "basicConstraints have a pathLenConstraint without cA.",
    ];
    return messages.filter((message) => typeof message === "string").map((message) => ({ at: "extensions", message }));
  },
};
