import { isPrintableString } from "../../asn1/strings.js";
import { visibleText } from "../../asn1/visibleText.js";
import type { Rule } from "./rule.js";

/** `csr.challenge.characters` */
export const csrChallengeCharacters: Rule<"request"> = {
  code: "csr.challenge.characters",
  severity: "warning",
  title: "The challenge has characters that a PrintableString cannot hold",
  why: "A PrintableString holds letters without accents, digits, the blank and ' ( ) + , - . / : = ? alone. NDES's one-time passwords are hexadecimal and fit; a password that was set by hand, with @, _, * or &, does not, and only PrintableString is known to work.",
  remedy: "Have a password set that PrintableString can hold, or fetch a one-time password from mscep_admin.",
  citation: "X.680 §41.4; RFC 2985 §5.4.1",
  appliesTo: "request",
  check: ({ view: { challengePassword } }, { target = "ndes" }) => {
    const text = challengePassword?.text?.slice(0, mostRead).trim();
    if (!challengePassword || text === undefined || isPrintableString(text)) return [];
    const { node, stringType } = challengePassword;
    const found = [...new Set(Array.from(text).filter((character) => !isPrintableString(character)))];
    // A character or two do not give a password away; more of them might.
    const which = found.length <= 2 ? ` (${visibleText(found.join(" "), 40)})` : "";
    const claimed = stringType === "PrintableString";
    return [
      {
        at: "challengePassword",
        message: claimed
          ? `The challengePassword says PrintableString but holds characters that this type does not have${which}.`
          : `The challengePassword holds characters that a PrintableString cannot hold${which}.`,
        severity: claimed || target === "ndes" ? "warning" : "info",
        range: { start: node.start, end: node.end },
      },
    ];
  },
};

/** Characters looked at of one password. */
const mostRead = 4096;
