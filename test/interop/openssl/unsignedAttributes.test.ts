import { createPrivateKey, sign as signWithNode } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { integerValue, objectIdentifier } from "../../../src/core/asn1/buildValue.js";
import {
  contextConstructed,
  contextSetOf,
  derValue,
  octetStringValue,
  sequence,
  setOf,
} from "../../../src/core/asn1/derWriter.js";
import { oid } from "../../../src/core/asn1/oids.js";
import { buildIssuerAndSerialNumber } from "../../../src/core/cms/buildIssuerAndSerialNumber.js";
import { readSignedData, type SignedDataView } from "../../../src/core/cms/signedData.js";
import { digestByName } from "../../../src/core/crypto/algorithms.js";
import { signRsa } from "../../../src/core/crypto/signRsa.js";
import { buildAlgorithmIdentifier } from "../../../src/core/x509/buildAlgorithmIdentifier.js";
import { readCertificate } from "../../../src/core/x509/certificate.js";
import { nodeCrypto } from "../../../src/node/nodeCrypto.js";
import { inspectOne, nodeNamed } from "../../support/inspection.js";
import { hasOpenssl, OpensslFolder } from "../../support/opensslProgram.js";
import { makeIdentity, type TestIdentity } from "../../support/testIdentity.js";

const content = new TextEncoder().encode("hello world\n");

/** A message of one signer with an unsigned attribute (RFC 5652 §5.3) put in, and more certificates beside its own. */
function withUnsignedAttribute(
  signed: Uint8Array,
  type: string,
  value: Uint8Array,
  moreCertificates: readonly Uint8Array[] = [],
): Uint8Array {
  const { node, certificates, signerInfos } = readSignedData(signed) as SignedDataView;
  const [version, digestAlgorithms, encapContentInfo] = node.children.map(({ encoding }) => encoding);
  const [signer] = signerInfos;
  if (!version || !digestAlgorithms || !encapContentInfo || !signer) throw new Error("This is no message of a signer.");
  const attribute = sequence(objectIdentifier(type), setOf([value]));
  const signedData = sequence(
    version,
    digestAlgorithms,
    encapContentInfo,
    contextConstructed(0, ...certificates.map(({ der }) => der), ...moreCertificates),
    setOf([sequence(...signer.node.children.map(({ encoding }) => encoding), contextSetOf(1, [attribute]))]),
  );
  return sequence(objectIdentifier(oid.signedData), contextConstructed(0, signedData));
}

function signatureOf(signed: Uint8Array): Uint8Array {
  const signature = readSignedData(signed)?.signerInfos[0]?.signature;
  if (!signature) throw new Error("This is no message of a signer.");
  return signature;
}

/** The same bytes, the last octet of `part`, which stands in them, turned over. */
function flippedAtTheEndOf(part: Uint8Array, bytes: Uint8Array): Uint8Array {
  const at = Buffer.from(bytes).indexOf(part);
  if (at < 0) throw new Error("The part is not in these bytes.");
  const flipped = bytes.slice();
  const last = at + part.length - 1;
  flipped[last] = (flipped[last] ?? 0) ^ 0xff;
  return flipped;
}

