import { problemRule } from "./problemRule.js";

/** `asn1.unread` */
export const asn1Unread = problemRule(
  {
    code: "asn1.unread",
    severity: "error",
    title: "Bytes that belong to no value",
    why: "Between two values, or behind the value that a string holds, stand bytes that are none. They are shown as they are.",
    remedy: "Look at the bytes there: something was put in, or a length is wrong.",
    citation: "X.690 §8.1",
  },
  ["unread", "trailingInside"],
);
