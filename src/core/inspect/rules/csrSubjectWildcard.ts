import { oid } from "../../asn1/oids.js";
import { visibleText } from "../../asn1/visibleText.js";
import type { Rule } from "./rule.js";

/** `csr.subject.wildcard` */
export const csrSubjectWildcard: Rule<"request"> = {
  code: "csr.subject.wildcard",
  severity: "info",
  title: "A name with an asterisk",
  why: "A wildcard stands for one whole label at the left: *.example.com, never dev*.example.com, *.com or dev.*.example.com. A device that enrols over SCEP has a name of its own, and whoever has the key of a wildcard can pose as every host of the domain.",
  remedy: "Ask for the name of the device, or write the asterisk as the whole label at the left.",
  citation: "RFC 9525 §6.3; RFC 6125 §7.2",
  appliesTo: "request",
  check: ({ view }) => {
    const commonNames = view.subject.attributes
      .filter(({ oid: type }) => type === oid.commonName)
      .map(({ text, valueNode }) => ({ text, node: valueNode, at: "subject" }));
    const dnsNames = view.subjectAltNames
      .filter(({ kind }) => kind === "DNS")
      .map(({ text, node }) => ({ text, node, at: "subjectAltName" }));
    return [...commonNames, ...dnsNames]
      .filter(({ text }) => text.includes("*"))
      .slice(0, 20)
      .map(({ text, node, at }) => {
        const sound = /^\*(?:\.[^*.]+){2,}$/.test(text);
        return {
          at,
          message: sound
            ? `The name ${visibleText(text, 100)} stands for every host of its domain.`
            : `The asterisk in ${visibleText(text, 100)} does not stand for a whole label at the left of a domain; no program matches it.`,
          severity: sound ? ("info" as const) : ("warning" as const),
          range: { start: node.start, end: node.end },
        };
      });
  },
};
