import { beforeAll, describe, expect, it } from "vitest";
import { readBer } from "../../../src/core/asn1/berReader.js";
import { oid } from "../../../src/core/asn1/oids.js";
import { buildCertsOnly } from "../../../src/core/cms/buildCertsOnly.js";
import { buildSignedData } from "../../../src/core/cms/buildSignedData.js";
import { readCertificate, type CertificateView } from "../../../src/core/x509/certificate.js";
import { nodeCrypto } from "../../../src/node/nodeCrypto.js";
import { clientMessage, clientKey, type Peculiarities, selfSigned } from "../../support/clientMessage.js";
import { codesOf, inspectOne, nodeNamed } from "../../support/inspection.js";
import { ndesFailure, type NdesSite, ndesSite } from "../../support/ndesReply.js";
import { makeIdentity } from "../../support/scriptedCa.js";
import { parseDistinguishedName } from "../../../src/core/x509/buildName.js";

const challenge = { text: "8CE317021F690069", stringType: "PrintableString" } as const;
const subjectAltNames = [{ kind: "DNS", text: "dev7.example.com" }] as const;
const ndesCapabilities = ["POSTPKIOperation", "Renewal", "SHA-512", "SHA-256", "SHA-1", "DES3"];

let site: NdesSite;
let ra: { readonly signing: CertificateView; readonly encryption: CertificateView };

beforeAll(async () => {
  site = await ndesSite();
  ra = {
    signing: readCertificate(site.signing.der) as CertificateView,
    encryption: readCertificate(site.encryption.der) as CertificateView,
  };
});

/** Codes and severities of a message that is faultless but for its peculiarities. */
async function noticed(odd: Peculiarities = {}, recipient = ra.encryption, capabilities?: readonly string[]) {
  const { der } = await clientMessage(recipient, { challenge, ...odd });
  const report = await inspectOne(der, "request.der", {
    certificates: site.certificates,
    ...(capabilities && { capabilities }),
  });
  return report.findings.map(({ code, severity }) => `${code} ${severity}`);
}

