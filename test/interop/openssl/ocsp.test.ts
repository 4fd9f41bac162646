import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writePem } from "../../../src/core/asn1/pem.js";
import type { PublicKeyArtifactFacts } from "../../../src/core/inspect/facts/keyFacts.js";
import type { OcspRequestFacts, OcspResponseFacts } from "../../../src/core/inspect/facts/ocspFacts.js";
import { codesOf, inspectOne, nodeNamed } from "../../support/inspection.js";
import { hasOpenssl, OpensslFolder } from "../../support/opensslProgram.js";

const extensions = `
[ca]
basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign,cRLSign
subjectKeyIdentifier=hash
[leaf]
extendedKeyUsage=serverAuth
[ocsp]
extendedKeyUsage=OCSPSigning
noCheck=yes
`;

/** The values of one field in what openssl ocsp -text prints, in their order. */
function printed(text: string, field: string): string[] {
  return [...text.matchAll(new RegExp(`^ *${field}: (.*)$`, "gm"))].map(([, value = ""]) => value);
}

const instant = (text: string): string => new Date(text).toISOString();
const lower = (text: string): string => text.toLowerCase();

describe.skipIf(!hasOpenssl)("OCSP is read as openssl ocsp -text prints it (needs openssl)", () => {
  let folder: OpensslFolder;

  beforeAll(() => {
    folder = new OpensslFolder();
    folder.write("ext.cnf", extensions);
    for (const name of ["ca", "leaf", "good", "ocsp"]) {
      const key = ["-newkey", "rsa:2048", "-nodes", "-keyout", `${name}.key`];
      folder.run("req", "-new", ...key, "-subj", `/CN=${name}`, "-out", `${name}.csr`);
      const signer = name === "ca" ? ["-key", "ca.key"] : ["-CA", "ca.pem", "-CAkey", "ca.key"];
      const extend = ["-extfile", "ext.cnf", "-extensions", name === "good" ? "leaf" : name];
      folder.run("x509", "-req", "-in", `${name}.csr`, ...signer, ...extend, "-days", "30", "-out", `${name}.pem`);
    }
    folder.run("x509", "-in", "ca.pem", "-outform", "DER", "-out", "ca.der");
    const serial = (name: string): string =>
      folder.run("x509", "-in", `${name}.pem`, "-noout", "-serial").trim().slice(7);
    folder.write(
      "index.txt",
      `R\t270101000000Z\t260101000000Z,keyCompromise\t${serial("leaf")}\tunknown\t/CN=leaf\n` +
        `V\t270101000000Z\t\t${serial("good")}\tunknown\t/CN=good\n`,
    );
    const asked = ["leaf", "good", "ca"].flatMap((name) => ["-cert", `${name}.pem`]);
    folder.run("ocsp", "-issuer", "ca.pem", ...asked, "-reqout", "request.der");
    folder.run(
      "ocsp",
      "-issuer",
      "ca.pem",
      ...asked,
      "-signer",
      "leaf.pem",
      "-signkey",
      "leaf.key",
      "-reqout",
      "signed.der",
    );
    for (const [name, ...how] of [["response.der"], ["byKey.der", "-resp_key_id"], ["unauthorized.der"]] as const) {
      const signer = name === "unauthorized.der" ? "good" : "ocsp";
      const answer = ["-index", "index.txt", "-CA", "ca.pem", "-rsigner", `${signer}.pem`, "-rkey", `${signer}.key`];
      folder.run("ocsp", ...answer, ...how, "-reqin", "request.der", "-respout", name, "-ndays", "7");
    }
  });

  afterAll(() => folder.remove());

  it("a request: each certificate and the nonce", async () => {
    const text = folder.run("ocsp", "-reqin", "request.der", "-text");
    const { facts } = await inspectOne(folder.read("request.der"), "request.der", {
      certificates: [folder.read("ca.der")],
    });
    const own = facts as OcspRequestFacts;
    expect(own.kind).toBe("ocspRequest");
    expect(own.requests.map(({ serialNumber }) => serialNumber)).toEqual(printed(text, "Serial Number").map(lower));
    expect(own.requests.map((request) => request.issuerNameHash)).toEqual(printed(text, "Issuer Name Hash").map(lower));
    expect(own.requests.map((request) => request.issuerKeyHash)).toEqual(printed(text, "Issuer Key Hash").map(lower));
    expect(own.requests.map(({ issuer }) => issuer)).toEqual(["CN=ca", "CN=ca", "CN=ca"]);
    const nonce = /OCSP Nonce: \n\s*0410([0-9A-F]+)/.exec(text)?.[1];
    expect(own.nonce).toBe(nonce?.toLowerCase());
  });

  it("a signed request: its signature is verified", async () => {
    const { facts } = await inspectOne(folder.read("signed.der"), "signed.der");
    expect(facts).toMatchObject({ kind: "ocspRequest", signature: "valid", requestorName: "DirName:CN=leaf" });
  });

  it("a response: the state of each certificate, the times, the responder, the signature", async () => {
    const text = folder.run("ocsp", "-respin", "response.der", "-text", "-noverify");
    const report = await inspectOne(folder.read("response.der"), "response.der", {
      certificates: [folder.read("ca.der")],
    });
    const own = report.facts as OcspResponseFacts;
    expect(own).toMatchObject({
      kind: "ocspResponse",
      responseStatus: { value: "0", name: "successful" },
      signature: "valid",
    });
    expect(own.responder).toBe(printed(text, "Responder Id")[0]?.replace(" = ", "="));
    expect(own.producedAt).toBe(instant(printed(text, "Produced At")[0] ?? ""));
    expect(own.signatureAlgorithm).toBe(printed(text, "Signature Algorithm")[0]);
    const responses = own.responses ?? [];
    expect(responses.map(({ status }) => status)).toEqual(printed(text, "Cert Status"));
    expect(responses.map(({ serialNumber }) => serialNumber)).toEqual(
      printed(text, "Serial Number").slice(0, 3).map(lower),
    );
    expect(responses.map(({ thisUpdate }) => thisUpdate)).toEqual(printed(text, "This Update").map(instant));
    expect(responses.map(({ nextUpdate }) => nextUpdate)).toEqual(printed(text, "Next Update").map(instant));
    expect(responses[0]).toMatchObject({
      revocationTime: "2026-01-01T00:00:00.000Z",
      revocationReason: "keyCompromise",
      issuer: "CN=ca",
    });
    expect(codesOf(report)).toEqual(["ocsp.revoked"]);
    expect(report.contains.map(({ facts }) => facts)).toMatchObject([{ kind: "certificate", subject: "CN=ocsp" }]);
    expect(folder.try("ocsp", "-respin", "response.der", "-CAfile", "ca.pem", "-issuer", "ca.pem").status).toBe(0);
  });

  it("a responder that is named by its key", async () => {
    const text = folder.run("ocsp", "-respin", "byKey.der", "-text", "-noverify");
    const { facts } = await inspectOne(folder.read("byKey.der"), "byKey.der");
    expect(facts).toMatchObject({
      responder: `key ${lower(printed(text, "Responder Id")[0] ?? "")}`,
      signature: "valid",
    });
  });

  it("a responder without the usage for it is told of", async () => {
    const known = { certificates: [folder.read("ca.der")] };
    expect(codesOf(await inspectOne(folder.read("unauthorized.der"), "r.der", known))).toContain(
      "ocsp.responder.unauthorized",
    );
    expect(codesOf(await inspectOne(folder.read("response.der"), "r.der", known))).not.toContain(
      "ocsp.responder.unauthorized",
    );
  });

  it("a response that was changed does not verify", async () => {
    const der = folder.read("response.der").slice();
    const at = new TextDecoder("latin1").decode(der).indexOf("20260101000000Z");
    der[at + 3] = 0x35;
    const report = await inspectOne(der, "changed.der");
    expect(report.facts).toMatchObject({ signature: "invalid" });
    expect(codesOf(report)).toContain("ocsp.signature.invalid");
  });

  it("a refusal, which is five bytes long", async () => {
    const { facts, verdict } = await inspectOne(Uint8Array.of(0x30, 3, 0x0a, 1, 6), "refusal.der");
    expect(facts).toMatchObject({ kind: "ocspResponse", responseStatus: { value: "6", name: "unauthorized" } });
    expect(verdict.sentence).toContain("unauthorized");
  });

  it("a response that is out of date", async () => {
    const later = new Date(Date.now() + 30 * 86_400_000);
    expect(codesOf(await inspectOne(folder.read("response.der"), "r.der", { now: later }))).toContain("ocsp.expired");
  });
});

