import type { Rule } from "./rule.js";

/** `cert.extension.duplicate` */
export const certExtensionDuplicate: Rule<"certificate"> = {
  code: "cert.extension.duplicate",
  severity: "error",
  title: "An extension that is there twice",
  why: "A certificate may have each extension once. Software takes one of them, or refuses the whole.",
  remedy: "Have the certificate issued anew with each extension once.",
  citation: "RFC 5280 §4.2",
  appliesTo: "certificate",
  check: ({ view: { extensions } }) => {
    const seen = new Set<string>();
    return extensions.flatMap(({ oid, name, node }, index) => {
      const again = seen.has(oid);
      seen.add(oid);
      if (!again || index >= 200) return [];
      const range = { start: node.start, end: node.end };
      return [{ at: `extensions/${index}`, message: `The extension ${name} is there more than once.`, range }];
    });
  },
};
