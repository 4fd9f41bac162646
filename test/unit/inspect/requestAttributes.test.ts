import { beforeAll, describe, expect, it } from "vitest";
import { characterString, integerValue, objectIdentifier } from "../../../src/core/asn1/buildValue.js";
import {
  bitStringValue,
  contextConstructed,
  derValue,
  octetStringValue,
  sequence,
  setOf,
} from "../../../src/core/asn1/derWriter.js";
import { parseDistinguishedName } from "../../../src/core/x509/buildName.js";
import type { Report } from "../../../src/core/inspect/report.js";
import { inspectOne, nodeNamed } from "../../support/inspection.js";
import { makeIdentity } from "../../support/testIdentity.js";

const text = (type: "UTF8String" | "BMPString" | "IA5String", value: string): Uint8Array =>
  characterString(type, value, "test value");
const attribute = (type: string, ...values: Uint8Array[]): Uint8Array =>
  sequence(objectIdentifier(type), setOf(values));

describe("the attributes that Windows puts into a request", () => {
  let report: Report;

  beforeAll(async () => {
    const identity = await makeIdentity("CN=dev7.example.com");
    const keyUsage = sequence(objectIdentifier("2.5.29.15"), octetStringValue(Uint8Array.of(3, 2, 5, 0xa0)));
    const attributes = [
      attribute("1.3.6.1.4.1.311.13.2.3", text("IA5String", "10.0.20348.2")),
      attribute(
        "1.3.6.1.4.1.311.21.20",
        sequence(
          integerValue(9),
          text("UTF8String", "DEV7.lab.example"),
          text("UTF8String", "LAB\\anna"),
          text("UTF8String", "certreq.exe"),
        ),
      ),
      attribute(
        "1.3.6.1.4.1.311.13.2.2",
        sequence(
          integerValue(1),
          text("BMPString", "Microsoft Strong Cryptographic Provider"),
          bitStringValue(new Uint8Array()),
        ),
      ),
      attribute(
        "1.3.6.1.4.1.311.13.2.1",
        sequence(text("BMPString", "CertificateTemplate"), text("BMPString", "WebServer")),
      ),
      attribute("1.3.6.1.4.1.311.13.1", identity.der),
      attribute("1.3.6.1.4.1.311.21.21", octetStringValue(Uint8Array.of(1, 2))),
      attribute("1.3.6.1.4.1.311.21.24", octetStringValue(Uint8Array.of(3, 4))),
      attribute("1.3.6.1.4.1.311.2.1.14", sequence(keyUsage)),
      attribute("1.2.840.113549.1.9.2", text("UTF8String", "dev7"), text("UTF8String", "dev8")),
    ];
    const info = sequence(
      integerValue(0),
      parseDistinguishedName("CN=dev7.example.com"),
      identity.key.spki,
      contextConstructed(0, ...attributes),
    );
    const algorithm = sequence(objectIdentifier("1.2.840.113549.1.1.11"), derValue(5));
    report = await inspectOne(sequence(info, algorithm, bitStringValue(new Uint8Array(256))), "windows.req");
  });

  it.each([
    ["osVersion", "10.0.20348.2: Windows 10.0, build 20348 (IA5String)"],
    ["requestClientInfo", "certreq.exe (9 certreq) of LAB\\anna on DEV7.lab.example"],
    ["clientId", "9 certreq"],
    ["machineName", "DEV7.lab.example"],
    ["userName", "LAB\\anna"],
    ["processName", "certreq.exe"],
    ["enrollmentCspProvider", "Microsoft Strong Cryptographic Provider"],
    ["keySpec", "1 AT_KEYEXCHANGE"],
    ["enrollmentNameValuePair", "CertificateTemplate = WebServer"],
    ["encryptedKeyHash", "0102"],
    ["ENROLL_ATTESTATION_STATEMENT", "0304"],
    ["certExtensions", "keyUsage"],
    ["keyUsage", "digitalSignature, keyEncipherment"],
    ["unstructuredName", "dev7 (UTF8String) (and 1 more value)"],
  ])("%s is %s", (label, value) => {
    expect(nodeNamed(report, label).value).toBe(value);
  });

  it("renewalCertificate opens as the certificate that it is", () => {
    expect(nodeNamed(report, "renewalCertificate").content).toBe("certificate");
    expect(report.contains.map(({ facts }) => facts)).toMatchObject([
      { kind: "certificate", subject: "CN=dev7.example.com", signature: "valid" },
    ]);
  });
});
