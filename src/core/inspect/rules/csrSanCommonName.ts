import { oid } from "../../asn1/oids.js";
import { visibleText } from "../../asn1/visibleText.js";
import { looksLikeHostName } from "../../x509/hostName.js";
import type { Rule } from "./rule.js";

/** `csr.san.commonName` */
export const csrSanCommonName: Rule<"request"> = {
  code: "csr.san.commonName",
  severity: "warning",
  title: "The CN is not among the alternative names",
  why: "Where a certificate has a subjectAltName with DNS names, programs look there and nowhere else: a host whose name is the CN alone is not found in it.",
  remedy: "Add the CN to the subjectAltName (DNS:…).",
  citation: "RFC 9525 §6.3",
  appliesTo: "request",
  check: ({ view }) => {
    const names = view.subjectAltNames;
    if (!names.some(({ kind }) => kind === "DNS")) return [];
    const known = new Set(names.map(({ text }) => text.toLowerCase()));
    return view.subject.attributes
      .filter(
        ({ oid: type, text }) => type === oid.commonName && looksLikeHostName(text) && !known.has(text.toLowerCase()),
      )
      .slice(0, 5)
      .map(({ text, valueNode }) => ({
        at: "subject",
        message: `The CN ${visibleText(text, 100)} is not among the DNS names of the subjectAltName.`,
        range: { start: valueNode.start, end: valueNode.end },
      }));
  },
};
