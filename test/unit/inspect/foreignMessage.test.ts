import { describe, expect, it } from "vitest";
import { integerValue, objectIdentifier } from "../../../src/core/asn1/buildValue.js";
import {
  bitStringValue,
  contextConstructed,
  derValue,
  octetStringValue,
  sequence,
  setOf,
} from "../../../src/core/asn1/derWriter.js";
import { oid } from "../../../src/core/asn1/oids.js";
import { parseDistinguishedName } from "../../../src/core/x509/buildName.js";
import { generalizedTime, utcTime } from "../../support/oddCertificate.js";
import { inspectOne, nodesOf } from "../../support/inspection.js";

const sha256 = sequence(objectIdentifier("2.16.840.1.101.3.4.2.1"));
const name = parseDistinguishedName("CN=a");
const directoryName = contextConstructed(4, name);
const digest = octetStringValue(new Uint8Array(32));
const utf8 = (text: string): Uint8Array => derValue(0x0c, new TextEncoder().encode(text));

/** An AttributeCertificate (RFC 5755 §4.1), whose parts can be exchanged. */
function attributeCertificate({
  version = 1,
  issuer = contextConstructed(0, sequence(directoryName)),
  time = generalizedTime,
}: { version?: number; issuer?: Uint8Array; time?: (text: string) => Uint8Array } = {}): Uint8Array {
  const info = sequence(
    integerValue(version),
    sequence(contextConstructed(1, directoryName)),
    issuer,
    sha256,
    integerValue(7),
    sequence(time("20260101000000Z"), time("20270101000000Z")),
    sequence(),
  );
  return sequence(info, sha256, bitStringValue(new Uint8Array(64)));
}

/** A PKIMessage of CMP (RFC 4210 §5.1) with that body. */
function cmp(body: Uint8Array, pvno = 2, sender: Uint8Array = directoryName): Uint8Array {
  return sequence(sequence(integerValue(pvno), sender, directoryName), body);
}

/** CertReqMessages (RFC 4211 §3) of one request with that template. */
function crmf(...template: readonly Uint8Array[]): Uint8Array {
  return sequence(sequence(sequence(integerValue(0), sequence(...template))));
}

const control = (type: string): Uint8Array =>
  sequence(integerValue(1), objectIdentifier(type), setOf([integerValue(5)]));
const transactionId = control("1.3.6.1.5.5.7.7.5");
const asked = contextConstructed(1, sequence());

async function descriptionOf(bytes: Uint8Array): Promise<string> {
  const { facts } = await inspectOne(bytes, "message.der");
  return facts.kind === "asn1" ? facts.description : facts.kind;
}

