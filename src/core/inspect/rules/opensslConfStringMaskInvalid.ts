import { visibleText } from "../../asn1/visibleText.js";
import { readStringMask } from "../../pkcs10/stringMask.js";
import type { Rule } from "./rule.js";

/** `opensslConf.stringMask.invalid` */
export const opensslConfStringMaskInvalid: Rule<"opensslConf"> = {
  code: "opensslConf.stringMask.invalid",
  severity: "error",
  title: "A string_mask that OpenSSL does not know",
  why: "openssl req ends with “Invalid global string mask setting”.",
  remedy: "Write default, pkix, utf8only, nombstr, or MASK: and a number.",
  citation: "openssl-req(1), string_mask",
  appliesTo: "opensslConf",
  check: ({ request, place }) => {
    const mask = request?.stringMask;
    // In a script the shell may put the value there.
    if (!mask || mask.value.includes("$") || readStringMask(mask.value) !== undefined) return [];
    return [
      {
        ...place(mask.valueRange),
        message: `OpenSSL knows no string_mask “${visibleText(mask.value, 40)}” and stops there.`,
      },
    ];
  },
};
