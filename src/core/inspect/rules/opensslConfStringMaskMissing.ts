import type { Rule } from "./rule.js";

/** `opensslConf.stringMask.missing` */
export const opensslConfStringMaskMissing: Rule<"opensslConf"> = {
  code: "opensslConf.stringMask.missing",
  severity: "error",
  title: "A challengePassword and no string_mask",
  why: "Without string_mask OpenSSL encodes the challengePassword as a UTF8String, which NDES reports like a wrong password. sscep's mkrequest writes its configuration so.",
  remedy:
    "Add string_mask = nombstr to the section [ req ]. Where the subject has letters beyond ASCII take MASK:0x2002, which writes those as UTF-8 and the one-time password as PrintableString.",
  citation: "openssl-req(1), string_mask; NDES event 29",
  appliesTo: "opensslConf",
  check: ({ request, place }, { target = "ndes" }) => {
    if (!request?.challenge || request.stringMask) return [];
    return [
      {
        ...place(request.section.header ?? request.challenge.entry.nameRange),
        message:
          "The section [ req ] has no string_mask, so OpenSSL writes the challengePassword as a UTF8String, which NDES reports like a wrong password.",
        ...(target !== "ndes" && { severity: "warning" as const }),
      },
    ];
  },
};
