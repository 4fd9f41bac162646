import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { oid } from "../../../src/core/asn1/oids.js";
import { readPem } from "../../../src/core/asn1/pem.js";
import { readRequest, type RequestView } from "../../../src/core/pkcs10/request.js";
import { type CertificateView, readCertificate } from "../../../src/core/x509/certificate.js";
import { readCrl, readRevokedCertificate } from "../../../src/core/x509/crl.js";
import {
  basicConstraints,
  certificateTemplateName,
  extendedKeyUsage,
  keyUsage,
  subjectAltNames,
} from "../../../src/core/x509/extensionValues.js";
import { nameAttribute } from "../../../src/core/x509/name.js";
import { encryptionCertificate, signingCertificate, splitRoles } from "../../../src/core/x509/roles.js";

/** A two-tier CA with NDES's two RA certificates, a CRL and requests, all made by the openssl program. */
const config = `
[req]
distinguished_name = dn
string_mask = nombstr
[dn]
[ca]
default_ca = lab
[lab]
database = index.txt
crlnumber = crlnumber
default_md = sha256
default_crl_days = 30
[rootExtensions]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign,digitalSignature
subjectKeyIdentifier = hash
[issuingExtensions]
basicConstraints = critical,CA:TRUE,pathlen:0
keyUsage = critical,keyCertSign,cRLSign,digitalSignature
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[raSigning]
keyUsage = critical,digitalSignature
extendedKeyUsage = 1.3.6.1.4.1.311.20.2.1
1.3.6.1.4.1.311.20.2 = ASN1:BMPSTRING:EnrollmentAgentOffline
[raEncryption]
keyUsage = critical,keyEncipherment
extendedKeyUsage = 1.3.6.1.4.1.311.20.2.1
1.3.6.1.4.1.311.20.2 = ASN1:BMPSTRING:CEPEncryption
[raBoth]
keyUsage = critical,digitalSignature,keyEncipherment
extendedKeyUsage = 1.3.6.1.4.1.311.20.2.1
[requestExtensions]
keyUsage = critical,digitalSignature
extendedKeyUsage = clientAuth
subjectAltName = DNS:dev7.example.com,IP:192.0.2.7,IP:2001:db8::7,email:a@example.com,URI:tag:x,otherName:1.3.6.1.4.1.311.20.2.3;UTF8:dev7@example.com
`;

let folder = "";
const openssl = (...args: string[]): string =>
  execFileSync("openssl", args, { cwd: folder, encoding: "utf8", stdio: "pipe" });
const der = (name: string): Uint8Array => readPem(readFileSync(join(folder, name), "utf8"))[0]?.der ?? new Uint8Array();
const certificate = (name: string): CertificateView => readCertificate(der(`${name}.pem`)) as CertificateView;

/** A certificate of that subject with that section's extensions, signed by `issuer`, or by itself. */
function issue(name: string, subject: string, section: string, issuer?: string): void {
  openssl(
    "req",
    "-new",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-config",
    "lab.cnf",
    "-subj",
    subject,
    "-keyout",
    `${name}.key`,
    "-out",
    `${name}.csr`,
  );
  const signer = issuer ? ["-CA", `${issuer}.pem`, "-CAkey", `${issuer}.key`] : ["-signkey", `${name}.key`];
  openssl(
    "x509",
    "-req",
    "-in",
    `${name}.csr`,
    ...signer,
    "-days",
    "90",
    "-extfile",
    "lab.cnf",
    "-extensions",
    section,
    "-out",
    `${name}.pem`,
  );
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "views-"));
  writeFileSync(join(folder, "lab.cnf"), config);
  issue("root", "/CN=Lab Root CA", "rootExtensions");
  issue("issuing", "/DC=example/DC=lab/CN=Lab Issuing CA", "issuingExtensions", "root");
  issue("raSigning", "/C=DE/CN=NDES01-MSCEP-RA", "raSigning", "issuing");
  issue("raEncryption", "/C=DE/CN=NDES01-MSCEP-RA", "raEncryption", "issuing");
  issue("raBoth", "/CN=RA", "raBoth", "issuing");
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a certificate", () => {
  it("has the subject, issuer, serial number, dates and key that openssl prints", () => {
    const view = certificate("issuing");
    const print = (option: string): string =>
      openssl("x509", "-in", "issuing.pem", "-noout", option, "-nameopt", "RFC2253")
        .trim()
        .replace(/^\w+=\s*/, "");
    expect(view.subject.text).toBe(print("-subject"));
    expect(view.issuer.text).toBe(print("-issuer"));
    expect(view.serialNumber).toBe(print("-serial").toLowerCase());
    expect(view.notBefore).toEqual(new Date(print("-startdate")));
    expect(view.notAfter).toEqual(new Date(print("-enddate")));
    expect(view.publicKey).toMatchObject({ algorithm: "RSA", bits: 2048 });
    expect(view.signatureAlgorithm.name).toBe("sha256WithRSAEncryption");
    expect(view.version).toBe(3);
  });

  it("tells its key usages, constraints and Microsoft template", () => {
    expect([...(keyUsage(certificate("raEncryption")) ?? [])]).toEqual(["keyEncipherment"]);
    expect(extendedKeyUsage(certificate("raEncryption"))).toEqual([oid.certificateRequestAgent]);
    expect(certificateTemplateName(certificate("raEncryption"))).toBe("CEPEncryption");
    expect(basicConstraints(certificate("issuing"))).toEqual({ ca: true, pathLength: 0 });
    expect(keyUsage(certificate("root"))?.has("keyCertSign")).toBe(true);
  });
});

