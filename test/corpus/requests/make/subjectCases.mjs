/** The subject. */
import { bmp, ia5, printable, teletex, tlv, universal, utf8 } from "./der.mjs";
import { cn, extensionRequest, goodChallenge, goodSan, goodSubject, rdn, request } from "./hand.mjs";
import { byHand, openssl } from "./programs.mjs";

/** @param {string} made @param {readonly Uint8Array[]} subject */
const byHandWith = (made, ...subject) => byHand(made, request({ subject }));
const o = (/** @type {Uint8Array} */ value) => rdn("2.5.4.10", value);
const c = (/** @type {Uint8Array} */ value) => rdn("2.5.4.6", value);

/** A request for names that its subject has, too. @param {string} name */
const wildcard = (name) =>
  openssl({ mask: "MASK:0x2002", dn: [`CN = ${name}`], extensions: [`subjectAltName = DNS:${name}`] });

/** @type {readonly import("./cases.mjs").Case[]} */
export const subjectCases = [
  {
    name: "subject/printable",
    request: () => openssl({ dn: ["C = DE", "O = Example", "CN = dev7.example.com"] }),
    near: ["csr.subject.stringType", "csr.subject.order", "csr.subject.country", "csr.subject.blanks"],
  },
  {
    name: "subject/utf8",
    request: () =>
      openssl({ mask: "MASK:0x2002", dn: ["O = Zürich", "CN = dev7.example.com"], options: ["-sha256", "-utf8"] }),
    near: ["csr.subject.stringType", "csr.subject.malformed"],
  },
  {
    name: "subject/bmp",
    request: () =>
      openssl({ mask: "MASK:0x802", dn: ["O = Žižkov", "CN = dev7.example.com"], options: ["-sha256", "-utf8"] }),
    both: ["warning csr.subject.stringType"],
  },
  {
    name: "subject/teletex",
    request: () =>
      openssl({ mask: "nombstr", dn: ["O = Zürich", "CN = dev7.example.com"], options: ["-sha256", "-utf8"] }),
    both: ["warning csr.subject.stringType"],
  },
  {
    name: "subject/universal",
    request: () => byHandWith("O in a UniversalString", o(universal("Example")), goodSubject),
    both: ["warning csr.subject.stringType"],
  },
  {
    name: "subject/odd-bmp",
    request: () =>
      byHandWith("O in a BMPString of an odd length", o(tlv(0x1e, Buffer.from("004500", "hex"))), goodSubject),
    both: ["warning csr.subject.malformed", "warning csr.subject.stringType"],
  },
  {
    name: "subject/broken-utf8",
    request: () =>
      byHandWith("O in a UTF8String that is no UTF-8", o(tlv(0x0c, Buffer.from("45c378", "hex"))), goodSubject),
    both: ["warning csr.subject.malformed"],
  },
  {
    name: "subject/at-in-printable",
    request: () => byHandWith("O in a PrintableString with an @", o(printable("Ex@mple")), goodSubject),
    both: ["warning csr.subject.malformed"],
  },
  {
    name: "subject/at-in-utf8",
    request: () => openssl({ mask: "MASK:0x2002", dn: ["O = Ex@mple", "CN = dev7.example.com"] }),
    near: ["csr.subject.malformed"],
  },
  {
    name: "subject/integer",
    request: () => byHandWith("O in an INTEGER", o(tlv(0x02, Buffer.from([7]))), goodSubject),
    both: ["warning csr.subject.malformed"],
  },
  {
    name: "subject/cn-64",
    request: () => byHandWith("CN of 64 characters", cn(utf8("ä".repeat(64)))),
    near: ["csr.subject.tooLong"],
  },
  {
    name: "subject/cn-65",
    request: () => byHandWith("CN of 65 characters", cn(utf8("a".repeat(65)))),
    both: ["error csr.subject.tooLong"],
  },
  {
    name: "subject/o-64",
    request: () => openssl({ dn: [`O = ${"o".repeat(64)}`, "CN = dev7.example.com"] }),
    near: ["csr.subject.tooLong"],
  },
  {
    name: "subject/o-65",
    request: () => byHandWith("O of 65 characters", o(utf8("o".repeat(65))), goodSubject),
    both: ["error csr.subject.tooLong"],
  },
  {
    name: "subject/ou-65",
    request: () => byHandWith("OU of 65 characters", rdn("2.5.4.11", utf8("o".repeat(65))), goodSubject),
    both: ["error csr.subject.tooLong"],
  },
  {
    name: "subject/l-128",
    request: () => openssl({ dn: [`L = ${"l".repeat(128)}`, "CN = dev7.example.com"] }),
    near: ["csr.subject.tooLong"],
  },
  {
    name: "subject/l-129",
    request: () => byHandWith("L of 129 characters", rdn("2.5.4.7", utf8("l".repeat(129))), goodSubject),
    both: ["error csr.subject.tooLong"],
  },
  {
    name: "subject/st-129",
    request: () => byHandWith("ST of 129 characters", rdn("2.5.4.8", utf8("s".repeat(129))), goodSubject),
    both: ["error csr.subject.tooLong"],
  },
  {
    name: "subject/serial-65",
    request: () => byHandWith("serialNumber of 65 characters", rdn("2.5.4.5", printable("1".repeat(65))), goodSubject),
    both: ["error csr.subject.tooLong"],
  },
  {
    name: "subject/country-three-letters",
    request: () => byHandWith("C=DEU", c(printable("DEU")), goodSubject),
    both: ["error csr.subject.tooLong"],
  },
  {
    name: "subject/country-one-letter",
    request: () => byHandWith("C=D", c(printable("D")), goodSubject),
    both: ["warning csr.subject.country"],
  },
  {
    name: "subject/country-small-letters",
    request: () => openssl({ dn: ["C = de", "CN = dev7.example.com"] }),
    both: ["warning csr.subject.country"],
  },
  {
    name: "subject/country-utf8",
    request: () => byHandWith("C=DE in a UTF8String", c(utf8("DE")), goodSubject),
    both: ["info csr.subject.country"],
  },
  {
    name: "subject/uid",
    request: () => openssl({ dn: ["UID = 4711", "CN = dev7.example.com"] }),
    ndes: ["info csr.subject.order"],
  },
  {
    name: "subject/street",
    request: () => openssl({ dn: ["street = Example 1", "CN = dev7.example.com"] }),
    ndes: ["info csr.subject.order"],
  },
  {
    name: "subject/given-name-and-title",
    request: () => openssl({ dn: ["givenName = Ada", "title = Dr", "CN = Ada"] }),
    ndes: ["info csr.subject.order"],
  },
  {
    name: "subject/order-changed",
    request: () => openssl({ dn: ["O = Example", "CN = dev7.example.com", "OU = Test"] }),
    ndes: ["info csr.subject.order"],
  },
  {
    name: "subject/order-and-dropped",
    request: () => openssl({ dn: ["O = Example", "UID = 7", "CN = dev7.example.com", "OU = Test"] }),
    ndes: ["info csr.subject.order", "info csr.subject.order"],
  },
  {
    name: "subject/order-of-windows",
    request: () =>
      openssl({
        dn: [
          "C = DE",
          "DC = example",
          "ST = Bremen",
          "L = Bremen",
          "O = Example",
          "OU = Test",
          "CN = dev7.example.com",
        ],
      }),
    near: ["csr.subject.order"],
  },
  {
    name: "subject/order-reversed",
    request: () => openssl({ dn: ["CN = dev7.example.com", "OU = Test", "O = Example", "C = DE"] }),
    near: ["csr.subject.order"],
  },
  {
    name: "subject/serial-number",
    request: () => openssl({ dn: ["serialNumber = 4711", "CN = dev7.example.com"] }),
    near: ["csr.subject.order"],
  },
  {
    name: "subject/empty",
    request: () => openssl({ dn: [], extensions: [] }),
    both: ["error csr.subject.empty"],
    ndes: ["warning csr.challenge.missing"],
    rfc8894: ["info csr.challenge.missing"],
  },
  {
    name: "subject/empty-with-names",
    request: () =>
      byHand(
        "no subject, a critical subjectAltName",
        request({ subject: [], attributes: [goodChallenge, extensionRequest(Buffer.from(sanCritical()))] }),
      ),
    near: ["csr.subject.empty", "csr.san.critical"],
  },
  {
    name: "subject/two-cns",
    request: () => openssl({ dn: ["0.CN = dev7.example.com", "1.CN = dev7.example.com"] }),
    both: ["warning csr.subject.duplicateCommonName"],
  },
  {
    name: "subject/two-ous",
    request: () => openssl({ dn: ["0.OU = Test", "1.OU = Network", "CN = dev7.example.com"] }),
    near: ["csr.subject.duplicateCommonName"],
  },
  {
    name: "subject/blank-behind",
    request: () => openssl({ dn: ['CN = "dev7.example.com "'] }),
    both: ["warning csr.subject.blanks"],
  },
  {
    name: "subject/blank-before",
    request: () => openssl({ dn: ['O = " Example"', "CN = dev7.example.com"] }),
    both: ["warning csr.subject.blanks"],
  },
  {
    name: "subject/two-blanks",
    request: () => openssl({ dn: ["O = Example  Ltd", "CN = dev7.example.com"] }),
    both: ["warning csr.subject.blanks"],
  },
  {
    name: "subject/one-blank",
    request: () => openssl({ dn: ["O = Example Ltd", "CN = dev7.example.com"] }),
    near: ["csr.subject.blanks"],
  },
  {
    name: "subject/empty-part",
    request: () => byHandWith("an empty O", o(printable("")), goodSubject),
    both: ["warning csr.subject.blanks"],
  },
  {
    name: "subject/wildcard",
    request: () => wildcard("*.example.com"),
    both: ["info csr.subject.wildcard", "info csr.subject.wildcard"],
  },
  {
    name: "subject/wildcard-in-a-label",
    request: () => wildcard("dev*.example.com"),
    both: ["warning csr.subject.wildcard", "warning csr.subject.wildcard"],
  },
  {
    name: "subject/wildcard-of-a-top-level-domain",
    request: () => wildcard("*.com"),
    both: ["warning csr.subject.wildcard", "warning csr.subject.wildcard"],
  },
  { name: "subject/no-wildcard", request: () => wildcard("star.example.com"), near: ["csr.subject.wildcard"] },
  {
    name: "subject/widgits",
    request: () => openssl({ dn: ["O = Internet Widgits Pty Ltd", "CN = dev7.example.com"] }),
    both: ["warning csr.subject.placeholder"],
  },
  {
    name: "subject/some-state",
    request: () => openssl({ dn: ["ST = Some-State", "CN = dev7.example.com"] }),
    both: ["warning csr.subject.placeholder"],
  },
  {
    name: "subject/default-company",
    request: () => openssl({ dn: ["L = Default City", "O = Default Company Ltd", "CN = dev7.example.com"] }),
    both: ["warning csr.subject.placeholder", "warning csr.subject.placeholder"],
  },
  {
    name: "subject/real-company",
    request: () => openssl({ dn: ["O = Widgits Ltd", "CN = dev7.example.com"] }),
    near: ["csr.subject.placeholder"],
  },
  {
    name: "subject/email",
    request: () => openssl({ dn: ["CN = dev7.example.com", "emailAddress = admin@example.com"] }),
    both: ["info csr.subject.emailAddress"],
  },
  {
    name: "subject/email-in-both",
    request: () =>
      openssl({
        dn: ["CN = dev7.example.com", "emailAddress = admin@example.com"],
        extensions: ["subjectAltName = DNS:dev7.example.com, email:Admin@example.com"],
      }),
    near: ["csr.subject.emailAddress"],
  },
  {
    name: "subject/ia5-cn",
    request: () => byHandWith("CN in an IA5String", cn(ia5("dev7.example.com"))),
    near: ["csr.subject.stringType"],
  },
  {
    name: "subject/t61-cn",
    request: () => byHandWith("CN in a TeletexString", cn(teletex("dev7.example.com"))),
    both: ["warning csr.subject.stringType"],
  },
  {
    name: "subject/bmp-cn",
    request: () => byHandWith("CN in a BMPString", cn(bmp("dev7.example.com"))),
    both: ["warning csr.subject.stringType"],
  },
];

function sanCritical() {
  // The same extension with critical set.
  const plain = Buffer.from(goodSan);
  const type = plain.subarray(2, 7);
  const value = plain.subarray(7);
  return tlv(0x30, type, Buffer.from([1, 1, 255]), value);
}
