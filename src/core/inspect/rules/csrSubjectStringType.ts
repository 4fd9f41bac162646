import { visibleText } from "../../asn1/visibleText.js";
import { withArticle } from "../describe/nodes.js";
import type { Rule } from "./rule.js";

/** The string types that RFC 5280 keeps for old names alone, or forbids. */
const discouraged: ReadonlySet<string> = new Set(["BMPString", "TeletexString", "UniversalString"]);

/** `csr.subject.stringType` */
export const csrSubjectStringType: Rule<"request"> = {
  code: "csr.subject.stringType",
  severity: "warning",
  title: "BMPString, TeletexString or UniversalString in the subject",
  why: "RFC 5280 allows PrintableString and UTF8String in new names. Other types are compared and displayed differently from one program to the next.",
  remedy: "Build the request with string_mask = utf8only or MASK:0x2002.",
  citation: "RFC 5280 §4.1.2.4",
  appliesTo: "request",
  check: ({ view: { subject } }) =>
    subject.attributes
      .filter(({ stringType }) => discouraged.has(stringType))
      .slice(0, 20)
      .map(({ typeName, stringType, valueNode }) => ({
        at: "subject",
        message: `${visibleText(typeName, 60)} in the subject is ${withArticle(stringType)}.`,
        range: { start: valueNode.start, end: valueNode.end },
      })),
};
