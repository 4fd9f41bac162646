import { isPrintableString } from "../../asn1/strings.js";
import type { Rule } from "./rule.js";

/** `opensslConf.challenge.characters` */
export const opensslConfChallengeCharacters: Rule<"opensslConf"> = {
  code: "opensslConf.challenge.characters",
  severity: "warning",
  title: "A challengePassword that cannot be a PrintableString",
  why: "A PrintableString has letters, digits, blanks and ' ( ) + , - . / : = ? only. With any other character OpenSSL takes another type under every mask, and of none of them anybody has shown that NDES takes it.",
  remedy: "Use a password of letters and digits; the one-time passwords of NDES are hexadecimal.",
  citation: "X.680 §41.4; RFC 2985 §5.4.1",
  appliesTo: "opensslConf",
  check: ({ request, script, place }) => {
    const challenge = request?.challenge;
    // With prompt the section holds the question; in a script the shell puts the password there.
    if (!challenge || request.prompt || script || isPrintableString(challenge.entry.value)) return [];
    return [
      {
        ...place(challenge.entry.valueRange),
        message: "The challengePassword has characters that no PrintableString may have.",
      },
    ];
  },
};
