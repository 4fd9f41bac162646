import { wrappingRules } from "./wrappingRule.js";

/** `asn1.trailingData` */
export const asn1TrailingData = wrappingRules("asn1.trailingData", {
  severity: "warning",
  title: "Bytes behind the end of the message",
  why: "The message ends where its length says, and the input goes on. Editors add line ends, tools pad with zeros, and two files may have been joined. Strict readers refuse the whole.",
  remedy: "Cut the input at the end of the message.",
  citation: "X.690 §8.1",
});
