import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readCertificate } from "../../../src/core/x509/certificate.js";
import { readCrl, readRevokedCertificate } from "../../../src/core/x509/crl.js";
import { oid } from "../../../src/core/asn1/oids.js";
import { decodeSmallInteger } from "../../../src/core/asn1/integer.js";
import { crlReasons } from "../../../src/core/x509/distributionPoint.js";
import { findExtension } from "../../../src/core/x509/extension.js";
import {
  authorityKeyIdentifier,
  basicConstraints,
  extendedKeyUsage,
  keyUsage,
  subjectAltNames,
  subjectKeyIdentifier,
} from "../../../src/core/x509/extensionValues.js";
import { corpusFile, corpusFiles, corpusFolder, hasCorpus } from "../../support/corpus.js";
import { inspectAll } from "../../support/inspection.js";
import { inTurns } from "../../support/inTurns.js";
import type { NameView } from "../../../src/core/x509/name.js";
import { toHex } from "../../../src/core/asn1/hex.js";
import { writePem } from "../../../src/core/asn1/pem.js";
import { hasOpenssl, OpensslFolder } from "../../support/opensslProgram.js";
import { runProgram } from "../../support/programs.js";

const ready = hasCorpus && hasOpenssl;

/** What openssl prints of a file; undefined where it does not read it. */
async function printed(command: string, path: string, ...options: string[]): Promise<string | undefined> {
  const { status, stdout } = await runProgram("openssl", [
    command,
    "-inform",
    "DER",
    "-in",
    join(corpusFolder, path),
    "-noout",
    ...options,
  ]);
  return status === 0 ? stdout.toString() : undefined;
}

function bitsIn(text: string): number | undefined {
  const bits = /Public-Key: \((\d+) bit\)/.exec(text)?.[1];
  return bits === undefined ? undefined : Number(bits);
}

/** openssl writes a negative serial number with a sign; we write its octets. */
function negativeAsOctet(serialNumber: string | undefined): string | undefined {
  return serialNumber === "-01" ? "ff" : serialNumber;
}

function field(text: string, name: string): string | undefined {
  return new RegExp(`^ *${name}[=:] ?(.*)$`, "m").exec(text)?.[1];
}

const instant = (text: string | undefined): string | undefined =>
  text === undefined || Number.isNaN(Date.parse(text)) ? undefined : new Date(text).toISOString();

/** openssl's words for the bits of keyUsage, and for extended key usages. */
const usageWords: Readonly<Record<string, string>> = {
  digitalSignature: "Digital Signature",
  nonRepudiation: "Non Repudiation",
  keyEncipherment: "Key Encipherment",
  dataEncipherment: "Data Encipherment",
  keyAgreement: "Key Agreement",
  keyCertSign: "Certificate Sign",
  cRLSign: "CRL Sign",
  encipherOnly: "Encipher Only",
  decipherOnly: "Decipher Only",
  [oid.serverAuth]: "TLS Web Server Authentication",
  [oid.clientAuth]: "TLS Web Client Authentication",
  "1.3.6.1.5.5.7.3.3": "Code Signing",
  "1.3.6.1.5.5.7.3.4": "E-mail Protection",
  "1.3.6.1.5.5.7.3.8": "Time Stamping",
  [oid.ocspSigning]: "OCSP Signing",
  [oid.anyExtendedKeyUsage]: "Any Extended Key Usage",
};

/** The extensions of openssl's -text, each with whether it is critical and its lines. */
function extensionsIn(text: string): { readonly name: string; readonly critical: boolean; readonly body: string }[] {
  const section = /X509v3 extensions:\n([\s\S]*?)(?:\n    Signature Algorithm:|$)/.exec(text)?.[1] ?? "";
  return section
    .split(/^ {12}(?=\S)/m)
    .filter((part) => part.trim() !== "")
    .map((part) => {
      const [head = "", ...body] = part.split("\n");
      return {
        name: head.replace(/: *(critical)?$/, "").trim(),
        critical: head.trimEnd().endsWith(": critical"),
        body: body
          .map((line) => line.trim())
          .join("\n")
          .trim(),
      };
    });
}

/** What one openssl process prints of many files at once: the text of each, in their order. */
async function printedAll(paths: readonly string[], label: string, option: "-certs" | "-crls"): Promise<string[]> {
  const folder = new OpensslFolder();
  try {
    folder.write("all.pem", paths.map((path) => writePem(label, corpusFile(path))).join(""));
    const { status, stdout } = await runProgram("openssl", ["storeutl", "-noout", "-text", option, "all.pem"], {
      cwd: folder.path,
    });
    expect(status).toBe(0);
    return stdout
      .toString()
      .split(/^\d+: (?:Certificate|CRL)\n/m)
      .slice(1);
  } finally {
    folder.remove();
  }
}

