import { fromBER } from "asn1js";
import { ContentInfo, SignedData } from "pkijs";
import { describe, expect, it } from "vitest";
import { toHex } from "../../../src/core/asn1/hex.js";
import { verifySignerInfo } from "../../../src/core/cms/verify.js";
import { buildPkiMessage, type PkiMessageInput } from "../../../src/core/scep/buildPkiMessage.js";
import { type PkiMessageView, readPkiMessage } from "../../../src/core/scep/pkiMessage.js";
import { nodeCrypto } from "../../../src/node/nodeCrypto.js";
import { makeIdentity } from "../../support/testIdentity.js";

const ra = await makeIdentity("CN=NDES01-MSCEP-RA,C=DE", "f00d");
const nonce = new Uint8Array(16).fill(7);

async function build(input: Partial<PkiMessageInput>): Promise<Uint8Array> {
  return buildPkiMessage(nodeCrypto, {
    messageType: "3",
    transactionID: "9A5B4E11A3C7D6BBE5F0918273645546",
    senderNonce: new Uint8Array(16).fill(1),
    signerCertificate: ra.der,
    signerKey: ra.key.pkcs8,
    digest: "SHA-1",
    certificates: [],
    ...input,
  });
}

const view = (message: Uint8Array): PkiMessageView => readPkiMessage(message) as PkiMessageView;

describe("a failure reply in NDES's way", () => {
  it("has the attributes of a real one in the real one's order, one 00 octet of content and no certificates", async () => {
    const reply = view(
      await build({
        pkiStatus: "2",
        failInfo: "2",
        scepError: -2147024809,
        recipientNonce: nonce,
        content: Uint8Array.of(0),
      }),
    );
    // The order of a reply of NDES 2012 that a user of sscep published.
    expect(reply.signerInfo.signedAttrs.map(({ oid }) => oid)).toEqual([
      "2.16.840.1.113733.1.9.2",
      "2.16.840.1.113733.1.9.3",
      "2.16.840.1.113733.1.9.4",
      "1.2.840.113549.1.9.3",
      "1.3.6.1.4.1.311.21.33",
      "2.16.840.1.113733.1.9.5",
      "2.16.840.1.113733.1.9.6",
      "1.2.840.113549.1.9.4",
      "2.16.840.1.113733.1.9.7",
    ]);
    expect(reply.scepError).toMatchObject({
      value: "-2147024809",
      hresult: -2147024809,
      stringType: "PrintableString",
    });
    expect(toHex(reply.signedData.eContent ?? new Uint8Array())).toBe("00");
    expect(reply.signedData.certificatesNode).toBe(undefined);
    expect(reply.signedData.version).toBe(1);
    // { sha1, NULL } and { rsaEncryption, NULL }
    expect(toHex(reply.signerInfo.digestAlgorithm.node.encoding)).toBe("300906052b0e03021a0500");
    expect(toHex(reply.signerInfo.signatureAlgorithm.node.encoding)).toBe("300d06092a864886f70d0101010500");
  });
});

describe("a SCEP message", () => {
  it("carries every attribute under its string type", async () => {
    const message = view(
      await build({
        messageType: "19",
        pkiStatus: "3",
        failInfo: "4",
        failInfoText: "Gültig: nein",
        recipientNonce: nonce,
      }),
    );
    expect(message).toMatchObject({
      messageType: { value: "19", stringType: "PrintableString" },
      pkiStatus: { value: "3", stringType: "PrintableString" },
      failInfo: { value: "4", stringType: "PrintableString" },
      failInfoText: { value: "Gültig: nein", stringType: "UTF8String" },
      transactionID: { value: "9A5B4E11A3C7D6BBE5F0918273645546", stringType: "PrintableString" },
      senderNonce: { value: new Uint8Array(16).fill(1) },
      recipientNonce: { value: nonce },
    });
  });

  it("leaves out what it is not given", async () => {
    const { signerInfo, signedData } = view(await build({ messageType: "19" }));
    expect(signerInfo.signedAttrs.map(({ name }) => name).toSorted()).toEqual([
      "contentType",
      "messageDigest",
      "messageType",
      "senderNonce",
      "transactionID",
    ]);
    expect(signedData.eContentNode).toBe(undefined);
  });

  it("names its signer by the very octets of issuer and serial number", async () => {
    const { signerInfo } = view(await build({}));
    const { issuer, serialNumberNode } = ra.certificate;
    expect(toHex(signerInfo.sid.node.encoding)).toContain(
      toHex(issuer.node.encoding) + toHex(serialNumberNode.encoding),
    );
  });

  it("gives back a transactionID that PrintableString does not allow, as it came", async () => {
    const message = view(await build({ transactionID: "a_b*é" }));
    expect(message.transactionID?.attribute.values[0]?.tagName).toBe("PrintableString");
    expect(message.transactionID?.value).toBe("a_b*é");
  });

  it("is judged valid by pkijs too", async () => {
    const message = await build({ content: nonce, digest: "SHA-256", certificates: [ra.der] });
    const contentInfo = new ContentInfo({ schema: fromBER(message).result });
    const signedData = new SignedData({ schema: contentInfo.content });
    expect(await signedData.verify({ signer: 0 })).toBe(true);
  });

  it("is refused by everybody with another octet in any attribute", async () => {
    const message = await build({ recipientNonce: nonce, certificates: [ra.der] });
    const { signerInfo } = view(message);
    for (const attribute of signerInfo.signedAttrs) {
      const last = attribute.node.end - 1;
      const damaged = view(message.with(last, (message[last] ?? 0) ^ 1));
      const { verdict } = await verifySignerInfo(nodeCrypto, damaged.signedData, damaged.signerInfo, []);
      expect([attribute.name, verdict]).toEqual([attribute.name, "invalid"]);
    }
  });
});

describe("what cannot be built is refused in a sentence", () => {
  const refused: readonly (readonly [string, Partial<PkiMessageInput>, RegExp])[] = [
    ["an empty transactionID", { transactionID: "" }, /The transactionID is empty/],
    ["a transactionID beyond Latin-1", { transactionID: "Жук" }, /The transactionID is empty or holds characters/],
    ["a messageType with other characters", { messageType: "1_9" }, /The messageType cannot be a PrintableString/],
    ["a certificate that is none", { signerCertificate: nonce }, /The signer's certificate cannot be read/],
    ["a key that is none", { signerKey: nonce }, /The private key is no RSA key/],
  ];
  for (const [title, input, message] of refused) {
    it(title, async () => {
      const error = await failure(build(input));
      expect(error.name).toBe("HumanError");
      expect(error.message).toMatch(message);
    });
  }
});

async function failure(outcome: Promise<unknown>): Promise<Error> {
  try {
    await outcome;
  } catch (error) {
    return error as Error;
  }
  throw new TypeError("It did not fail.");
}
