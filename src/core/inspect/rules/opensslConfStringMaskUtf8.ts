import { oid } from "../../asn1/oids.js";
import { visibleText } from "../../asn1/visibleText.js";
import { maskedString, readStringMask } from "../../pkcs10/stringMask.js";
import type { Rule } from "./rule.js";

/** A one-time password of NDES, as far as its characters go. */
const oneTimePassword = new TextEncoder().encode("8CE317021F690069");

/** `opensslConf.stringMask.utf8` */
export const opensslConfStringMaskUtf8: Rule<"opensslConf"> = {
  code: "opensslConf.stringMask.utf8",
  severity: "error",
  title: "A string_mask under which the challengePassword is no PrintableString",
  why: "utf8only makes a UTF8String of the challengePassword, which NDES reports like a wrong password; a mask without the bit 0x2 makes it something else that nobody has shown NDES to take.",
  remedy: "Set string_mask = nombstr (or pkix, or MASK:0x2002) in the section [ req ].",
  citation: "openssl-req(1), string_mask; NDES event 29",
  appliesTo: "opensslConf",
  check: ({ request, place }, { target = "ndes" }) => {
    const setting = request?.stringMask;
    const mask = setting && readStringMask(setting.value);
    if (!request?.challenge || !setting || mask === undefined) return [];
    const made = maskedString(oid.challengePassword, oneTimePassword, { mask, utf8: false });
    if (made.ok && made.stringType === "PrintableString") return [];
    return [
      {
        ...place(setting.valueRange),
        message: `string_mask = ${visibleText(setting.value, 40)} makes the challengePassword ${made.ok ? `of letters and digits a ${made.stringType}` : "impossible"}; PrintableString is the only type that NDES is known to take.`,
        ...(target !== "ndes" && { severity: "warning" as const }),
      },
    ];
  },
};
