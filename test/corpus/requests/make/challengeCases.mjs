/** The challengePassword. */
import { bmp, int, ia5, octets, printable, teletex, tlv, universal, utf8 } from "./der.mjs";
import { challenge, goodExtensions, request } from "./hand.mjs";
import { byHand, openssl } from "./programs.mjs";

/** @param {string} made @param {readonly Uint8Array[]} values */
const byHandWith = (made, ...values) => byHand(made, request({ attributes: [challenge(...values), goodExtensions] }));

const otp = "8CE317021F690069";
const wrongType = { both: ["warning csr.challenge.stringType"] };
const utf8Refused = { ndes: ["error csr.challenge.stringType"], rfc8894: ["warning csr.challenge.stringType"] };

/** @type {readonly import("./cases.mjs").Case[]} */
export const challengeCases = [
  {
    name: "challenge/printable",
    request: () => openssl({}),
    near: ["csr.challenge.stringType", "csr.challenge.missing", "csr.challenge.empty", "csr.challenge.several"],
  },
  { name: "challenge/utf8only", request: () => openssl({ mask: "utf8only" }), ...utf8Refused },
  { name: "challenge/no-string-mask", request: () => openssl({ mask: "" }), ...utf8Refused },
  { name: "challenge/pkix", request: () => openssl({ mask: "pkix" }), near: ["csr.challenge.stringType"] },
  {
    name: "challenge/mask-0x2002",
    request: () => openssl({ mask: "MASK:0x2002" }),
    near: ["csr.challenge.stringType"],
  },
  { name: "challenge/ia5", request: () => byHandWith("IA5String", ia5(otp)), ...wrongType },
  { name: "challenge/teletex", request: () => byHandWith("TeletexString", teletex(otp)), ...wrongType },
  {
    name: "challenge/bmp",
    request: () => byHandWith("BMPString", bmp(otp)),
    ...wrongType,
    near: ["csr.challenge.malformed"],
  },
  { name: "challenge/universal", request: () => byHandWith("UniversalString", universal(otp)), ...wrongType },
  {
    name: "challenge/missing",
    request: () => openssl({ challenge: null }),
    ndes: ["warning csr.challenge.missing"],
    rfc8894: ["info csr.challenge.missing"],
  },
  {
    name: "challenge/missing-other-attribute",
    request: () => openssl({ challenge: null, attributes: ["unstructuredName = switch 7"] }),
    ndes: ["warning csr.challenge.missing"],
    rfc8894: ["info csr.challenge.missing"],
  },
  {
    name: "challenge/empty",
    request: () => byHandWith("an empty PrintableString", printable("")),
    both: ["error csr.challenge.empty"],
  },
  {
    name: "challenge/blanks-alone",
    request: () => byHandWith("three blanks", printable("   ")),
    both: ["error csr.challenge.empty"],
  },
  { name: "challenge/one-character", request: () => openssl({ challenge: "A" }), near: ["csr.challenge.empty"] },
  {
    name: "challenge/blank-behind",
    request: () => openssl({ challenge: `"${otp} "` }),
    both: ["error csr.challenge.blanks"],
  },
  {
    name: "challenge/blank-before",
    request: () => openssl({ challenge: `" ${otp}"` }),
    both: ["error csr.challenge.blanks"],
  },
  {
    name: "challenge/line-feed-behind",
    request: () => byHandWith("a line feed behind the password", utf8(`${otp}\n`)),
    ndes: ["error csr.challenge.blanks", "error csr.challenge.stringType"],
    rfc8894: ["error csr.challenge.blanks", "warning csr.challenge.stringType"],
  },
  {
    name: "challenge/carriage-return-behind",
    request: () => byHandWith("CR and LF behind the password, in an IA5String", ia5(`${otp}\r\n`)),
    both: ["error csr.challenge.blanks", "warning csr.challenge.stringType"],
  },
  {
    name: "challenge/blank-inside",
    request: () => openssl({ challenge: "open sesame" }),
    near: ["csr.challenge.blanks"],
  },
  {
    name: "challenge/thumbprint-md5",
    request: () => openssl({ challenge: "A656FA66 AB12B433 A2DA5CF7 CC153D9A" }),
    both: ["warning csr.challenge.thumbprint"],
  },
  {
    name: "challenge/thumbprint-sha1",
    request: () => openssl({ challenge: "A656FA66 AB12B433 A2DA5CF7 CC153D9A 01234567" }),
    both: ["warning csr.challenge.thumbprint"],
  },
  {
    name: "challenge/thumbprint-colons",
    request: () => openssl({ challenge: "A6:56:FA:66:AB:12:B4:33:A2:DA:5C:F7:CC:15:3D:9A" }),
    both: ["warning csr.challenge.thumbprint"],
  },
  {
    name: "challenge/thumbprint-without-blanks",
    request: () => openssl({ challenge: "A656FA66AB12B433A2DA5CF7CC153D9A" }),
    both: ["info csr.challenge.thumbprint"],
  },
  {
    name: "challenge/thumbprint-40-digits",
    request: () => openssl({ challenge: "A656FA66AB12B433A2DA5CF7CC153D9A01234567" }),
    both: ["info csr.challenge.thumbprint"],
  },
  {
    name: "challenge/31-digits",
    request: () => openssl({ challenge: "A656FA66AB12B433A2DA5CF7CC153D9" }),
    near: ["csr.challenge.thumbprint"],
  },
  {
    name: "challenge/24-digits",
    request: () => openssl({ challenge: "A656FA66AB12B433A2DA5CF7" }),
    near: ["csr.challenge.thumbprint"],
  },
  { name: "challenge/8-digits", request: () => openssl({ challenge: "A656FA66" }), near: ["csr.challenge.thumbprint"] },
  {
    name: "challenge/at-sign",
    request: () => openssl({ challenge: "p@ss" }),
    ndes: ["warning csr.challenge.characters", "warning csr.challenge.stringType"],
    rfc8894: ["info csr.challenge.characters", "warning csr.challenge.stringType"],
  },
  {
    name: "challenge/underscore-asterisk",
    request: () => openssl({ challenge: "a_b*c" }),
    ndes: ["warning csr.challenge.characters", "warning csr.challenge.stringType"],
    rfc8894: ["info csr.challenge.characters", "warning csr.challenge.stringType"],
  },
  {
    name: "challenge/umlaut",
    request: () => openssl({ challenge: "Zürich", options: ["-sha256", "-utf8"] }),
    ndes: ["warning csr.challenge.characters", "warning csr.challenge.stringType"],
    rfc8894: ["info csr.challenge.characters", "warning csr.challenge.stringType"],
  },
  {
    name: "challenge/false-printable",
    request: () => byHandWith("a PrintableString with an @", printable("p@ss")),
    both: ["warning csr.challenge.characters"],
  },
  {
    name: "challenge/every-printable",
    request: () => openssl({ challenge: "Az09'()+,-./:=?" }),
    near: ["csr.challenge.characters"],
  },
  {
    name: "challenge/two-attributes",
    request: () =>
      byHand(
        "two attributes challengePassword",
        request({ attributes: [challenge(printable(otp)), challenge(printable("0000000000000000")), goodExtensions] }),
      ),
    both: ["error csr.challenge.several"],
  },
  {
    name: "challenge/two-values",
    request: () => byHandWith("two values in one attribute", printable(otp), printable("0000000000000000")),
    both: ["error csr.challenge.several"],
  },
  {
    name: "challenge/255-characters",
    request: () => byHandWith("255 characters", printable("A".repeat(255))),
    near: ["csr.challenge.tooLong"],
  },
  {
    name: "challenge/256-characters",
    request: () => byHandWith("256 characters", printable("A".repeat(256))),
    both: ["warning csr.challenge.tooLong"],
  },
  {
    name: "challenge/64-kilobytes",
    request: () => byHandWith("65,536 characters", printable("A".repeat(65_536))),
    both: ["warning csr.challenge.tooLong"],
  },
  {
    name: "challenge/odd-bmp",
    request: () => byHandWith("a BMPString of an odd length", tlv(0x1e, Buffer.from("0038004300", "hex"))),
    both: ["error csr.challenge.malformed", "warning csr.challenge.stringType"],
  },
  {
    name: "challenge/broken-utf8",
    request: () => byHandWith("a UTF8String that is no UTF-8", tlv(0x0c, Buffer.from("41c342", "hex"))),
    ndes: ["error csr.challenge.malformed", "error csr.challenge.stringType", "warning csr.challenge.characters"],
    rfc8894: ["error csr.challenge.malformed", "warning csr.challenge.stringType", "info csr.challenge.characters"],
  },
  {
    name: "challenge/integer",
    request: () => byHandWith("an INTEGER", int(42)),
    both: ["error csr.challenge.malformed", "warning csr.challenge.stringType"],
  },
  {
    name: "challenge/octet-string",
    request: () => byHandWith("an OCTET STRING", octets(Buffer.from(otp))),
    both: ["error csr.challenge.malformed", "warning csr.challenge.stringType"],
  },
  {
    name: "challenge/no-value",
    request: () => byHandWith("an attribute without a value"),
    ndes: ["error csr.challenge.malformed", "warning csr.challenge.missing"],
    rfc8894: ["error csr.challenge.malformed", "info csr.challenge.missing"],
  },
];
