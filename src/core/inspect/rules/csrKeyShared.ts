import { visibleText } from "../../asn1/visibleText.js";
import { keyIdentity } from "../keyHolders.js";
import type { Rule } from "./rule.js";

/** `csr.key.shared` */
export const csrKeyShared: Rule<"request"> = {
  code: "csr.key.shared",
  severity: "warning",
  title: "One key for several subjects",
  why: "The same public key stands in another request, or in a certificate of somebody else. Whoever holds the private key can pose as both; it happens where devices are cloned from one image, or where a key file is used again. SCEP's clients derive the transactionID from the key, so that two requests with one key also look like one transaction to the server.",
  remedy:
    "Make a key of its own for each device. If both are the same device's, delete the request that is out of date.",
  citation: "RFC 8894 §3.2.1.1",
  appliesTo: "request",
  check: ({ view }, { keyHolders }) => {
    const holders = keyHolders?.get(keyIdentity(view.spki)) ?? [];
    const others = holders.filter(({ subject }) => subject !== view.subject.text);
    const [first] = others;
    if (!first) return [];
    const more = others.length > 1 ? ` and ${others.length - 1} more` : "";
    const what = first.kind === "certificate" ? "the certificate" : "the request";
    return [
      {
        at: "subjectPublicKeyInfo",
        message: `The key is also that of ${what} ${visibleText(first.subject || "without a subject", 100)} in ${visibleText(first.source, 100)}${more}.`,
        range: { start: view.publicKey.node.start, end: view.publicKey.node.end },
      },
    ];
  },
};