/** A name as openssl writes it on one line, in the order of the encoding: a comma before types of one or two capitals, a slash before others. */
function oneLine({ rdns }: NameView): string {
  const parts = rdns.flat().map(({ typeName, text }, index) => {
    const separator = index === 0 ? "" : /^[A-Z]{1,2}$/.test(typeName) ? ", " : "/";
    return `${separator}${typeName}=${text}`;
  });
  return parts.join("");
}

/** Hex in openssl's columns as plain hex. */
function columns(text: string | undefined): string | undefined {
  return text?.replaceAll(/[\s:]/g, "").toLowerCase();
}

/** The serial number: in decimal and hex, or in columns where it is long or negative. */
function serialIn(text: string): string | undefined {
  const short = /Serial Number: \d+ \(0x([0-9a-f]+)\)/.exec(text)?.[1];
  if (short !== undefined) return short.padStart((short.length + 1) & ~1, "0");
  const long = columns(/Serial Number:\s*\n\s*(\S+)\n/.exec(text)?.[1]);
  return negativeAsOctet(long?.replace("(negative)", "-"));
}

describe.skipIf(!ready)(
  "certificates of PKITS, field by field as openssl prints them (needs openssl and ../shared/corpus)",
  () => {
    it("all 405", async () => {
      const files = corpusFiles("pkits/certs");
      expect(files).toHaveLength(405);
      const texts = await printedAll(files, "CERTIFICATE", "-certs");
      expect(texts).toHaveLength(405);
      for (const [index, path] of files.entries()) {
        const view = readCertificate(corpusFile(path));
        const text = texts[index] ?? "";
        if (!view) throw new Error(`${path} is not read.`);
        const { rsa } = view.publicKey;
        const keyId = subjectKeyIdentifier(view);
        const authorityId = authorityKeyIdentifier(view);
        expect(
          {
            version: view.version,
            serialNumber: view.serialNumber,
            signatureAlgorithm: view.signatureAlgorithm.name,
            subject: oneLine(view.subject),
            issuer: oneLine(view.issuer),
            notBefore: view.notBefore?.toISOString(),
            notAfter: view.notAfter?.toISOString(),
            bits: view.publicKey.algorithm === "DSA" ? undefined : view.publicKey.bits,
            modulus: rsa && toHex(rsa.modulus.content),
            exponent: rsa && String(decodeSmallInteger(rsa.publicExponent)),
            subjectKeyIdentifier: keyId && toHex(keyId),
            authorityKeyIdentifier: authorityId && toHex(authorityId),
            signature: rsa && toHex(view.signature),
          },
          path,
        ).toEqual({
          version: Number(/Version: (\d)/.exec(text)?.[1]),
          serialNumber: serialIn(text),
          signatureAlgorithm: field(text, "Signature Algorithm")?.replace(/^dsaWithSHA1$/, "dsa-with-sha1"),
          subject: field(text, "Subject"),
          issuer: field(text, "Issuer"),
          notBefore: instant(field(text, "Not Before")),
          notAfter: instant(field(text, "Not After ")),
          bits: rsa ? bitsIn(text) : undefined,
          modulus: columns(/Modulus:\n([\s\S]*?)\n\s+Exponent/.exec(text)?.[1]),
          exponent: /Exponent: (\d+)/.exec(text)?.[1],
          subjectKeyIdentifier: columns(/Subject Key Identifier: \n\s+(\S+)/.exec(text)?.[1]),
          authorityKeyIdentifier: columns(/Authority Key Identifier: \n\s+(?:keyid:)?(\S+)/.exec(text)?.[1]),
          signature: rsa && columns(/Signature Value:\n((?: +[0-9a-f:]+\n)+)/.exec(text)?.[1]),
        });
        const extensions = extensionsIn(text);
        expect(
          view.extensions.map(({ critical }) => critical),
          `${path}: critical`,
        ).toEqual(extensions.map(({ critical }) => critical));
        const body = (name: string): string | undefined =>
          extensions.find((extension) => extension.name === name)?.body;
        const usages = keyUsage(view);
        expect(usages && [...usages].map((usage) => usageWords[usage]).join(", "), path).toBe(body("X509v3 Key Usage"));
        const purposes = extendedKeyUsage(view);
        expect(purposes?.map((purpose) => usageWords[purpose]).join(", "), path).toBe(
          body("X509v3 Extended Key Usage"),
        );
        const constraints = basicConstraints(view);
        const limit = constraints?.pathLength === undefined ? "" : `, pathlen:${constraints.pathLength}`;
        expect(constraints && `CA:${String(constraints.ca).toUpperCase()}${limit}`, path).toBe(
          body("X509v3 Basic Constraints"),
        );
        const alternative = subjectAltNames(view).filter(({ kind }) => kind !== "DirName");
        const theirNames =
          body("X509v3 Subject Alternative Name")
            ?.split(", ")
            .filter((name) => !name.startsWith("DirName")) ?? [];
        expect(
          alternative.map(({ kind, text: value }) => `${kind}:${value}`),
          path,
        ).toEqual(theirNames);
      }
    });

    it("without an error, unless the file is there to have it", async () => {
      const errors = new Map<string, string[]>();
      for (const path of corpusFiles("pkits")) {
        for (const { findings } of await inspectAll(corpusFile(path), path)) {
          const codes = findings.filter(({ severity }) => severity === "error").map(({ code }) => code);
          if (codes.length > 0) errors.set(path.replace(/^pkits\//, ""), codes);
        }
      }
      expect(Object.fromEntries(errors)).toEqual({});
    });
  },
);

describe.skipIf(!ready)(
  "revocation lists of PKITS, field by field as openssl crl -text prints them (needs openssl and ../shared/corpus)",
  () => {
    it("all 173", async () => {
      const files = corpusFiles("pkits/crls");
      expect(files).toHaveLength(173);
      const texts = await printedAll(files, "X509 CRL", "-crls");
      for (const [index, path] of files.entries()) {
        const view = readCrl(corpusFile(path));
        const text = texts[index] ?? "";
        const [report] = await inspectAll(corpusFile(path), path);
        if (!view || report?.facts.kind !== "crl") throw new Error(`${path} is not read.`);
        const { version, thisUpdate, nextUpdate, revokedCount, crlNumber } = report.facts;
        const [, numberText] = /X509v3 CRL Number: \n\s*(\S+)/.exec(text) ?? [];
        expect(
          { version, issuer: oneLine(view.issuer), thisUpdate, nextUpdate, revokedCount, crlNumber },
          path,
        ).toEqual({
          version: Number(/Version (\d)/.exec(text)?.[1]),
          issuer: field(text, "Issuer"),
          thisUpdate: instant(field(text, "Last Update")),
          nextUpdate: instant(field(text, "Next Update")),
          revokedCount: (text.match(/Serial Number: /g) ?? []).length,
          crlNumber: numberText === undefined ? undefined : String(BigInt(numberText)),
        });
        const entries = (view.revokedNode?.childrenFrom(0, 1000) ?? []).map(readRevokedCertificate);
        const theirEntries = text.split("Serial Number: ").slice(1);
        expect(
          entries.map((entry) => {
            const reason = decodeSmallInteger(findExtension(entry?.extensions ?? [], oid.reasonCode)?.value);
            return [
              entry?.serialNumber,
              entry?.revocationDate?.toISOString(),
              reason === undefined ? undefined : crlReasons[String(reason)],
            ];
          }),
          path,
        ).toEqual(
          theirEntries.map((entry) => [
            negativeAsOctet(entry.split("\n")[0]?.trim().toLowerCase()),
            instant(/Revocation Date: (.*)/.exec(entry)?.[1]),
            reasonOf(/X509v3 CRL Reason Code: \n\s*(.*)/.exec(entry)?.[1]),
          ]),
        );
      }
    });
  },
);

/** `Key Compromise` is `keyCompromise`. */
function reasonOf(words: string | undefined): string | undefined {
  return Object.values(crlReasons).find((name) => name.toLowerCase() === words?.replaceAll(" ", "").toLowerCase());
}

/** What openssl reads and we show as ASN.1: their names are a SEQUENCE in primitive form, which no encoding rules have. */
const primitiveNames = [
  "openssl-fuzz/crl/67d02cdf23da1cf46708bbb8fbd438917c6d54c5",
  "openssl-fuzz/crl/6b02e711b32b1263e157f1a0c6c1a5cf07151bd1",
  "openssl-fuzz/x509/0ff99256eb02e9a9fc5421a6ee702b81a409025f",
  "openssl-fuzz/x509/67506d5a84af45ed48f6b70b0c216bac65f0f433",
  "openssl-fuzz/x509/7e7e790eaa10e9b2adedf7462959c3b5530e36e4",
  "openssl-fuzz/x509/e909a2e8d3dbee2f0892d9257aa50ce4b25de5ec",
  "openssl-fuzz/x509/f46880def199fe02406bea0291062fbc94834fd9",
];

describe.skipIf(!ready)(
  "what fuzzing found: whatever openssl reads as a certificate or list, we do too (needs openssl and ../shared/corpus)",
  () => {
    it("apart from those whose names are no sound encoding", { timeout: 300_000 }, async () => {
      const files = [...corpusFiles("openssl-fuzz/x509"), ...corpusFiles("openssl-fuzz/crl")];
      let both = 0;
      const unread = await inTurns(files, async (path) => {
        const [command, kind] = path.includes("/crl/") ? (["crl", "crl"] as const) : (["x509", "certificate"] as const);
        if ((await printed(command, path)) === undefined) return undefined;
        const [report] = await inspectAll(corpusFile(path), path);
        if (report?.facts.kind === kind) both++;
        return report?.facts.kind === kind ? undefined : path;
      });
      expect(unread.filter((path) => path !== undefined).toSorted((a, b) => (a < b ? -1 : 1))).toEqual(primitiveNames);
      expect(both).toBeGreaterThan(180);
    });
  },
);
