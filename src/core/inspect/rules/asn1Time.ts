import { problemRule } from "./problemRule.js";

/** `asn1.time` */
export const asn1Time = problemRule(
  {
    code: "asn1.time",
    severity: "error",
    title: "A time that does not exist",
    why: "The text of the time is malformed, or names a day, hour or minute that there is none of. Readers take it for expired, for 1970, or refuse the whole.",
    remedy: "Have the sender write a time that exists, as YYMMDDHHMMSSZ or YYYYMMDDHHMMSSZ.",
    citation: "X.680 §46, §47; RFC 5280 §4.1.2.5",
  },
  ["timeMalformed"],
);
