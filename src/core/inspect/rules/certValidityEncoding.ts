import type { BerNode } from "../../asn1/berNode.js";
import { latin1 } from "../../asn1/strings.js";
import { Tag } from "../../asn1/tag.js";
import { decodeTime } from "../../asn1/times.js";
import type { Rule } from "./rule.js";

/** What is wrong with the form of a date, in words that follow its name. */
function wrongForm(node: BerNode): string | undefined {
  const time = decodeTime(node);
  if (!time) return `is no readable time (${node.tagName})`;
  const isUtc = node.isUniversal(Tag.utcTime);
  if (!isUtc && time.getUTCFullYear() < 2050) return "is a GeneralizedTime although it is before 2050";
  const digits = isUtc ? 12 : 14;
  return new RegExp(`^\\d{${digits}}Z$`).test(latin1(node.content.subarray(0, 40)))
    ? undefined
    : `is a ${node.tagName} without seconds, with a fraction, or with another zone than Z`;
}

/** `cert.validity.encoding` */
export const certValidityEncoding: Rule<"certificate"> = {
  code: "cert.validity.encoding",
  severity: "warning",
  title: "A date of validity in the wrong form",
  why: "Dates up to 2049 are UTCTime, later ones GeneralizedTime, both with seconds and Z. Some software misreads or refuses others.",
  remedy: "Have the certificate issued anew by a CA that writes its dates as RFC 5280 wants.",
  citation: "RFC 5280 §4.1.2.5",
  appliesTo: "certificate",
  check: ({ view: { validityNode } }) =>
    validityNode.children.slice(0, 2).flatMap((node, index) => {
      const message = wrongForm(node);
      const at = index === 0 ? "notBefore" : "notAfter";
      if (message === undefined) return [];
      return [{ at, message: `${at} ${message}.`, range: { start: node.start, end: node.end } }];
    }),
};
