import { wrappingRules } from "./wrappingRule.js";

/** `asn1.leadingData` */
export const asn1LeadingData = wrappingRules("asn1.leadingData", {
  severity: "info",
  title: "Bytes before the message",
  why: "The message was found behind something else: the header of a saved HTTP response, a byte order mark, a line of a log.",
  remedy: "Other tools want the message alone: cut off what stands before it.",
  citation: "X.690 §8.1",
});
