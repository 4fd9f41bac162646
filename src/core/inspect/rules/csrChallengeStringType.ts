import { withArticle } from "../describe/nodes.js";
import type { Rule } from "./rule.js";

/** `csr.challenge.stringType` */
export const csrChallengeStringType: Rule<"request"> = {
  code: "csr.challenge.stringType",
  severity: "warning",
  title: "challengePassword is not a PrintableString",
  why: "NDES does not find a password that comes in a UTF8String and reports it like a wrong one (event 29). OpenSSL writes UTF8String unless string_mask says otherwise, and so do sscep's mkrequest and strongSwan's pki --req. Of the other string types nobody has shown that NDES takes them.",
  remedy:
    "Send the challenge as a PrintableString: with OpenSSL set string_mask = nombstr (or pkix, or MASK:0x2002) in the [ req ] section.",
  citation: "RFC 2985 §5.4.1; NDES event 29",
  appliesTo: "request",
  check: ({ view: { challengePassword } }, { target = "ndes" }) => {
    if (!challengePassword || challengePassword.stringType === "PrintableString") return [];
    const { stringType, node } = challengePassword;
    const refused = stringType === "UTF8String" && target === "ndes";
    return [
      {
        at: "challengePassword",
        message: refused
          ? "The challengePassword is a UTF8String, which NDES reports like a wrong password; only PrintableString is known to work."
          : `The challengePassword is ${withArticle(stringType)}; only PrintableString is known to work with every server.`,
        severity: refused ? "error" : "warning",
        range: { start: node.start, end: node.end },
      },
    ];
  },
};
