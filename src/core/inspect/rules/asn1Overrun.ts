import { problemRule } from "./problemRule.js";

/** `asn1.overrun` */
export const asn1Overrun = problemRule(
  {
    code: "asn1.overrun",
    severity: "error",
    title: "A value is longer than the one around it",
    why: "The lengths contradict one another, so that the bytes were changed after they were encoded, or the encoder is broken. Some readers accept it in silence and others refuse the message.",
    remedy:
      "Look at the bytes there; lines lost or added in a copy, and line ends that were converted, are the usual cause.",
    citation: "X.690 §8.1.3",
  },
  ["overrunsParent"],
);