describe("what is no message of SCEP is told by its shape", () => {
  it.each<[string, Uint8Array]>([
    ["Attribute certificate", attributeCertificate()],
    ["Time-stamp request", sequence(integerValue(1), sequence(sha256, digest))],
    [
      "Time-stamp request",
      sequence(integerValue(1), sequence(sha256, digest), integerValue(77), derValue(1, Uint8Array.of(255))),
    ],
    ["Time-stamp response (rejection)", sequence(sequence(integerValue(2), sequence(utf8("no"))))],
    ["Time-stamp response (waiting)", sequence(sequence(integerValue(3), bitStringValue(Uint8Array.of(1))))],
    ["CMP initialization request (ir)", cmp(contextConstructed(0, crmf(contextConstructed(5, name))))],
    ["CMP error message (error)", cmp(contextConstructed(23, sequence()))],
    ["CMP polling response (pollRep)", cmp(contextConstructed(26, sequence()), 3)],
    ["CRMF certificate request messages", crmf(contextConstructed(5, name))],
    ["CMC full PKI request (PKIData)", sequence(sequence(transactionId), sequence(), sequence(), sequence())],
    ["CMC full PKI request (PKIData)", sequence(sequence(), sequence(asked), sequence(), sequence())],
    ["CMC full PKI response (PKIResponse)", sequence(sequence(transactionId), sequence(), sequence())],
  ])("%s", async (description, bytes) => {
    const report = await inspectOne(bytes, "message.der");
    expect(report).toMatchObject({ title: description, facts: { kind: "asn1", description } });
    expect(report.verdict).toMatchObject({ status: "info", headline: description });
    expect(report.verdict.sentence).not.toContain("no message that SCEP knows");
    expect(report.findings).toEqual([]);
  });

  it.each<[string, Uint8Array]>([
    ["an attribute certificate of version 1", attributeCertificate({ version: 0 })],
    ["one whose issuer is a name", attributeCertificate({ issuer: name })],
    ["one with UTCTime", attributeCertificate({ time: (text) => utcTime(text.slice(2)) })],
    ["a time-stamp request of version 2", sequence(integerValue(2), sequence(sha256, digest))],
    ["a digest without a version", sequence(sequence(sha256, digest))],
    ["a status that nothing is said of", sequence(sequence(integerValue(2)))],
    ["a status that there is not", sequence(sequence(integerValue(6), sequence(utf8("no"))))],
    ["a granted request without its token", sequence(sequence(integerValue(0), sequence(utf8("yes"))))],
    ["a body of CMP that there is not", cmp(contextConstructed(27, sequence()))],
    ["a version of CMP that there is not", cmp(contextConstructed(0, sequence()), 4)],
    ["a sender that is no GeneralName", cmp(contextConstructed(0, sequence()), 2, name)],
    ["a template without subject and key", crmf(contextConstructed(3, name))],
    ["a template out of order", crmf(contextConstructed(5, name), contextConstructed(3, name))],
    ["a list of nothing", sequence()],
    ["four lists of nothing", sequence(sequence(), sequence(), sequence(), sequence())],
    ["three lists of nothing", sequence(sequence(), sequence(), sequence())],
    ["controls of something else", sequence(sequence(control("1.2.3.4")), sequence(), sequence(), sequence())],
  ])("nothing is made of %s", async (_, bytes) => {
    expect(await descriptionOf(bytes)).toMatch(/^SEQUENCE of \d+ bytes?/);
  });

  it("its fields have names", async () => {
    const report = await inspectOne(cmp(contextConstructed(0, crmf(contextConstructed(5, name)))), "ir.der");
    const labels = nodesOf(report).map(({ label }) => label);
    expect(labels).toEqual(
      expect.arrayContaining(["pvno", "sender", "recipient", "body ir", "certReqId", "certTemplate"]),
    );
  });
});

describe("a SignedData whose content is of another protocol", () => {
  it.each([
    [
      oid.pkiData,
      "CMC full PKI request",
      "PKIData",
      sequence(sequence(transactionId), sequence(), sequence(), sequence()),
    ],
    [
      oid.pkiResponse,
      "CMC full PKI response",
      "PKIResponse",
      sequence(sequence(transactionId), sequence(), sequence()),
    ],
  ])("%s", async (type, title, label, content) => {
    // The signer is one that nobody knows: what counts here is what is signed.
    const signer = sequence(
      integerValue(1),
      sequence(name, integerValue(7)),
      sha256,
      sequence(objectIdentifier(oid.rsaEncryption)),
      octetStringValue(new Uint8Array(256)),
    );
    const signed = sequence(
      integerValue(3),
      setOf([sha256]),
      sequence(objectIdentifier(type), contextConstructed(0, octetStringValue(content))),
      setOf([signer]),
    );
    const report = await inspectOne(
      sequence(objectIdentifier(oid.signedData), contextConstructed(0, signed)),
      "cmc.p7m",
    );
    expect(report).toMatchObject({ title, facts: { kind: "signedData", contentType: type } });
    expect(report.verdict.sentence).toContain(`its content is a ${label} of CMC`);
    expect(nodesOf(report).map((node) => node.label)).toEqual(
      expect.arrayContaining([label, "controlSequence", "bodyPartID", "attrType"]),
    );
  });
});
