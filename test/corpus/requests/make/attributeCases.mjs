/** Attributes and extensions. */
import { bmp, ia5, int, nothing, octets, oid, printable, seq, tlv, utf8 } from "./der.mjs";
import {
  attribute,
  challenge,
  dns,
  extension,
  extensionRequest,
  goodChallenge,
  goodExtensions,
  goodSan,
  request,
  san,
} from "./hand.mjs";
import { byHand, openssl } from "./programs.mjs";

/** @param {string} made @param {readonly Uint8Array[]} attributes */
const byHandWith = (made, ...attributes) => byHand(made, request({ attributes }));
/** @param {string} made @param {readonly Uint8Array[]} extensions */
const extended = (made, ...extensions) => byHandWith(made, goodChallenge, extensionRequest(goodSan, ...extensions));

const microsoft = "1.3.6.1.4.1.311.2.1.14";
const unstructuredName = "1.2.840.113549.1.9.2";
const missing = { ndes: ["warning csr.challenge.missing"], rfc8894: ["info csr.challenge.missing"] };

/** @type {readonly import("./cases.mjs").Case[]} */
export const attributeCases = [
  {
    name: "attribute/microsofts-extensions",
    request: () =>
      byHandWith("the extensions in CERT_EXTENSIONS alone", goodChallenge, attribute(microsoft, seq(goodSan))),
    ndes: ["info csr.attribute.certExtensions"],
    rfc8894: ["warning csr.attribute.certExtensions"],
  },
  {
    name: "attribute/extensions-in-both",
    request: () =>
      byHandWith(
        "the extensions in both attributes",
        goodChallenge,
        goodExtensions,
        attribute(microsoft, seq(goodSan)),
      ),
    ndes: ["info csr.attribute.certExtensions"],
    rfc8894: ["warning csr.attribute.certExtensions"],
  },
  {
    name: "attribute/pkcs9-extensions",
    request: () => openssl({}),
    near: ["csr.attribute.certExtensions", "csr.attributes.missing"],
  },
  {
    name: "attribute/of-windows",
    request: () =>
      byHandWith(
        "OS_VERSION, ENROLLMENT_CSP_PROVIDER and REQUEST_CLIENT_INFO, as certreq writes them",
        goodChallenge,
        attribute("1.3.6.1.4.1.311.13.2.3", ia5("10.0.20348.2")),
        attribute("1.3.6.1.4.1.311.21.20", seq(int(9), utf8("ndes01"), utf8("EXAMPLE\\svc"), utf8("certreq"))),
        attribute(
          "1.3.6.1.4.1.311.13.2.2",
          seq(int(1), bmp("Microsoft Enhanced Cryptographic Provider v1.0"), tlv(0x03, Buffer.from([0]))),
        ),
        goodExtensions,
      ),
    near: ["csr.attribute.duplicate", "csr.attribute.malformed"],
  },
  {
    name: "attribute/two-extension-requests",
    request: () =>
      byHandWith(
        "two attributes extensionRequest",
        goodChallenge,
        goodExtensions,
        extensionRequest(extension("2.5.29.19", seq())),
      ),
    both: ["warning csr.attribute.duplicate"],
  },
  {
    name: "attribute/two-unstructured-names",
    request: () =>
      byHandWith(
        "two attributes unstructuredName",
        goodChallenge,
        attribute(unstructuredName, utf8("a")),
        attribute(unstructuredName, utf8("b")),
        goodExtensions,
      ),
    both: ["warning csr.attribute.duplicate"],
  },
  {
    name: "attribute/one-unstructured-name",
    request: () => openssl({ attributes: ["unstructuredName = switch 7"] }),
    near: ["csr.attribute.duplicate"],
  },
  {
    name: "attribute/without-a-value",
    request: () =>
      byHandWith("unstructuredName with an empty SET", goodChallenge, attribute(unstructuredName), goodExtensions),
    both: ["error csr.attribute.malformed"],
  },
  {
    name: "attribute/request-of-two-values",
    request: () =>
      byHandWith(
        "extensionRequest with two values",
        goodChallenge,
        attribute("1.2.840.113549.1.9.14", seq(goodSan), seq(extension("2.5.29.19", seq()))),
      ),
    both: ["error csr.attribute.malformed"],
  },
  {
    name: "attribute/request-of-an-integer",
    request: () =>
      byHandWith("extensionRequest with an INTEGER in it", goodChallenge, attribute("1.2.840.113549.1.9.14", int(1))),
    both: ["error csr.attribute.malformed", "info csr.san.missing"],
  },
  {
    name: "attribute/null-among-them",
    request: () => byHandWith("a NULL among the attributes", goodChallenge, nothing, goodExtensions),
    both: ["error csr.attribute.malformed"],
  },
  {
    name: "attribute/empty-set",
    request: () => byHandWith("an empty set of attributes"),
    both: ["info csr.san.missing"],
    ...missing,
    near: ["csr.attributes.missing"],
  },
  {
    name: "attribute/no-set",
    request: () => byHand("no field for attributes at all", request({ attributes: null })),
    both: ["warning csr.attributes.missing", "info csr.san.missing"],
    ...missing,
  },

  {
    name: "extension/twice",
    request: () =>
      extended(
        "two extensions extKeyUsage",
        extension("2.5.29.37", seq(oid("1.3.6.1.5.5.7.3.1"))),
        extension("2.5.29.37", seq(oid("1.3.6.1.5.5.7.3.1"))),
      ),
    both: ["error csr.extension.duplicate"],
  },
  {
    name: "extension/two-sans",
    request: () => extended("two extensions subjectAltName", san(dns("dev8.example.com"))),
    both: ["error csr.extension.duplicate"],
  },
  {
    name: "extension/several",
    request: () =>
      openssl({
        extensions: [
          "subjectAltName = DNS:dev7.example.com",
          "basicConstraints = CA:FALSE",
          "extendedKeyUsage = serverAuth",
        ],
      }),
    near: ["csr.extension.duplicate", "csr.extension.malformed"],
  },
  {
    name: "extension/key-usage-of-octets",
    request: () => extended("keyUsage that is an OCTET STRING", extension("2.5.29.15", octets(Buffer.from([0xa0])))),
    both: ["error csr.extension.malformed"],
  },
  {
    name: "extension/eku-of-an-oid",
    request: () =>
      extended("extKeyUsage that is an OBJECT IDENTIFIER", extension("2.5.29.37", oid("1.3.6.1.5.5.7.3.1"))),
    both: ["error csr.extension.malformed", "warning csr.eku.any"],
  },
  {
    name: "extension/trailing-bytes",
    request: () =>
      extended(
        "basicConstraints with two bytes behind it",
        extension("2.5.29.19", Buffer.concat([seq(), Buffer.from([5, 0])])),
      ),
    both: ["error csr.extension.malformed"],
  },
  {
    name: "extension/empty-value",
    request: () => extended("an extension of no octets", extension("1.2.3.4", Buffer.alloc(0))),
    both: ["error csr.extension.malformed"],
  },
  {
    name: "extension/key-usage",
    request: () => extended("keyUsage as it should be", extension("2.5.29.15", tlv(0x03, Buffer.from([5, 0xa0])))),
    ndes: ["info csr.keyUsage.template"],
    near: ["csr.extension.malformed"],
  },
  {
    name: "extension/template-name",
    request: () => extended("the name of a template", extension("1.3.6.1.4.1.311.20.2", bmp("Machine"))),
    both: ["info csr.template.named"],
  },
  {
    name: "extension/template-oid",
    request: () =>
      extended(
        "a template of version 2",
        extension("1.3.6.1.4.1.311.21.7", seq(oid("1.3.6.1.4.1.311.21.8.1.2.3"), int(100), int(4))),
      ),
    both: ["info csr.template.named"],
  },
  {
    name: "extension/application-policies",
    request: () =>
      extended(
        "Microsoft's application policies",
        extension("1.3.6.1.4.1.311.21.10", seq(seq(oid("1.3.6.1.5.5.7.3.1")))),
      ),
    near: ["csr.template.named"],
  },
  {
    name: "extension/challenge-and-all",
    request: () =>
      byHandWith(
        "everything that is asked for, in order",
        challenge(printable("8CE317021F690069")),
        extensionRequest(extension("2.5.29.19", seq()), goodSan),
      ),
    near: ["csr.attribute.malformed"],
  },
];
