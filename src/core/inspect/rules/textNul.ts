import { problemRule } from "./problemRule.js";

/** `text.nul` */
export const textNul = problemRule(
  {
    code: "text.nul",
    severity: "error",
    title: "A NUL in a text",
    why: "Programs written in C stop reading at a NUL: a certificate for `bank.example\\0.evil.example` passes for one of `bank.example` there. No honest name has one.",
    remedy: "Do not trust the sender; have the name written without it.",
    citation: "RFC 5280 §4.2.1.6; CVE-2009-2408",
  },
  ["textNul"],
);