describe.skipIf(!hasOpenssl)("unsigned attributes of a message that openssl cms signed (needs openssl)", () => {
  let folder: OpensslFolder;
  let signed: Uint8Array;
  beforeAll(() => {
    folder = new OpensslFolder();
    folder.write("content", content);
    folder.selfSigned("signer", "-newkey", "rsa:2048");
    signed = folder.cms("-sign", "-nodetach", "-in", "content", ...OpensslFolder.by("signer"));
  });
  afterAll(() => folder.remove());

  /** What openssl itself says of the message: an unsigned attribute takes nothing from its signature. */
  function opensslVerifies(message: Uint8Array): boolean {
    folder.write("message.der", message);
    return folder.try("cms", "-verify", "-noverify", "-binary", "-inform", "DER", "-in", "message.der").status === 0;
  }

  describe("a countersignature", () => {
    let notary: TestIdentity;
    let counterSigner: Uint8Array;
    beforeAll(async () => {
      notary = await makeIdentity("CN=notary");
      counterSigner = await counterSignature(signatureOf(signed));
    });

    /** A SignerInfo over those octets, without a contentType (RFC 5652 §11.4), made by our own signer: openssl makes none. */
    async function counterSignature(over: Uint8Array): Promise<Uint8Array> {
      const digest = await nodeCrypto.digest("SHA-256", over);
      const attributes = [sequence(objectIdentifier(oid.messageDigest), setOf([octetStringValue(digest)]))];
      return sequence(
        integerValue(1),
        buildIssuerAndSerialNumber(notary.certificate),
        buildAlgorithmIdentifier(digestByName("SHA-256").oid),
        contextSetOf(0, attributes),
        buildAlgorithmIdentifier(oid.rsaEncryption),
        octetStringValue(await signRsa(nodeCrypto, notary.key.pkcs8, "SHA-256", setOf(attributes))),
      );
    }

    it("over the signature is valid, and says whose it is", async () => {
      const message = withUnsignedAttribute(signed, oid.countersignature, counterSigner, [notary.der]);
      expect(opensslVerifies(message)).toBe(true);
      const report = await inspectOne(message, "message");
      expect(report.facts).toMatchObject({ kind: "signedData", signature: "valid" });
      expect(nodeNamed(report, "countersignature")).toMatchObject({
        status: "ok",
        value: expect.stringMatching(/^valid, .*notary/),
      });
    });

    it("of somebody who is not known asks for the certificate, and is no error", async () => {
      const report = await inspectOne(withUnsignedAttribute(signed, oid.countersignature, counterSigner), "message");
      expect(nodeNamed(report, "countersignature")).toMatchObject({
        status: "warning",
        value: expect.stringContaining("neither in the message nor known"),
      });
    });

    it("with an octet of it flipped is an error, and the signature beside it still valid", async () => {
      const message = withUnsignedAttribute(signed, oid.countersignature, counterSigner, [notary.der]);
      const report = await inspectOne(flippedAtTheEndOf(counterSigner, message), "message");
      expect(report.facts).toMatchObject({ signature: "valid" });
      expect(nodeNamed(report, "countersignature").status).toBe("error");
    });

    it("over another signature is an error that says so", async () => {
      const other = await counterSignature(new Uint8Array(256).fill(7));
      const report = await inspectOne(
        withUnsignedAttribute(signed, oid.countersignature, other, [notary.der]),
        "message",
      );
      expect(nodeNamed(report, "countersignature")).toMatchObject({
        status: "error",
        value: expect.stringContaining("The content is not what was signed"),
      });
    });
  });

  describe("a time stamp token of openssl ts", () => {
    let token: Uint8Array;
    beforeAll(() => {
      folder.write("tsa.cnf", "[tsa]\nextendedKeyUsage=critical,timeStamping\n[req]\ndistinguished_name=dn\n[dn]\n");
      folder.selfSigned("tsa", "-newkey", "rsa:2048", "-config", "tsa.cnf", "-extensions", "tsa");
      folder.write("ts.cnf", timeStamping);
      token = stampOf(signatureOf(signed));
    });

    function stampOf(octets: Uint8Array): Uint8Array {
      folder.write("stamped", octets);
      folder.write("serial", "01\n");
      folder.run("ts", "-query", "-data", "stamped", "-sha256", "-cert", "-out", "query.tsq");
      const by = ["-config", "ts.cnf", "-inkey", "tsa.key", "-signer", "tsa.pem"];
      folder.run("ts", "-reply", ...by, "-queryfile", "query.tsq", "-token_out", "-out", "token.der");
      return folder.read("token.der");
    }

    it.each([
      ["CMS's", oid.signatureTimeStampToken],
      ["Microsoft's", oid.spcRfc3161Timestamp],
    ])("under %s identifier is valid, with time, policy and imprint", async (_, type) => {
      const message = withUnsignedAttribute(signed, type, token);
      expect(opensslVerifies(message)).toBe(true);
      const report = await inspectOne(message, "message");
      expect(report.facts).toMatchObject({ signature: "valid" });
      const label = type === oid.signatureTimeStampToken ? "signatureTimeStampToken" : "rfc3161Countersignature";
      const stamp = nodeNamed(report, label);
      expect(stamp).toMatchObject({ status: "ok", value: expect.stringMatching(/^20\d\d-.*, valid, .*tsa/) });
      expect(nodeNamed(report, "messageImprint")).toMatchObject({
        status: "ok",
        value: expect.stringMatching(/^SHA-256 /),
      });
      expect(nodeNamed(report, "policy").value).toBe("1.2.3.4.1");
    });

    it("of another signature is an error, whatever its own signature is worth", async () => {
      const report = await inspectOne(
        withUnsignedAttribute(signed, oid.signatureTimeStampToken, stampOf(new Uint8Array(256).fill(7))),
        "message",
      );
      expect(nodeNamed(report, "signatureTimeStampToken")).toMatchObject({
        status: "error",
        value: expect.stringContaining("but of another signature"),
      });
      expect(nodeNamed(report, "messageImprint").status).toBe("error");
    });

    it("with an octet of the authority's signature flipped is an error", async () => {
      const message = withUnsignedAttribute(signed, oid.signatureTimeStampToken, token);
      const report = await inspectOne(flippedAtTheEndOf(signatureOf(token), message), "message");
      expect(nodeNamed(report, "signatureTimeStampToken").status).toBe("error");
      expect(report.facts).toMatchObject({ signature: "valid" });
    });
  });
});

