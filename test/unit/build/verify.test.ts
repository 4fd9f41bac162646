import { describe, expect, it } from "vitest";
import { concat } from "../../../src/core/asn1/octets.js";
import { objectIdentifier } from "../../../src/core/asn1/buildValue.js";
import { derValue, octetStringValue, sequence, setOf } from "../../../src/core/asn1/derWriter.js";
import { fromHex } from "../../../src/core/asn1/hex.js";
import { oid } from "../../../src/core/asn1/oids.js";
import { buildIssuerAndSerialNumber } from "../../../src/core/cms/buildIssuerAndSerialNumber.js";
import { readSignedData, type SignedDataView, type SignerInfoView } from "../../../src/core/cms/signedData.js";
import { type SignerVerification, verifySignerInfo } from "../../../src/core/cms/verify.js";
import { digestByName } from "../../../src/core/crypto/algorithms.js";
import { signRsa } from "../../../src/core/crypto/signRsa.js";
import { buildAlgorithmIdentifier } from "../../../src/core/x509/buildAlgorithmIdentifier.js";
import { nodeCrypto } from "../../../src/node/nodeCrypto.js";
import { makeIdentity } from "../../support/testIdentity.js";

const signer = await makeIdentity("CN=signer");
const content = new TextEncoder().encode("content");
const contentDigest = await nodeCrypto.digest("SHA-256", content);

const attribute = (type: string, value: Uint8Array): Uint8Array => sequence(objectIdentifier(type), setOf([value]));
const contentType = attribute(oid.contentType, objectIdentifier(oid.data));
const messageDigest = attribute(oid.messageDigest, octetStringValue(contentDigest));
const extra = attribute(oid.transactionID, derValue(0x13, new TextEncoder().encode("T")));

/** The pieces of a SignedData; what is not given is as it should be. */
interface Pieces {
  /** What stands under [0], header included; undefined for none. */
  readonly signedAttrs?: Uint8Array | undefined;
  /** What is signed. */
  readonly signed: Uint8Array;
  readonly digestOid?: string;
  readonly eContent?: Uint8Array | undefined;
}

/** A SignedData put together by hand, for what no encoder makes. */
async function assemble({ signedAttrs, signed, digestOid, ...pieces }: Pieces): Promise<Uint8Array> {
  const eContent = "eContent" in pieces ? pieces.eContent : octetStringValue(content);
  const digestAlgorithm = buildAlgorithmIdentifier(digestOid ?? digestByName("SHA-256").oid);
  const signerInfo = sequence(
    Uint8Array.of(2, 1, 1),
    buildIssuerAndSerialNumber(signer.certificate),
    digestAlgorithm,
    ...(signedAttrs ? [signedAttrs] : []),
    buildAlgorithmIdentifier(oid.rsaEncryption),
    octetStringValue(await signRsa(nodeCrypto, signer.key.pkcs8, "SHA-256", signed)),
  );
  const signedData = sequence(
    Uint8Array.of(2, 1, 1),
    setOf([digestAlgorithm]),
    sequence(objectIdentifier(oid.data), ...(eContent ? [derValue(0xa0, eContent)] : [])),
    derValue(0xa0, signer.der),
    setOf([signerInfo]),
  );
  return sequence(objectIdentifier(oid.signedData), derValue(0xa0, signedData));
}

async function verify(pieces: Pieces): Promise<SignerVerification> {
  const signedData = readSignedData(await assemble(pieces)) as SignedDataView;
  return verifySignerInfo(nodeCrypto, signedData, signedData.signerInfos[0] as SignerInfoView, []);
}

