import { oid } from "../../../../src/core/asn1/oids.js";
import {
  basicConstraintsExtension,
  extendedKeyUsageExtension,
  type ExtensionInput,
  keyUsageExtension,
  subjectAltNameExtension,
} from "../../../../src/core/x509/buildExtensions.js";
import { certificateTemplateNameExtension } from "../../../../src/core/x509/buildMicrosoftExtensions.js";
import { clientKey } from "../../../support/clientMessage.js";
import {
  caExtensions,
  generalizedTime,
  issuingCertificate,
  type OddCertificate,
  oddCertificate,
  usualExtensions,
  utcTime,
} from "../../../support/oddCertificate.js";
import type { Example, RuleCase } from "../../../support/ruleCase.js";

function certificate(what: string, odd: OddCertificate, rest: Partial<Example> = {}): Example {
  return { what, input: () => oddCertificate(odd), ...rest };
}

const template = (name: string, ...others: ExtensionInput[]): OddCertificate => ({
  extensions: [certificateTemplateNameExtension(name), ...others],
});
const agent = extendedKeyUsageExtension([oid.certificateRequestAgent]);
const unknown = (critical: boolean): ExtensionInput => ({
  oid: "1.3.6.1.4.1.99999.1",
  critical,
  valueDer: Uint8Array.of(5, 0),
});