describe("what is noticed of a PKCSReq", () => {
  it("nothing, of one that keeps to RFC 8894", async () => {
    expect(await noticed()).toEqual([]);
  });

  it.each<[string, Peculiarities, string[]]>([
    ["single DES", { cipher: "DES-CBC" }, ["scep.cipher.weak warning"]],
    ["triple DES", { cipher: "DES-EDE3-CBC" }, ["scep.cipher.weak info"]],
    ["MD5", { digest: "MD5" }, ["scep.digest.weak warning"]],
    ["SHA-1", { digest: "SHA-1" }, ["scep.digest.weak warning"]],
    [
      "a nonce of 8 bytes, as macOS sends it",
      { senderNonce: new Uint8Array(8).fill(7) },
      ["scep.nonce.length warning"],
    ],
    ["no certificate of the signer", { withoutCertificates: true }, ["scep.signer.missing error"]],
    ["a messageType that nobody knows", { messageType: "42" }, ["scep.attribute.value error"]],
  ])("%s", async (_, odd, expected) => {
    expect(await noticed(odd)).toEqual(expected);
  });

  it("a recipient that cannot open it: the RA's signing certificate, the CA behind the RA", async () => {
    expect(await noticed({}, ra.signing)).toEqual(["scep.recipient.wrongRole error"]);
    expect(await noticed({}, site.ca.certificate)).toEqual(["scep.recipient.wrongRole error"]);
  });

  it("a cipher that the server does not announce; AES to NDES is only worth knowing", async () => {
    expect(await noticed({}, ra.encryption, ndesCapabilities)).toEqual(["scep.cipher.notAdvertised info"]);
    expect(await noticed({ cipher: "AES-256-CBC" }, ra.encryption, ndesCapabilities)).toEqual([
      "scep.cipher.notAdvertised warning",
    ]);
    expect(await noticed({}, ra.encryption, ["SCEPStandard"])).toEqual([]);
    expect(await noticed({ cipher: "DES-CBC" }, ra.encryption, [])).toEqual(["scep.cipher.weak warning"]);
  });

  it("a byte of the content that was changed on the way", async () => {
    const { der } = await clientMessage(ra.encryption, { challenge });
    const changed = der.slice();
    changed[200] = (changed[200] ?? 0) ^ 1;
    const report = await inspectOne(changed, "request.der");
    expect(report.facts).toMatchObject({ signature: "invalid" });
    expect(codesOf(report)).toContain("scep.signature.invalid");
    expect(nodeNamed(report, "signature").status).toBe("error");
  });

  it("is opened with the RA's key, and the request in it judged by its own rules", async () => {
    const { der } = await clientMessage(ra.encryption, {
      challenge: { ...challenge, stringType: "UTF8String" },
      subjectAltNames,
    });
    const report = await inspectOne(der, "request.der", {
      certificates: site.certificates,
      keys: [{ name: "ra.key", pkcs8: site.encryption.pkcs8 }],
    });
    expect(nodeNamed(report, "envelope")).toMatchObject({
      value: "AES-128-CBC for NDES01-MSCEP-RA (RA encryption), opened",
      status: "ok",
    });
    expect(report.findings).toEqual([]);
    expect(report.contains[0]).toMatchObject({
      facts: { kind: "request" },
      findings: [{ code: "csr.challenge.stringType" }],
    });
    expect(nodeNamed(report, "challengePassword")).toMatchObject({
      value: "UTF8String  •••",
      secret: challenge.text,
      status: "error",
    });
    expect(report.verdict).toMatchObject({ status: "error", headline: "PKCSReq · CN=dev7.example.com" });
  });

  it("that renews needs no challenge", async () => {
    const key = await clientKey(2048, "renewal");
    const old = { certificate: site.signing.der, pkcs8: site.signing.pkcs8 };
    const { der } = await clientMessage(ra.encryption, { key, signer: old });
    const report = await inspectOne(der, "request.der", { keys: [{ name: "ra.key", pkcs8: site.encryption.pkcs8 }] });
    expect(report.contains[0]?.findings.map(({ code }) => code)).toEqual(["csr.san.missing"]);
  });
});

describe("what is noticed of attributes", () => {
  /** A message with just these attributes, each `[oid, DER in hex]`. */
  async function signedWith(attributes: readonly (readonly [string, string])[]): Promise<Uint8Array> {
    const key = await clientKey();
    const signerCertificate = await selfSigned(key, parseDistinguishedName("CN=dev7"));
    return buildSignedData(nodeCrypto, {
      content: Uint8Array.of(0),
      digest: "SHA-256",
      signerCertificate,
      signerKey: key.pkcs8,
      signedAttributes: attributes.map(([type, hex]) => ({
        oid: type,
        valueDer: [new Uint8Array(Buffer.from(hex, "hex"))],
      })),
      certificates: [signerCertificate],
    });
  }

  it("one that is missing gets a line of its own, with the finding on it", async () => {
    const report = await inspectOne(await signedWith([[oid.messageType, "13023139"]]), "request.der");
    expect(codesOf(report)).toEqual(["scep.attribute.missing", "scep.attribute.missing"]);
    expect(report.findings.map(({ message }) => message)).toEqual([
      "The message has no transactionID; every message must have one.",
      "The message has no senderNonce; every message must have one.",
    ]);
    expect(nodeNamed(report, "senderNonce")).toMatchObject({
      value: "missing; every message must have one",
      status: "error",
    });
  });

  it("of the wrong type", async () => {
    const report = await inspectOne(
      await signedWith([
        [oid.messageType, "020113"],
        [oid.transactionID, "0c0161"],
        [oid.senderNonce, "130161"],
      ]),
      "request.der",
    );
    const messages = report.findings.filter(({ code }) => code === "scep.attribute.type").map(({ message }) => message);
    expect(messages.toSorted()).toEqual([
      "messageType is an INTEGER; it has to be a PrintableString.",
      "senderNonce is a PrintableString; it has to be an OCTET STRING.",
      "transactionID is a UTF8String; it has to be a PrintableString.",
    ]);
  });

  it("a failInfo of an old draft is worth knowing, an unknown one an error", async () => {
    const draft = await inspectOne(await ndesFailure(site, { failInfo: "12" }), "reply.der", {
      certificates: site.certificates,
    });
    expect(draft.findings).toContainEqual(expect.objectContaining({ code: "scep.attribute.value", severity: "info" }));
    const unknown = await inspectOne(await ndesFailure(site, { failInfo: "99" }), "reply.der");
    expect(unknown.findings).toContainEqual(
      expect.objectContaining({ code: "scep.attribute.value", severity: "error" }),
    );
  });

  it("a senderNonce that is a copy of the request's", async () => {
    const nonce = new Uint8Array(16).fill(9);
    const report = await inspectOne(
      await ndesFailure(site, { senderNonce: nonce, recipientNonce: nonce }),
      "reply.der",
    );
    expect(report.findings).toContainEqual(expect.objectContaining({ code: "scep.nonce.copied", severity: "info" }));
  });

  it("not in DER's order", async () => {
    const der = await ndesFailure(site, { certificates: [site.signing.der] });
    const swapped = withFirstAttributesSwapped(der);
    const report = await inspectOne(swapped, "reply.der");
    expect(codesOf(report)).toContain("cms.signedAttrs.order");
    expect(codesOf(await inspectOne(der, "reply.der"))).not.toContain("cms.signedAttrs.order");
  });
});

