import { wrappingRules } from "./wrappingRule.js";

/** `hex.digit` */
export const hexDigit = wrappingRules("hex.digit", {
  severity: "error",
  title: "Hex that ends with half an octet",
  why: "The number of digits is odd; the text was cut while it was copied.",
  remedy: "Copy the text anew, to its end.",
  citation: "RFC 4648 §8",
});