describe("the roles of a GetCACert bundle", () => {
  const roles = (...names: string[]): string[] => splitRoles(names.map(certificate)).map(({ role }) => role);
  const cn = (view: CertificateView | undefined): string | undefined => view && certificateTemplateName(view);

  it("are found in NDES's order", () => {
    expect(roles("raSigning", "raEncryption", "root", "issuing")).toEqual([
      "raSigning",
      "raEncryption",
      "rootCa",
      "issuingCa",
    ]);
  });

  it("are found in any other order, too", () => {
    expect(roles("issuing", "root", "raEncryption", "raSigning")).toEqual([
      "issuingCa",
      "rootCa",
      "raEncryption",
      "raSigning",
    ]);
  });

  it("are found without the root, and with one RA for both", () => {
    expect(roles("raBoth", "issuing")).toEqual(["ra", "issuingCa"]);
  });

  it("let the client envelope for the one and expect the signature of the other", () => {
    const bundle = ["root", "raSigning", "issuing", "raEncryption"].map(certificate);
    expect(cn(encryptionCertificate(bundle))).toBe("CEPEncryption");
    expect(cn(signingCertificate(bundle))).toBe("EnrollmentAgentOffline");
  });

  it("leave the CA itself for both where there is no RA", () => {
    const ca = certificate("root");
    expect(roles("root")).toEqual(["issuingCa"]);
    expect(encryptionCertificate([ca])).toBe(ca);
    expect(signingCertificate([ca])).toBe(ca);
  });
});

describe("a CRL", () => {
  it("has the dates and entries that openssl gave it", () => {
    writeFileSync(join(folder, "index.txt"), "");
    writeFileSync(join(folder, "crlnumber"), "01\n");
    const ca = ["-config", "lab.cnf", "-cert", "issuing.pem", "-keyfile", "issuing.key"];
    openssl("ca", ...ca, "-revoke", "raBoth.pem", "-crl_reason", "superseded");
    openssl("ca", ...ca, "-gencrl", "-out", "lab.crl");
    const crl = readCrl(der("lab.crl"));
    expect(crl?.issuer.text).toBe("CN=Lab Issuing CA,DC=lab,DC=example");
    expect(crl?.revokedNode?.children.map((entry) => readRevokedCertificate(entry)?.serialNumber)).toEqual([
      certificate("raBoth").serialNumber,
    ]);
    const days = (Number(crl?.nextUpdate) - Number(crl?.thisUpdate)) / 86_400_000;
    expect(days).toBe(30);
    expect(readCertificate(der("lab.crl"))).toBeUndefined();
  });
});

describe("a request", () => {
  const request = (mask: string, subject: string): RequestView => {
    writeFileSync(
      join(folder, "request.cnf"),
      `[req]\nprompt=no\ndistinguished_name=dn\nattributes=attributes\nreq_extensions=requestExtensions\nstring_mask=${mask}\n` +
        `[dn]\n${subject}\n[attributes]\nchallengePassword=8CE317021F690069\n[requestExtensions]${config.split("[requestExtensions]")[1]}`,
    );
    openssl(
      "req",
      "-new",
      "-newkey",
      "rsa:1024",
      "-nodes",
      "-config",
      "request.cnf",
      "-keyout",
      "request.key",
      "-out",
      "request.pem",
    );
    return readRequest(der("request.pem")) as RequestView;
  };

  it("tells the string type of its challenge, as string_mask makes it", () => {
    expect(request("nombstr", "CN=dev7").challengePassword).toMatchObject({
      stringType: "PrintableString",
      text: "8CE317021F690069",
      problems: [],
    });
    expect(request("utf8only", "CN=dev7").challengePassword?.stringType).toBe("UTF8String");
    expect(request("MASK:0x4", "CN=dev7").challengePassword?.stringType).toBe("TeletexString");
  });

  it("tells its subject, key and wanted extensions", () => {
    const view = request("utf8only", "O=Lab\nCN=dev7.example.com");
    expect(nameAttribute(view.subject, oid.commonName)).toBe("dev7.example.com");
    expect(view.subject.rdns.flat().map(({ typeName, stringType }) => `${typeName} ${stringType}`)).toEqual([
      "O UTF8String",
      "CN UTF8String",
    ]);
    expect(view.publicKey).toMatchObject({ algorithm: "RSA", bits: 1024 });
    expect(subjectAltNames(view).map(({ kind, text }) => `${kind}:${text}`)).toEqual([
      "DNS:dev7.example.com",
      "IP:192.0.2.7",
      "IP:2001:db8::7",
      "email:a@example.com",
      "URI:tag:x",
      "otherName:userPrincipalName:dev7@example.com",
    ]);
    expect(readCertificate(view.der)).toBeUndefined();
  });

  it("is not mistaken for a certificate, nor a certificate for one", () => {
    expect(readRequest(certificate("root").der)).toBeUndefined();
  });
});