/** What is said of a certificate by itself. */
export const certificateCases: readonly RuleCase[] = [
  {
    code: "cert.ca.inconsistent",
    fires: [
      certificate(
        "a CA that may not sign certificates",
        { extensions: [basicConstraintsExtension(true), keyUsageExtension(["cRLSign"])] },
        { says: "keyUsage lacks keyCertSign" },
      ),
      certificate(
        "a CA whose basicConstraints are not critical",
        { extensions: [basicConstraintsExtension(true, undefined, false), keyUsageExtension(["keyCertSign"])] },
        { says: "basicConstraints are not critical" },
      ),
      certificate(
        "keyCertSign without cA",
        { extensions: [basicConstraintsExtension(false), keyUsageExtension(["keyCertSign"])] },
        { says: "basicConstraints do not say cA" },
      ),
      certificate(
        "a pathLenConstraint without cA",
        { extensions: [basicConstraintsExtension(false, 0)] },
        { says: "pathLenConstraint without cA" },
      ),
    ],
    nearMiss: [
      certificate("a CA with both", { extensions: caExtensions(0) }),
      certificate("a CA without keyUsage", { extensions: [basicConstraintsExtension(true)] }),
      certificate("an end entity without either", { extensions: usualExtensions.slice(2) }),
    ],
  },
  {
    code: "cert.expired",
    fires: [
      certificate(
        "one second ago",
        { notAfter: utcTime("260615115959Z") },
        { says: "The certificate expired on 2026-06-15." },
      ),
    ],
    nearMiss: [certificate("this very second", { notAfter: utcTime("260615120000Z") })],
  },
  {
    code: "cert.notYetValid",
    fires: [
      certificate(
        "from the next second on",
        { notBefore: utcTime("260615120001Z") },
        { says: "valid from 2026-06-15 12:00 UTC on" },
      ),
    ],
    nearMiss: [certificate("from this second on", { notBefore: utcTime("260615120000Z") })],
  },
  {
    code: "cert.extension.duplicate",
    fires: [
      certificate(
        "keyUsage twice",
        { extensions: [...usualExtensions, keyUsageExtension(["digitalSignature"])] },
        { says: "The extension keyUsage is there more than once." },
      ),
    ],
    nearMiss: [
      certificate("two extensions of one kind of value", {
        extensions: [
          ...usualExtensions,
          { ...subjectAltNameExtension([{ kind: "DNS", text: "ca.example.com" }]), oid: oid.issuerAltName },
        ],
      }),
    ],
  },
  {
    code: "cert.extension.unknownCritical",
    fires: [
      certificate(
        "a private one",
        { extensions: [...usualExtensions, unknown(true)] },
        { says: "The extension 1.3.6.1.4.1.99999.1 is critical" },
      ),
    ],
    nearMiss: [certificate("the same, not critical", { extensions: [...usualExtensions, unknown(false)] })],
  },
  {
    code: "cert.key.tooShort",
    fires: [
      {
        what: "1024 bits",
        input: async () => oddCertificate({ key: await clientKey(1024) }),
        says: "The RSA key has 1024 bits.",
      },
      { what: "2047 bits", input: async () => oddCertificate({ key: await clientKey(2047) }), says: "2047 bits" },
    ],
    nearMiss: [certificate("2048 bits", {})],
  },
  {
    code: "cert.ra.keyUsage",
    fires: [
      certificate("the signing template without the agent's usage", template("EnrollmentAgentOffline"), {
        says: "lacks Certificate Request Agent",
      }),
      certificate(
        "the encryption template with a signer's usage",
        template("CEPEncryption", agent, keyUsageExtension(["digitalSignature"])),
        { says: "The template is CEPEncryption, and the keyUsage lacks keyEncipherment." },
      ),
      certificate(
        "an agent that can neither sign nor decrypt",
        { extensions: [agent, keyUsageExtension(["keyAgreement"])] },
        { says: "neither digitalSignature nor keyEncipherment" },
      ),
    ],
    nearMiss: [
      certificate(
        "the signing certificate",
        template("EnrollmentAgentOffline", agent, keyUsageExtension(["digitalSignature"])),
      ),
      certificate(
        "the encryption certificate",
        template("CEPEncryption", agent, keyUsageExtension(["keyEncipherment"])),
      ),
      certificate("one for both without a template", {
        extensions: [agent, keyUsageExtension(["digitalSignature", "keyEncipherment"])],
      }),
      certificate("another template", template("Machine", keyUsageExtension(["keyAgreement"]))),
    ],
  },
  {
    code: "cert.san.missing",
    fires: [
      certificate(
        "a TLS server's",
        { extensions: [extendedKeyUsageExtension([oid.serverAuth])] },
        { says: "and it has no subjectAltName." },
      ),
      certificate(
        "a TLS server's with an empty list of names",
        { extensions: [extendedKeyUsageExtension([oid.serverAuth]), subjectAltNameExtension([])] },
        { says: "and its subjectAltName holds no name that can be read." },
      ),
    ],
    nearMiss: [
      certificate("a TLS server's with a name", {
        extensions: [...usualExtensions, extendedKeyUsageExtension([oid.serverAuth])],
      }),
      certificate("a TLS client's", { extensions: [extendedKeyUsageExtension([oid.clientAuth])] }),
    ],
  },
  {
    code: "cert.serialNumber.invalid",
    fires: [
      certificate("zero", { serialNumber: [0] }, { says: "The serial number is zero." }),
      certificate("negative", { serialNumber: [0x80] }, { says: "is negative" }),
      certificate("of 21 octets", { serialNumber: [1, ...octets(20)] }, { says: "has 21 octets" }),
      certificate("empty", { serialNumber: [] }, { says: "is empty", also: ["asn1.integer"] }),
    ],
    nearMiss: [
      certificate("one", { serialNumber: [1] }),
      certificate("of 20 octets", { serialNumber: [0x7f, ...octets(19)] }),
      certificate("with a sign octet", { serialNumber: [0, 0x80] }),
    ],
  },
  {
    code: "cert.signatureAlgorithm.mismatch",
    fires: [
      certificate("SHA-256 beside, SHA-384 inside", { innerDigest: "SHA-384" }, { says: "is not the one beside" }),
    ],
    nearMiss: [certificate("SHA-384 in both", { digest: "SHA-384" })],
  },
  {
    code: "cert.signature.weakDigest",
    fires: [
      certificate("SHA-1", { digest: "SHA-1" }, { says: "signed with SHA-1" }),
      certificate("MD5", { digest: "MD5" }, { says: "signed with MD5" }),
    ],
    nearMiss: [{ what: "SHA-1 on a root", input: () => issuingCertificate({ digest: "SHA-1" }) }],
  },
  {
    code: "cert.validity.encoding",
    fires: [
      certificate(
        "a GeneralizedTime before 2050",
        { notAfter: generalizedTime("20491231235959Z") },
        { says: "notAfter is a GeneralizedTime although it is before 2050" },
      ),
      certificate(
        "a UTCTime without seconds",
        { notBefore: utcTime("2601010000Z") },
        { says: "notBefore is a UTCTime without seconds", also: ["asn1.time.form"] },
      ),
      certificate(
        "fractions of seconds",
        { notAfter: generalizedTime("20510101000000.5Z") },
        { says: "with a fraction" },
      ),
      certificate(
        "a day that there is not",
        { notAfter: utcTime("270230000000Z") },
        { says: "notAfter is no readable time", also: ["asn1.time"] },
      ),
    ],
    nearMiss: [
      certificate("a UTCTime of the last second of 2049", { notAfter: utcTime("491231235959Z") }),
      certificate("a GeneralizedTime of the first second of 2050", { notAfter: generalizedTime("20500101000000Z") }),
      certificate("no well-defined end", { notAfter: generalizedTime("99991231235959Z") }),
    ],
  },
  {
    code: "cert.validity.order",
    fires: [
      certificate(
        "ends a second before it begins",
        { notBefore: utcTime("260615115959Z"), notAfter: utcTime("260615115958Z") },
        { says: "notAfter is before notBefore.", also: ["cert.expired"] },
      ),
    ],
    nearMiss: [
      certificate("valid for this second alone", {
        notBefore: utcTime("260615120000Z"),
        notAfter: utcTime("260615120000Z"),
      }),
    ],
  },
  {
    code: "cert.version",
    fires: [
      certificate("no version, which is 1", { version: null }, { says: "says version 1 and has extensions" }),
      certificate("version 2", { version: 1 }, { says: "says version 2" }),
    ],
    nearMiss: [certificate("version 1 without extensions", { version: null, extensions: [] })],
  },
];

function octets(count: number): number[] {
  return Array.from({ length: count }, () => 0x5a);
}
