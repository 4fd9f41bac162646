import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toHex } from "../../../src/core/asn1/hex.js";
import { digestNames } from "../../../src/core/crypto/algorithms.js";
import type { KeyPair } from "../../../src/core/crypto/cryptoPort.js";
import { buildRequest } from "../../../src/core/pkcs10/buildRequest.js";
import { readRequest } from "../../../src/core/pkcs10/request.js";
import { buildCertificate, type CertificateInput } from "../../../src/core/x509/buildCertificate.js";
import {
  authorityKeyIdentifierExtension,
  basicConstraintsExtension,
  extendedKeyUsageExtension,
  keyIdentifier,
  keyUsageExtension,
  subjectAltNameExtension,
  subjectKeyIdentifierExtension,
} from "../../../src/core/x509/buildExtensions.js";
import { certificateTemplateNameExtension } from "../../../src/core/x509/buildMicrosoftExtensions.js";
import { parseDistinguishedName } from "../../../src/core/x509/buildName.js";
import { keyUsageNames } from "../../../src/core/x509/extensionValues.js";
import { nodeCrypto } from "../../../src/node/nodeCrypto.js";
import { hasOpenssl, OpensslFolder } from "../../support/opensslProgram.js";

describe.skipIf(!hasOpenssl)("what we build, read by the openssl program (needs openssl)", () => {
  let folder: OpensslFolder;
  let key: KeyPair;

  beforeAll(async () => {
    folder = new OpensslFolder();
    key = await nodeCrypto.generateRsaKeyPair(2048);
    folder.write("key.der", key.pkcs8);
    folder.run("pkey", "-inform", "DER", "-in", "key.der", "-out", "key.pem");
  });
  afterAll(() => folder.remove());

  describe("names", () => {
    // The mask of PrintableString where it can be, else UTF8String, is what we promise.
    const config = "[req]\ndistinguished_name=dn\nstring_mask=MASK:0x2002\nutf8=yes\n[dn]\n";
    const subjects = [
      "/CN=dev7.example.com",
      "/C=DE/ST=Bayern/L=München/O=Example, Inc./OU=a_b/CN=dev7.example.com",
      "/DC=example/DC=lab/CN=Lab Issuing CA/emailAddress=a@example.com",
      "/O=Example/CN=dev7+serialNumber=12:34",
      String.raw`/CN=a\/b\\c\+d`,
      "/UID=u7/GN=Ada/SN=Lovelace/title=Dr/initials=AL",
      "/unstructuredAddress=192.0.2.7/CN=😀 Жук",
      '/CN=quoted "x" <y>;#z',
      "/street=Example Road 7/CN==a=b",
    ];

    function opensslName(subject: string): Uint8Array {
      folder.write("name.cnf", config);
      const files = ["-key", "key.pem", "-outform", "DER", "-out", "name.csr"];
      folder.run("req", "-new", "-config", "name.cnf", "-utf8", ...files, "-subj", subject);
      return readRequest(folder.read("name.csr"))?.subject.node.encoding ?? new Uint8Array();
    }

    for (const subject of subjects) {
      it(`${subject} is openssl's Name, octet for octet`, () => {
        expect(toHex(parseDistinguishedName(subject))).toBe(toHex(opensslName(subject)));
      });

      it(`${subject}, as openssl prints it by RFC 2253, is read back to the same Name`, () => {
        const name = opensslName(subject);
        const options = ["-nameopt", "RFC2253,-esc_msb,utf8", "-inform", "DER", "-in", "name.csr"];
        const printed = folder.run("req", "-noout", "-subject", ...options).replace(/^subject=/, "");
        expect(toHex(parseDistinguishedName(printed.trimEnd()))).toBe(toHex(name));
      });
    }
  });

  describe("requests", () => {
    for (const digest of digestNames) {
      it(`signed with ${digest} verify`, async () => {
        const subject = parseDistinguishedName("CN=dev7.example.com,O=Example");
        folder.write(
          "request.der",
          await buildRequest(nodeCrypto, { subject, spki: key.spki, key: key.pkcs8, digest }),
        );
        const { output } = folder.try("req", "-inform", "DER", "-in", "request.der", "-noout", "-verify", "-subject");
        expect(output).toContain("self-signature verify OK");
        expect(output).toContain("O = Example, CN = dev7.example.com");
      });
    }

    const stringTypes: readonly (readonly [
      "PrintableString" | "UTF8String" | "IA5String" | "TeletexString" | "BMPString",
      string,
      string,
    ])[] = [
      ["PrintableString", "8CE317021F690069", "PRINTABLESTRING   :8CE317021F690069"],
      ["UTF8String", "8CE317021F690069", "UTF8STRING        :8CE317021F690069"],
      ["IA5String", "a_b@c", "IA5STRING         :a_b@c"],
      ["TeletexString", "8CE317021F690069", "T61STRING         :8CE317021F690069"],
      ["BMPString", "8CE3", "BMPSTRING"],
    ];
    for (const [stringType, text, printed] of stringTypes) {
      it(`carry the challenge password in a ${stringType}`, async () => {
        const request = await buildRequest(nodeCrypto, {
          subject: parseDistinguishedName("CN=dev7"),
          spki: key.spki,
          key: key.pkcs8,
          digest: "SHA-256",
          challengePassword: { text, stringType },
        });
        folder.write("request.der", request);
        expect(folder.run("asn1parse", "-inform", "DER", "-in", "request.der")).toMatch(
          new RegExp(`:challengePassword\\n.*\\n.*${printed}`),
        );
        expect(readRequest(request)?.challengePassword).toMatchObject({ stringType, text });
      });
    }

    it("ask for alternative names, key usage and extended key usage", async () => {
      const request = await buildRequest(nodeCrypto, {
        subject: parseDistinguishedName("CN=dev7"),
        spki: key.spki,
        key: key.pkcs8,
        digest: "SHA-256",
        challengePassword: { text: "8CE317021F690069", stringType: "PrintableString" },
        keyUsage: ["digitalSignature", "keyEncipherment"],
        extendedKeyUsage: ["1.3.6.1.5.5.7.3.2"],
        subjectAltNames: [
          { kind: "DNS", text: "dev7.example.com" },
          { kind: "IP", text: "192.0.2.7" },
          { kind: "IP", text: "2001:db8::7" },
          { kind: "email", text: "a@example.com" },
          { kind: "URI", text: "tag:microsoft.com,2022-09-14:sid:S-1-5-21-1" },
          { kind: "UPN", text: "dev7@example.com" },
        ],
        extensions: [certificateTemplateNameExtension("IPSECIntermediateOffline")],
      });
      folder.write("request.der", request);
      const text = folder.run("req", "-inform", "DER", "-in", "request.der", "-noout", "-text");
      expect(text).toContain("challengePassword        :8CE317021F690069");
      expect(text).toMatch(/Key Usage: critical\n\s+Digital Signature, Key Encipherment\n/);
      expect(text).toMatch(/Extended Key Usage: \n\s+TLS Web Client Authentication\n/);
      expect(text).toContain(
        "DNS:dev7.example.com, IP Address:192.0.2.7, IP Address:2001:DB8:0:0:0:0:0:7, email:a@example.com, URI:tag:microsoft.com,2022-09-14:sid:S-1-5-21-1, othername: UPN::dev7@example.com",
      );
      expect(text).toMatch(/1\.3\.6\.1\.4\.1\.311\.20\.2: \n\s+\.0\.I\.P\.S\.E\.C/);
    });
  });

  describe("certificates", () => {
    const now = Date.now();
    const day = 86_400_000;

    async function issue(
      name: string,
      issuer: string,
      issuerKey: KeyPair,
      input: Pick<CertificateInput, "extensions" | "spki" | "digest" | "serialNumber">,
    ): Promise<void> {
      const identifier = await keyIdentifier(nodeCrypto, input.spki);
      const certificate = await buildCertificate(nodeCrypto, {
        ...input,
        issuer: parseDistinguishedName(`CN=${issuer},DC=lab`),
        subject: parseDistinguishedName(`CN=${name},DC=lab`),
        notBefore: new Date(now - day),
        notAfter: new Date(now + 30 * day),
        signerKey: issuerKey.pkcs8,
        extensions: [
          ...input.extensions,
          subjectKeyIdentifierExtension(identifier),
          authorityKeyIdentifierExtension(await keyIdentifier(nodeCrypto, issuerKey.spki)),
        ],
      });
      folder.write(`${name}.der`, certificate);
      folder.run("x509", "-inform", "DER", "-in", `${name}.der`, "-out", `${name}.pem`);
    }

    it("form a chain that verifies strictly, and one link that does not belong breaks it", async () => {
      const [issuing, leaf] = await Promise.all([
        nodeCrypto.generateRsaKeyPair(2048),
        nodeCrypto.generateRsaKeyPair(2048),
      ]);
      const ca = keyUsageExtension(["keyCertSign", "cRLSign"]);
      const serials = { root: "01", issuing: "80ff", leaf: "7fffffffffffffffffffffffffffffff" };
      await issue("root", "root", key, {
        extensions: [basicConstraintsExtension(true), ca],
        spki: key.spki,
        digest: "SHA-512",
        serialNumber: serials.root,
      });
      await issue("issuing", "root", key, {
        extensions: [basicConstraintsExtension(true, 0), ca],
        spki: issuing.spki,
        digest: "SHA-384",
        serialNumber: serials.issuing,
      });
      await issue("leaf", "issuing", issuing, {
        extensions: [
          keyUsageExtension(["digitalSignature"]),
          extendedKeyUsageExtension(["1.3.6.1.5.5.7.3.2"]),
          subjectAltNameExtension([{ kind: "DNS", text: "dev7.example.com" }]),
        ],
        spki: leaf.spki,
        digest: "SHA-256",
        serialNumber: serials.leaf,
      });
      const verify = ["verify", "-x509_strict", "-check_ss_sig", "-CAfile", "root.pem"];
      expect(folder.try(...verify, "-untrusted", "issuing.pem", "-purpose", "sslclient", "leaf.pem").output).toBe(
        "leaf.pem: OK\n",
      );
      for (const [name, serial] of Object.entries(serials)) {
        const printed = folder.run("x509", "-in", `${name}.pem`, "-noout", "-serial");
        expect(printed.trim().toLowerCase()).toBe(`serial=${serial}`);
      }
      await issue("stranger", "issuing", leaf, {
        extensions: [],
        spki: leaf.spki,
        digest: "SHA-256",
        serialNumber: "05",
      });
      expect(folder.try(...verify, "-untrusted", "issuing.pem", "stranger.pem").status).not.toBe(0);
    });

    for (const digest of digestNames) {
      it(`signed with ${digest} are those of the signer's key`, async () => {
        const input = { extensions: [], spki: key.spki, digest, serialNumber: "02" };
        await issue("self", "self", key, input);
        const options = ["-CAfile", "self.pem", "-check_ss_sig", "-auth_level", "0"];
        expect(folder.try("verify", ...options, "self.pem").output).toBe("self.pem: OK\n");
      });
    }

    it("carry Microsoft's template name and every key usage", async () => {
      await issue("full", "full", key, {
        extensions: [keyUsageExtension(keyUsageNames, false), certificateTemplateNameExtension("CEPEncryption")],
        spki: key.spki,
        digest: "SHA-256",
        serialNumber: "0a",
      });
      const text = folder.run("x509", "-in", "full.pem", "-noout", "-text");
      expect(text).toMatch(
        /X509v3 Key Usage: \n\s+Digital Signature, Non Repudiation, Key Encipherment, Data Encipherment, Key Agreement, Certificate Sign, CRL Sign, Encipher Only, Decipher Only\n/,
      );
      expect(text).toMatch(/1\.3\.6\.1\.4\.1\.311\.20\.2: \n\s+\.\.\.C\.E\.P\.E\.n\.c\.r\.y\.p\.t\.i\.o\.n\n/);
    });

    it("have times before and after 2050 in the two forms of RFC 5280", async () => {
      const name = parseDistinguishedName("CN=times");
      const certificate = await buildCertificate(nodeCrypto, {
        serialNumber: "01",
        issuer: name,
        subject: name,
        notBefore: new Date("2049-12-31T23:59:59.999Z"),
        notAfter: new Date("2050-01-01T00:00:00.999Z"),
        spki: key.spki,
        extensions: [],
        digest: "SHA-256",
        signerKey: key.pkcs8,
      });
      folder.write("times.der", certificate);
      const text = folder.run("asn1parse", "-inform", "DER", "-in", "times.der");
      expect(text).toMatch(/UTCTIME\s+:491231235959Z\n.*GENERALIZEDTIME\s+:20500101000000Z\n/);
    });
  });
});