/** The same message with the last two signed attributes in the other order: as long, but not sorted. */
function withFirstAttributesSwapped(der: Uint8Array): Uint8Array {
  const signerInfo = readBer(der)?.child(1)?.child(0)?.children.at(-1)?.child(0);
  const [a, b] = signerInfo?.contextChild(0)?.children.slice(-2) ?? [];
  if (!a || !b) throw new Error("The message has no signed attributes.");
  const out = der.slice();
  out.set(b.encoding, a.start);
  out.set(a.encoding, a.start + b.length);
  return out;
}

describe("certificates alone", () => {
  it("of GetCACert get their roles by key usage and issuer, in whatever order they come", async () => {
    const orders = [site.certificates, site.certificates.toReversed()];
    for (const order of orders) {
      const report = await inspectOne(buildCertsOnly(order), "cacert.p7");
      const roles = report.contains.map(({ facts }) => (facts.kind === "certificate" ? facts.role : facts.kind));
      expect(roles.toSorted()).toEqual(["issuingCa", "raEncryption", "raSigning"]);
      const encryption = report.contains.find(
        ({ facts }) => facts.kind === "certificate" && facts.role === "raEncryption",
      );
      expect(encryption?.facts).toMatchObject({ serialNumber: "610000000b" });
    }
  });

  it("of what was issued: the certificate is an end entity's although it may encipher keys", async () => {
    const leaf = await makeIdentity("CN=dev7", { issuer: site.ca });
    const report = await inspectOne(buildCertsOnly([leaf.certificate.der, site.ca.certificate.der]), "issued.p7");
    expect(report.contains.map(({ facts }) => (facts.kind === "certificate" ? facts.role : ""))).toEqual([
      "endEntity",
      "issuingCa",
    ]);
  });

  it("without any certificate are told so", async () => {
    const report = await inspectOne(buildCertsOnly([]), "empty.p7");
    expect(report.findings).toMatchObject([{ code: "certsOnly.empty", severity: "error" }]);
  });

  it("that are no longer or not yet valid are told so", async () => {
    const now = new Date(Date.now() + 3 * 365 * 86_400_000);
    const late = await inspectOne(site.signing.der, "ra.cer", { now });
    expect(codesOf(late)).toEqual(["cert.expired"]);
    expect(nodeNamed(late, "notAfter").status).toBe("warning");
    expect(codesOf(await inspectOne(site.signing.der, "ra.cer", { now: new Date(0) }))).toEqual(["cert.notYetValid"]);
    expect(codesOf(await inspectOne(site.signing.der, "ra.cer"))).toEqual([]);
  });
});