describe.skipIf(!hasOpenssl)("public keys are read as openssl pkey prints them (needs openssl)", () => {
  let folder: OpensslFolder;
  beforeAll(() => {
    folder = new OpensslFolder();
  });
  afterAll(() => folder.remove());

  it.each([
    ["RSA", ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024"], { algorithm: "RSA", bits: 1024 }],
    [
      "P-256",
      ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"],
      { algorithm: "EC", curve: "P-256", bits: 256 },
    ],
    [
      "P-521",
      ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-521"],
      { algorithm: "EC", curve: "P-521", bits: 521 },
    ],
    ["Ed25519", ["-algorithm", "ED25519"], { algorithm: "Ed25519" }],
    ["X25519", ["-algorithm", "X25519"], { algorithm: "X25519" }],
  ] as const)("%s", async (name, how, publicKey) => {
    folder.run("genpkey", ...how, "-out", `${name}.key`);
    folder.run("pkey", "-in", `${name}.key`, "-pubout", "-out", `${name}.pem`);
    const { facts } = await inspectOne(folder.read(`${name}.pem`), `${name}.pem`);
    expect(facts).toMatchObject({ kind: "publicKey", format: "SubjectPublicKeyInfo", publicKey });
    const text = folder.run("pkey", "-pubin", "-in", `${name}.pem`, "-noout", "-text_pub");
    const bits = /\((\d+) bit\)/.exec(text)?.[1];
    if (bits !== undefined) expect((facts as PublicKeyArtifactFacts).publicKey.bits).toBe(Number(bits));
  });

  it("RSA PUBLIC KEY, as PKCS#1 has it, with the same modulus", async () => {
    folder.run("genrsa", "-out", "rsa.key", "2048");
    folder.run("rsa", "-in", "rsa.key", "-RSAPublicKey_out", "-out", "rsa.pem");
    const report = await inspectOne(folder.read("rsa.pem"), "rsa.pem");
    expect(report.facts).toMatchObject({ kind: "publicKey", format: "PKCS#1", publicExponent: "65537" });
    const modulus = folder.run("rsa", "-in", "rsa.key", "-noout", "-modulus").trim().slice(8).toLowerCase();
    expect(nodeNamed(report, "modulus").copyValue).toBe(`00${modulus}`);
  });

  it("an ECDSA signature, which is two numbers as well, is not taken for a key", async () => {
    const signature = Uint8Array.of(
      0x30,
      68,
      2,
      32,
      ...Array.from({ length: 32 }, () => 0x11),
      2,
      32,
      ...Array.from({ length: 32 }, () => 0x22),
    );
    expect((await inspectOne(signature, "signature.der")).facts.kind).toBe("asn1");
    expect((await inspectOne(new TextEncoder().encode(writePem("X", signature)), "x.pem")).facts.kind).toBe("asn1");
  });
});