// The openssl program signs no CMS with Ed25519 before 3.2 ("no default digest"): the message is put together here, signed
// by node:crypto, with a certificate that openssl made.
describe.skipIf(!hasOpenssl)(
  "SignedData of an Ed25519 key (RFC 8419), its certificate by openssl (needs openssl)",
  () => {
    let folder: OpensslFolder;
    let certificate: Uint8Array;
    let key: string;
    beforeAll(() => {
      folder = new OpensslFolder();
      folder.run("genpkey", "-algorithm", "ed25519", "-out", "ed.key");
      const form = ["-outform", "DER", "-out", "ed.der"];
      folder.run("req", "-x509", "-new", "-key", "ed.key", "-subj", "/CN=ed", "-days", "9", ...form);
      certificate = folder.read("ed.der");
      key = Buffer.from(folder.read("ed.key")).toString("latin1");
    });
    afterAll(() => folder.remove());

    async function message(attributes: boolean): Promise<Uint8Array> {
      const view = readCertificate(certificate);
      if (!view) throw new Error("openssl made no certificate.");
      const sha512 = buildAlgorithmIdentifier("2.16.840.1.101.3.4.2.3");
      const signedAttrs = [
        sequence(objectIdentifier(oid.contentType), setOf([objectIdentifier(oid.data)])),
        sequence(
          objectIdentifier(oid.messageDigest),
          setOf([octetStringValue(await nodeCrypto.digest("SHA-512", content))]),
        ),
      ];
      const over = attributes ? setOf(signedAttrs) : content;
      const signature = new Uint8Array(signWithNode(null, over, createPrivateKey(key)));
      const signerInfo = sequence(
        integerValue(1),
        buildIssuerAndSerialNumber(view),
        sha512,
        ...(attributes ? [contextSetOf(0, signedAttrs)] : []),
        sequence(objectIdentifier(oid.ed25519)),
        octetStringValue(signature),
      );
      const signedData = sequence(
        integerValue(1),
        setOf([sha512]),
        sequence(objectIdentifier(oid.data), contextConstructed(0, octetStringValue(content))),
        contextConstructed(0, certificate),
        derValue(0x31, signerInfo),
      );
      return sequence(objectIdentifier(oid.signedData), contextConstructed(0, signedData));
    }

    it.each([
      ["with signed attributes", true],
      ["over the content itself", false],
    ])("%s is valid, and with a flipped octet is not", async (_, attributes) => {
      const whole = await message(attributes);
      const report = await inspectOne(whole, "message");
      expect(report.facts).toMatchObject({
        kind: "signedData",
        signature: "valid",
        signatureAlgorithm: "Ed25519",
        digestAlgorithm: "SHA-512",
      });
      const changed = await inspectOne(flippedAtTheEndOf(signatureOf(whole), whole), "message");
      expect(changed.facts).toMatchObject({ signature: "invalid" });
    });
  },
);

const timeStamping = `[tsa]
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
