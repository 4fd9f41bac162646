import { beforeAll, describe, expect, it } from "vitest";
import { derValue } from "../../../src/core/asn1/derWriter.js";
import { concat } from "../../../src/core/asn1/octets.js";
import type { CertificateView } from "../../../src/core/x509/certificate.js";
import { clientMessage } from "../../support/clientMessage.js";
import { inspectOne, nodeNamed, nodesOf } from "../../support/inspection.js";
import { type Identity, makeIdentity } from "../../support/scriptedCa.js";

let ca: Identity;
beforeAll(async () => {
  ca = await makeIdentity("CN=Test CA", { ca: true });
});

const name = (certificate: CertificateView): Uint8Array => certificate.subject.node.encoding;

/** The report on a message of that type, opened with the CA's key. */
async function opened(messageType: string, envelopeContent: Uint8Array) {
  const { der } = await clientMessage(ca.certificate, { messageType, envelopeContent });
  return inspectOne(der, "request.der", {
    certificates: [ca.certificate.der],
    keys: [{ name: "ca.key", pkcs8: ca.keys.pkcs8 }],
  });
}

describe("messages that ask for something else than a new certificate", () => {
  it("GetCert and GetCRL name a certificate by issuer and serial number", async () => {
    const asked = derValue(0x30, concat([name(ca.certificate), derValue(0x02, Uint8Array.of(0x12, 0x34))]));
    for (const [type, title] of [
      ["21", "GetCert"],
      ["22", "GetCRL"],
    ] as const) {
      const report = await opened(type, asked);
      expect(report.title).toBe(title);
      expect(report.contains[0]?.title).toBe("IssuerAndSerialNumber of the certificate");
      const labels = nodesOf(report).map(({ label, value }) => `${label}: ${value}`);
      expect(labels).toContain("issuer: CN=Test CA");
      expect(labels).toContain("serialNumber: 1234");
    }
  });

  it("CertPoll names the pending request by issuer and subject", async () => {
    const report = await opened("20", derValue(0x30, concat([name(ca.certificate), name(ca.certificate)])));
    expect(report.title).toBe("CertPoll");
    expect(report.contains[0]?.title).toBe("IssuerAndSubject of the pending request");
    expect(nodeNamed(report, "envelope").status).toBe("ok");
  });

  it("a content that is none of this is shown as the ASN.1 that it is", async () => {
    const report = await opened("19", Uint8Array.of(0x30, 0x03, 0x02, 0x01, 0x05));
    expect(report.contains[0]?.facts).toMatchObject({ kind: "asn1" });
    expect(nodesOf(report).some(({ label, value }) => label === "INTEGER" && value === "5")).toBe(true);
  });

  it("a RenewalReq is a renewal whoever signed it, and needs no challenge", async () => {
    const { der } = await clientMessage(ca.certificate, { messageType: "17" });
    const report = await inspectOne(der, "request.der", { keys: [{ name: "ca.key", pkcs8: ca.keys.pkcs8 }] });
    expect(report.title).toBe("RenewalReq");
    expect(report.contains[0]?.findings.map(({ code }) => code)).not.toContain("csr.challenge.missing");
  });
});
