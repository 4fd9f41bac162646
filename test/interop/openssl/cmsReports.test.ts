import { deflateSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { objectIdentifier } from "../../../src/core/asn1/buildValue.js";
import { contextConstructed, derValue, octetStringValue, sequence } from "../../../src/core/asn1/derWriter.js";
import type { CryptoPort } from "../../../src/core/crypto/cryptoPort.js";
import { HumanError } from "../../../src/core/humanError.js";
import type { InspectContext } from "../../../src/core/inspect/context.js";
import type { Report } from "../../../src/core/inspect/report.js";
import { nodeCrypto } from "../../../src/node/nodeCrypto.js";
import { inspectOne, nodeNamed, nodesOf } from "../../support/inspection.js";
import { hasOpenssl, OpensslFolder } from "../../support/opensslProgram.js";

const content = new TextEncoder().encode("hello world\n");
const secretKey = Uint8Array.from({ length: 16 }, (_, i) => i);
const hexKey = Buffer.from(secretKey).toString("hex");

describe.skipIf(!hasOpenssl)("reports on what the openssl program makes (needs openssl)", () => {
  let folder: OpensslFolder;
  beforeAll(() => {
    folder = new OpensslFolder();
    folder.write("content", content);
    for (const name of ["rsa", "other"]) folder.selfSigned(name, "-newkey", "rsa:2048");
    folder.selfSigned("ec", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256");
    folder.run("dsaparam", "-genkey", "-out", "dsa.key", "1024");
    folder.run("req", "-x509", "-new", "-key", "dsa.key", "-out", "dsa.pem", "-subj", "/CN=dsa", "-days", "9");
  });
  afterAll(() => folder.remove());

  function sign(...args: readonly string[]): Uint8Array {
    return folder.cms("-sign", "-nodetach", "-in", "content", ...args);
  }

  function key(name: string): { name: string; pkcs8: Uint8Array } {
    return { name: `${name}.key`, pkcs8: folder.pkcs8(name) };
  }

  function inspected(bytes: Uint8Array, known: Partial<InspectContext> = {}): Promise<Report> {
    return inspectOne(bytes, "message", known);
  }

  const all = (report: Report, label: string): string[] =>
    nodesOf(report)
      .filter((node) => node.label === label && !node.id.includes("/structure"))
      .map(({ value = "" }) => value);

  describe("SignedData", () => {
    it("with several signers of RSA, ECDSA and DSA shows each, its attributes, and the certificate that it means", async () => {
      const report = await inspected(
        sign(...OpensslFolder.by("rsa"), ...OpensslFolder.by("ec"), ...OpensslFolder.by("dsa"), "-cades"),
      );
      expect(report.verdict).toMatchObject({ status: "ok", headline: "SignedData · valid, valid, valid" });
      expect(all(report, "signedAttrs")).toEqual(["5 attributes", "5 attributes", "5 attributes"]);
      expect(all(report, "signingCertificateV2")).toHaveLength(3);
      for (const value of all(report, "signingCertificateV2")) expect(value).toMatch(/, the signer's certificate$/);
      expect(all(report, "smimeCapabilities")[0]).toContain("AES-256-CBC, AES-192-CBC");
      expect(all(report, "smimeCapabilities")[0]).toContain("RC2-CBC (128 bits)");
    });

    it("with RSASSA-PSS is verified, and one with a changed content is not", async () => {
      const signed = sign(...OpensslFolder.by("rsa"), "-keyopt", "rsa_padding_mode:pss");
      expect((await inspected(signed)).verdict.status).toBe("ok");
      const at = Buffer.from(signed).indexOf("hello");
      const changed = signed.slice();
      changed[at] = 0x48;
      const report = await inspected(changed);
      expect(report.verdict).toMatchObject({
        status: "error",
        sentence: expect.stringContaining("The content is not what was signed"),
      });
    });

    it("whose content was sent apart says that nothing is there", async () => {
      const report = await inspected(folder.cms("-sign", "-in", "content", ...OpensslFolder.by("rsa")));
      expect(nodeNamed(report, "content").value).toBe("absent (detached)");
      expect(report.verdict.sentence).toContain("The content was lost or sent apart.");
    });

    it.each(["sha3-224", "sha3-256", "sha3-384", "sha3-512"])("of %s is verified, and named", async (digest) => {
      const signed = sign(...OpensslFolder.by("rsa"), "-md", digest);
      const report = await inspected(signed);
      expect(report.verdict.status).toBe("ok");
      expect(report.facts).toMatchObject({ signature: "valid", digestAlgorithm: digest.toUpperCase() });
      const changed = signed.slice();
      changed[Buffer.from(signed).indexOf("hello")] = 0x48;
      expect((await inspected(changed)).facts).toMatchObject({ signature: "invalid" });
    });

    it("of a SHA-3 digest on a host that has none is not judged, and says so", async () => {
      const refuse = (name: string): Promise<never> => Promise.reject(new HumanError(`${name} is not offered.`));
      const crypto: CryptoPort = {
        ...nodeCrypto,
        digest: (name, data) => (name.startsWith("SHA3-") ? refuse(name) : nodeCrypto.digest(name, data)),
      };
      const report = await inspected(sign(...OpensslFolder.by("rsa"), "-md", "sha3-256"), { crypto });
      expect(report.facts).toMatchObject({ signature: "unsupported" });
      expect(report.verdict.sentence).toContain("SHA3-256 is not offered.");
    });

    it.each([
      ["RSA", ["-newkey", "rsa:2048"], "rsassa-pkcs1-v1_5-with-sha3-384"],
      ["ECDSA", ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384"], "ecdsa-with-sha3-384"],
    ])("as does a certificate signed by %s with SHA-3", async (_, how, signatureAlgorithm) => {
      folder.selfSigned("sha3", ...how, "-sha3-384");
      folder.run("x509", "-in", "sha3.pem", "-outform", "DER", "-out", "sha3.der");
      const certificate = folder.read("sha3.der");
      expect((await inspected(certificate)).facts).toMatchObject({ signatureAlgorithm, signature: "valid" });
      const changed = certificate.slice();
      changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
      expect((await inspected(changed)).facts).toMatchObject({ signature: "invalid" });
    });

    it("with a time stamp token around it is dated, and the stamp verified", async () => {
      const extensions = "[tsa]\nextendedKeyUsage=critical,timeStamping\n[req]\ndistinguished_name=dn\n[dn]\n";
      folder.write("tsa.cnf", extensions);
      folder.selfSigned("tsa", "-newkey", "rsa:2048", "-config", "tsa.cnf", "-extensions", "tsa");
      folder.write("ts.cnf", tsConfiguration);
      folder.write("serial", "01\n");
      folder.run("ts", "-query", "-data", "content", "-sha256", "-cert", "-out", "query.tsq");
      const options = ["-config", "ts.cnf", "-inkey", "tsa.key", "-signer", "tsa.pem"];
      folder.run("ts", "-reply", ...options, "-queryfile", "query.tsq", "-token_out", "-out", "token.der");
      const report = await inspected(folder.read("token.der"));
      expect(report.verdict.status).toBe("ok");
      expect(nodeNamed(report, "eContentType").value).toContain("tSTInfo");
      expect(nodeNamed(report, "genTime").value).toMatch(/^20\d\d-/);
      expect(nodeNamed(report, "messageImprint").value).toMatch(/^SHA-256 /);
    });
  });

  describe("what is encrypted", () => {
    it("in an AuthEnvelopedData opens, with what is signed inside", async () => {
      folder.write("signed.der", sign(...OpensslFolder.by("rsa")));
      const message = folder.cms("-encrypt", "-in", "signed.der", "-aes-256-gcm", "rsa.pem");
      const report = await inspected(message, { keys: [key("other"), key("rsa")] });
      expect(report.facts).toMatchObject({ kind: "authEnvelopedData", envelope: { decrypted: true } });
      expect(report.contains[0]?.facts).toMatchObject({ kind: "signedData", signature: "valid" });
      expect(nodeNamed(report, "decrypted").value).toMatch(/ with rsa\.key$/);
    });

    it("names every recipient, and opens with a password", async () => {
      const message = folder.cms(
        "-encrypt",
        "-in",
        "content",
        "-aes128",
        "-pwri_password",
        "secret",
        "rsa.pem",
        "ec.pem",
      );
      const report = await inspected(message, { passwords: [{ name: "the passphrase", password: "secret" }] });
      expect(nodeNamed(report, "decrypted").value).toBe("12 bytes with the passphrase");
      const recipients = all(report, "recipient").map((value) => value.replace(/^serial [0-9a-f]+ of /, ""));
      expect(recipients.toSorted()).toEqual(["CN=ec", "CN=rsa", "a password"]);
      expect(all(report, "keyEncryptionAlgorithm").toSorted()).toEqual([
        "PWRI-KEK with AES-128-CBC",
        "RSAES-PKCS1-v1_5",
        "dhSinglePass-stdDH-sha1kdf with AES-128-wrap",
      ]);
      expect(nodeNamed(report, "keyDerivationAlgorithm").value).toMatch(/^PBKDF2 with HMAC-/);
    });

    it("with RSAES-OAEP says its parameters", async () => {
      const oaep = ["-keyopt", "rsa_padding_mode:oaep", "-keyopt", "rsa_oaep_md:sha256"];
      const message = folder.cms("-encrypt", "-in", "content", "-aes128", "-recip", "rsa.pem", ...oaep);
      const report = await inspected(message);
      expect(nodeNamed(report, "keyEncryptionAlgorithm").value).toBe("RSAES-OAEP with SHA-256");
      expect(report.facts).toMatchObject({
        envelope: { recipients: [{ keyEncryptionAlgorithm: "RSAES-OAEP" }] },
      });
    });

    it("in an EncryptedData opens with its secret key, and not with another", async () => {
      const message = folder.cms("-EncryptedData_encrypt", "-in", "content", "-aes128", "-secretkey", hexKey);
      const open = (...keys: Uint8Array[]): Promise<Report> =>
        inspected(message, { secretKeys: keys.map((bytes, i) => ({ name: `secret ${i}`, key: bytes })) });
      expect(nodeNamed(await open(new Uint8Array(16), secretKey), "decrypted").value).toBe("12 bytes with secret 1");
      expect((await open()).facts).toMatchObject({
        kind: "encryptedData",
        decrypted: false,
        reason: "The content opens with a secret key, and none is given.",
      });
      expect((await open(new Uint8Array(16))).verdict.sentence).toContain("the key is the wrong one");
    });
  });

  it("DigestedData has its digest checked", async () => {
    const message = folder.cms("-digest_create", "-in", "content", "-md", "sha256");
    expect((await inspected(message)).facts).toMatchObject({ kind: "digestedData", digest: "matches" });
    const changed = message.slice();
    changed[Buffer.from(message).indexOf("hello")] = 0x48;
    expect((await inspected(changed)).verdict.status).toBe("error");
  });

  it("CompressedData is unpacked, and what is in it inspected", async () => {
    const signed = sign(...OpensslFolder.by("rsa"));
    const report = await inspected(compressed(deflateSync(signed)));
    expect(report.facts).toMatchObject({ kind: "compressedData", contentLength: signed.length });
    expect(report.contains[0]?.facts).toMatchObject({ kind: "signedData", signature: "valid" });
  });

  it("CompressedData that is cut, damaged or a bomb says so", async () => {
    const packed = deflateSync(new Uint8Array(40_000_000));
    expect((await inspected(compressed(packed))).verdict.sentence).toContain("unpacks to more than");
    const small = deflateSync(Buffer.from(nodeCrypto.randomBytes(5000)));
    expect((await inspected(compressed(small.subarray(0, 3000)))).verdict.status).toBe("error");
  });
});

/** The encoding of a CompressedData (RFC 3274) around a zlib stream. */
function compressed(stream: Uint8Array): Uint8Array {
  const algorithm = sequence(objectIdentifier("1.2.840.113549.1.9.16.3.8"));
  const inner = sequence(objectIdentifier("1.2.840.113549.1.7.1"), contextConstructed(0, octetStringValue(stream)));
  const data = sequence(derValue(2, Uint8Array.of(0)), algorithm, inner);
  return sequence(objectIdentifier("1.2.840.113549.1.9.16.1.9"), contextConstructed(0, data));
}

const tsConfiguration = `[tsa]
default_tsa = tsa1
[tsa1]
serial = serial
default_policy = 1.2.3.4.1
digests = sha256
signer_digest = sha256
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
`;
