import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Report, ReportNode } from "../../../src/core/inspect/report.js";
import { inspectOne, nodeNamed } from "../../support/inspection.js";
import { hasOpenssl, OpensslFolder } from "../../support/opensslProgram.js";

const configuration = join(import.meta.dirname, "everyExtension.cnf");

/** A node as an outline of labels and values. */
function outline({ label, value, children }: ReportNode): string[] {
  return [`${label}: ${value ?? ""}`, ...children.flatMap(outline).map((line) => `  ${line}`)];
}

describe.skipIf(!hasOpenssl)("extensions that openssl wrote are decoded to words (needs openssl)", () => {
  let folder: OpensslFolder;
  let report: Report;

  beforeAll(async () => {
    folder = new OpensslFolder();
    const key = ["-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem"];
    folder.run(
      "req",
      "-x509",
      ...key,
      "-config",
      configuration,
      "-extensions",
      "all",
      "-outform",
      "DER",
      "-out",
      "all.der",
    );
    report = await inspectOne(folder.read("all.der"), "all.der");
  });

  afterAll(() => folder.remove());

  const below = (extension: string): string[] => nodeNamed(report, extension).children.flatMap(outline);

  it.each([
    ["basicConstraints", "critical: CA, with at most 2 CAs below it"],
    ["keyUsage", "critical: digitalSignature, keyCertSign, cRLSign"],
    ["extKeyUsage", "serverAuth, clientAuth, certificateRequestAgent, 1.3.6.1.4.1.99999.1"],
    ["issuerAltName", "email:ca@example.com, URI:http://ca.example.com/"],
    ["freshestCRL", "http://ca.example.com/delta.crl"],
    ["authorityInfoAccess", "ocsp http://ocsp.example.com/, caIssuers http://ca.example.com/ca.crt"],
    ["subjectInfoAccess", "caRepository http://repo.example.com/"],
    ["certificatePolicies", "1.2.3.4, 1.3.5.8, 1.3.5.9"],
    ["policyMappings", "1.2.3.4 counts as 1.2.3.5, 1.2.3.6 counts as 1.2.3.7"],
    ["policyConstraints", "a policy is required after 3 more certificates; no mapping after 1 more certificate"],
    ["inhibitAnyPolicy", "anyPolicy no longer counts after 2 more certificates"],
    ["tlsFeature", "status_request (OCSP must-staple), status_request_v2 (OCSP must-staple)"],
    ["ocspNoCheck", "the responder's certificate is not to be checked for revocation"],
    ["netscapeCertType", "SSL client, SSL server, SSL CA"],
    ["netscapeComment", "Made for a test (IA5String)"],
    ["privateKeyUsagePeriod", "from 2026-01-01 00:00:00 UTC until 2027-01-01 00:00:00 UTC"],
    ["subjectDirectoryAttributes", "countryOfCitizenship"],
    ["certificateTemplateName", "CEPEncryption"],
    ["certificateTemplate", "1.3.6.1.4.1.311.21.8.1.2.3, version 100.7"],
    ["applicationCertPolicies", "clientAuth, smartcardLogon"],
    ["caVersion", "V2.2: the CA's certificate number 2, its key number 2"],
    ["previousCaCertificateHash", "0102030405060708090a0b0c0d0e0f1011121314"],
    ["ntdsCaSecurityExt", "S-1-5-21-1-2-3-500"],
    ["entrustVersion", "V7.1, keyUpdateAllowed"],
  ])("%s", (extension, value) => {
    expect(nodeNamed(report, extension).value).toBe(value);
  });

  it("subjectAltName: every form of name", () => {
    expect(below("subjectAltName").filter((line) => !line.startsWith("  "))).toEqual([
      "DNS: dev7.example.com",
      "IP: 10.0.0.7",
      "IP: 2001:db8::1",
      "email: a@example.com",
      "URI: https://example.com/",
      "URI: tag:microsoft.com,2022-09-14:sid:S-1-5-21-1-2-3-500",
      "registeredID: 1.2.3.4",
      "DirName: CN=dev7.example.com,O=Lab,C=DE",
      "userPrincipalName: anna@example.com",
      "krb5PrincipalName: host/dev7@EXAMPLE.COM",
      "smtpUTF8Mailbox: änna@example.com",
      "hardwareModuleName: 1.2.3.4.5 0102",
      "ntdsReplication: {33221100-5544-7766-8899-aabbccddeeff}",
    ]);
    expect(below("subjectAltName")).toContain("  sid: S-1-5-21-1-2-3-500");
    expect(below("subjectAltName")).toContain("  CN: dev7.example.com (UTF8String)");
  });

  it("authorityKeyIdentifier: the issuer's key, name and serial number", () => {
    const serial = nodeNamed(report, "serialNumber").value;
    const key = nodeNamed(report, "subjectKeyIdentifier").value;
    expect(below("authorityKeyIdentifier")).toEqual([
      `keyIdentifier: ${key}`,
      "authorityCertIssuer: DirName:CN=dev7.example.com,O=Lab,C=DE",
      "  DirName: CN=dev7.example.com,O=Lab,C=DE",
      "    C: DE (PrintableString)",
      "    O: Lab (UTF8String)",
      "    CN: dev7.example.com (UTF8String)",
      `authorityCertSerialNumber: ${serial}`,
    ]);
  });

  it("cRLDistributionPoints: places, a relative name, reasons and another issuer", () => {
    expect(below("cRLDistributionPoints").map((line) => line.trim())).toEqual([
      "DistributionPoint: http://ca.example.com/ca.crl, ldap:///CN=ca issued by DirName:O=Lab",
      "URI: http://ca.example.com/ca.crl",
      "URI: ldap:///CN=ca",
      "reasons: keyCompromise, cACompromise",
      "cRLIssuer: DirName:O=Lab",
      "DirName: O=Lab",
      "O: Lab (UTF8String)",
      "DistributionPoint: CN=list issued by DirName:O=Lab",
      "nameRelativeToCRLIssuer: CN=list",
      "cRLIssuer: DirName:O=Lab",
      "DirName: O=Lab",
      "O: Lab (UTF8String)",
    ]);
  });

  it("certificatePolicies: the practice statement and the notice", () => {
    expect(below("certificatePolicies").slice(2)).toEqual([
      "policyIdentifier: 1.3.5.9",
      "  CPS: http://example.com/cps",
      "  userNotice: Read this",
      "    explicitText: Read this (VisibleString)",
      "    noticeRef: Lab, number 1, 2, 3",
    ]);
  });

  it("nameConstraints: ranges of addresses and what a leading dot means", () => {
    expect(below("nameConstraints")).toEqual([
      "permittedSubtrees: 6 subtrees",
      "  DNS: DNS names below example.com",
      "  DNS: DNS name example.com and all below it",
      "  IP: addresses 10.0.0.0/8 (10.0.0.0 – 10.255.255.255)",
      "  IP: addresses 2001:db8::/32 (2001:db8:: – 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff)",
      "  email: e-mail addresses at example.com",
      "  DirName: directory names under O=Lab",
      "excludedSubtrees: 3 subtrees",
      "  URI: URIs on hosts below evil.example",
      "  email: e-mail addresses at hosts below x.example",
      "  IP: every IPv4 address",
    ]);
  });

  it("qcStatements: each statement with what it says", () => {
    expect(below("qcStatements")).toEqual([
      "qcCompliance: stated",
      "qcLimitValue: up to 5 × 10^3 EUR",
      "qcPDS: https://example.com/pds en",
    ]);
  });
});