describe("signed attributes are verified over the octets that came", () => {
  const sorted = concat([extra, contentType, messageDigest]);
  const unsorted = concat([messageDigest, extra, contentType]);

  it("in DER", async () => {
    expect(await verify({ signedAttrs: derValue(0xa0, sorted), signed: derValue(0x31, sorted) })).toEqual({
      verdict: "valid",
      messageDigest: "matches",
      certificate: expect.objectContaining({ serialNumber: "01" }) as unknown,
      detail: "The RSA signature over SHA-256 is valid.",
    });
  });

  it("in another order than DER's, where they were signed so", async () => {
    const result = await verify({ signedAttrs: derValue(0xa0, unsorted), signed: derValue(0x31, unsorted) });
    expect(result).toMatchObject({ verdict: "valid", detail: "The RSA signature over SHA-256 is valid." });
  });

  it("in DER's order, where they were signed so and sent in another, which is said", async () => {
    const result = await verify({ signedAttrs: derValue(0xa0, unsorted), signed: derValue(0x31, sorted) });
    expect(result.verdict).toBe("valid");
    expect(result.detail).toMatch(/in DER's order .* but they were sent in another/);
  });

  it("of an indefinite length, which are signed with a definite one", async () => {
    const indefinite = concat([Uint8Array.of(0xa0, 0x80), sorted, Uint8Array.of(0, 0)]);
    expect(await verify({ signedAttrs: indefinite, signed: derValue(0x31, sorted) })).toMatchObject({
      verdict: "valid",
      detail: "The RSA signature over SHA-256 is valid.",
    });
  });

  it("with a length longer than it needs to be", async () => {
    const long = Uint8Array.of(0x82, 0, sorted.length);
    expect(sorted.length).toBeLessThan(256);
    const result = await verify({
      signedAttrs: concat([Uint8Array.of(0xa0), long, sorted]),
      signed: concat([Uint8Array.of(0x31), long, sorted]),
    });
    expect(result.verdict).toBe("valid");
  });

  it("and not the content", async () => {
    const result = await verify({ signedAttrs: derValue(0xa0, sorted), signed: content });
    expect(result).toMatchObject({ verdict: "invalid", messageDigest: "matches" });
  });
});

describe("what binds signature and content", () => {
  const signedOver = (...attributes: Uint8Array[]): Pick<Pieces, "signedAttrs" | "signed"> => ({
    signedAttrs: derValue(0xa0, concat(attributes)),
    signed: derValue(0x31, concat(attributes)),
  });

  it("is the content itself where there are no signed attributes", async () => {
    expect(await verify({ signed: content })).toMatchObject({ verdict: "valid", messageDigest: "absent" });
    expect(await verify({ signed: contentDigest })).toMatchObject({ verdict: "invalid", messageDigest: "absent" });
  });

  it("is messageDigest, without which nothing is valid", async () => {
    const result = await verify(signedOver(contentType, extra));
    expect(result).toMatchObject({ verdict: "invalid", messageDigest: "absent" });
    expect(result.detail).toMatch(/no messageDigest among them/);
  });

  it("is messageDigest, which must be the content's", async () => {
    const other = attribute(oid.messageDigest, octetStringValue(contentDigest.with(0, 1)));
    expect(await verify(signedOver(contentType, other))).toMatchObject({
      verdict: "invalid",
      messageDigest: "differs",
    });
  });

  it("cannot be judged where the content was left out", async () => {
    const result = await verify({ ...signedOver(contentType, messageDigest), eContent: undefined });
    expect(result).toMatchObject({ verdict: "invalid", messageDigest: "differs" });
    expect(result.detail).toMatch(/carries no content, but something was signed/);
  });

  it("is contentType too: one that differs is refused, a missing one is left to the rules", async () => {
    const other = attribute(oid.contentType, objectIdentifier(oid.signedData));
    const result = await verify(signedOver(other, messageDigest));
    expect(result).toMatchObject({ verdict: "invalid", messageDigest: "matches" });
    expect(result.detail).toMatch(/contentType attribute says 1\.2\.840\.113549\.1\.7\.2/);
    expect((await verify(signedOver(messageDigest))).verdict).toBe("valid");
  });

  it("may be a content in chunks", async () => {
    const chunks = derValue(0x24, octetStringValue(content.subarray(0, 3)), octetStringValue(content.subarray(3)));
    expect(await verify({ ...signedOver(contentType, messageDigest), eContent: chunks })).toMatchObject({
      verdict: "valid",
    });
  });
});

describe("digest algorithms", () => {
  const attributes = concat([contentType, messageDigest]);
  const pieces = { signedAttrs: derValue(0xa0, attributes), signed: derValue(0x31, attributes) };

  it("named by a signature algorithm mean its digest", async () => {
    expect((await verify({ ...pieces, digestOid: "1.2.840.113549.1.1.11" })).verdict).toBe("valid");
  });

  it("that are unknown are unsupported, by name", async () => {
    expect(await verify({ ...pieces, digestOid: "1.2.840.113549.2.4" })).toMatchObject({
      verdict: "unsupported",
      messageDigest: "unchecked",
      detail: "The digest algorithm MD4 is not supported.",
    });
  });
});

describe("the signer's certificate", () => {
  it("is found among the known ones, and missed by name where it is nowhere", async () => {
    const attributes = concat([contentType, messageDigest]);
    const message = await assemble({ signedAttrs: derValue(0xa0, attributes), signed: derValue(0x31, attributes) });
    const signedData = { ...(readSignedData(message) as SignedDataView), certificates: [] };
    const [signerInfo] = signedData.signerInfos as [SignerInfoView];
    expect(await verifySignerInfo(nodeCrypto, signedData, signerInfo, [signer.certificate])).toMatchObject({
      verdict: "valid",
      certificate: signer.certificate,
    });
    const missing = await verifySignerInfo(nodeCrypto, signedData, signerInfo, []);
    expect(missing).toMatchObject({ verdict: "signerCertificateMissing", messageDigest: "matches" });
    expect(missing.detail).toMatch(/the one with serial number 01 of its issuer, is neither in the message nor known/);
  });

  it("that is not the signer's makes the signature invalid", async () => {
    const impostor = await makeIdentity("CN=signer");
    const message = await assemble({ signed: content });
    const signedData = { ...(readSignedData(message) as SignedDataView), certificates: [impostor.certificate] };
    const [signerInfo] = signedData.signerInfos as [SignerInfoView];
    expect((await verifySignerInfo(nodeCrypto, signedData, signerInfo, [])).verdict).toBe("invalid");
  });
});

describe("damaged encodings", () => {
  it("never make verification throw, wherever a message is cut", async () => {
    const attributes = concat([contentType, messageDigest]);
    const message = await assemble({ signedAttrs: derValue(0xa0, attributes), signed: derValue(0x31, attributes) });
    for (let length = 0; length < message.length; length += 7) {
      const signedData = readSignedData(message.subarray(0, length));
      for (const signerInfo of signedData?.signerInfos ?? []) {
        const { verdict } = await verifySignerInfo(nodeCrypto, signedData as SignedDataView, signerInfo, []);
        expect(verdict).not.toBe("valid");
      }
    }
  });

  it("of a signer's public key make it unsupported or invalid, not an exception", async () => {
    const message = await assemble({ signed: content });
    const spki = fromHex("3000") as Uint8Array;
    const signedData = {
      ...(readSignedData(message) as SignedDataView),
      certificates: [{ ...signer.certificate, spki }],
    };
    const [signerInfo] = signedData.signerInfos as [SignerInfoView];
    expect((await verifySignerInfo(nodeCrypto, signedData, signerInfo, [])).verdict).toBe("invalid");
  });
});

it("leaves the message as it is, also where it comes in a Buffer, whose slices are views", async () => {
  const attributes = [contentType, messageDigest];
  const der = await assemble({ signedAttrs: derValue(0xa0, ...attributes), signed: setOf(attributes) });
  const message = Buffer.from(der);
  const signedData = readSignedData(message) as SignedDataView;
  const verdict = await verifySignerInfo(nodeCrypto, signedData, signedData.signerInfos[0] as SignerInfoView, []);
  expect(verdict.verdict).toBe("valid");
  expect(message.equals(der)).toBe(true);
});
