import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toHex } from "../../../src/core/asn1/hex.js";
import { buildEnvelopedData } from "../../../src/core/cms/buildEnvelopedData.js";
import { decryptEnvelope } from "../../../src/core/cms/decrypt.js";
import { readEnvelopedData } from "../../../src/core/cms/envelopedData.js";
import { readSignedData } from "../../../src/core/cms/signedData.js";
import { verifySignerInfo } from "../../../src/core/cms/verify.js";
import { contentCipherNames, digestNames } from "../../../src/core/crypto/algorithms.js";
import { readPrivateKey } from "../../../src/core/crypto/privateKey.js";
import { HumanError } from "../../../src/core/humanError.js";
import { buildPkiMessage } from "../../../src/core/scep/buildPkiMessage.js";
import { readPkiMessage } from "../../../src/core/scep/pkiMessage.js";
import { nodeCrypto } from "../../../src/node/nodeCrypto.js";
import { makeIdentity } from "../../support/testIdentity.js";

const identity = await makeIdentity("CN=identity");
const keys = [{ pkcs8: identity.key.pkcs8, certificate: identity.certificate }];

describe("a SCEP message", () => {
  const input = fc.record({
    messageType: fc.constantFrom("3", "17", "19", "20"),
    transactionID: fc.string({
      minLength: 1,
      maxLength: 60,
      unit: fc.integer({ min: 0, max: 0xff }).map((code) => String.fromCharCode(code)),
    }),
    senderNonce: fc.uint8Array({ maxLength: 32 }),
    digest: fc.constantFrom(...digestNames),
    content: fc.option(fc.uint8Array({ maxLength: 3000 }), { nil: undefined }),
    failInfoText: fc.string({ unit: "grapheme", maxLength: 20 }),
    scepError: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  });

  const build = (values: typeof input extends fc.Arbitrary<infer T> ? T : never): Promise<Uint8Array> =>
    buildPkiMessage(nodeCrypto, {
      ...values,
      signerCertificate: identity.der,
      signerKey: identity.key.pkcs8,
      certificates: [identity.der],
    });

  it("gives back what it was made of, and its signature is valid", async () => {
    await fc.assert(
      fc.asyncProperty(input, async (values) => {
        const view = readPkiMessage(await build(values));
        expect(view?.messageType?.value).toBe(values.messageType);
        expect(view?.transactionID?.value).toBe(values.transactionID);
        expect(view?.failInfoText?.value).toBe(values.failInfoText);
        expect(view?.scepError?.hresult).toBe(values.scepError);
        expect(toHex(view?.senderNonce?.value ?? new Uint8Array())).toBe(toHex(values.senderNonce));
        expect(view?.signedData.eContent && toHex(view.signedData.eContent)).toBe(
          values.content && toHex(values.content),
        );
        const result = view && (await verifySignerInfo(nodeCrypto, view.signedData, view.signerInfo, []));
        expect(result).toMatchObject({ verdict: "valid", messageDigest: "matches" });
      }),
    );
  });

  it("is not valid any more with any octet of content, attributes or signature changed, and nothing throws", async () => {
    await fc.assert(
      fc.asyncProperty(input, fc.nat(), fc.integer({ min: 1, max: 255 }), async (values, at, mask) => {
        const message = await build(values);
        const original = readSignedData(message)?.signerInfos[0];
        const ranges = [original?.signedAttrsNode, original?.signatureNode, readSignedData(message)?.eContentNode];
        for (const node of ranges) {
          if (!node || node.contentStart === node.contentEnd) continue;
          const i = node.contentStart + (at % (node.contentEnd - node.contentStart));
          const damaged = readSignedData(message.with(i, (message[i] ?? 0) ^ mask));
          const [signerInfo] = damaged?.signerInfos ?? [];
          if (!damaged || !signerInfo) continue;
          const { verdict, detail } = await verifySignerInfo(nodeCrypto, damaged, signerInfo, [identity.certificate]);
          expect(verdict).not.toBe("valid");
          expect(detail).toMatch(/\.$/);
        }
      }),
    );
  });
});

describe("an envelope", () => {
  it("gives back its content, and damaged anywhere it says why it stays closed or opens to something else", async () => {
    const input = fc.record({
      cipher: fc.constantFrom(...contentCipherNames),
      content: fc.uint8Array({ minLength: 1, maxLength: 500 }),
      at: fc.nat(),
      mask: fc.integer({ min: 1, max: 255 }),
    });
    await fc.assert(
      fc.asyncProperty(input, async ({ cipher, content, at, mask }) => {
        const der = await buildEnvelopedData(nodeCrypto, { content, cipher, recipient: identity.certificate });
        const view = readEnvelopedData(der);
        const opened = view && (await decryptEnvelope(nodeCrypto, view, keys));
        expect(opened?.ok && toHex(opened.content)).toBe(toHex(content));
        const i = at % der.length;
        const damaged = readEnvelopedData(der.with(i, (der[i] ?? 0) ^ mask));
        const reopened = damaged && (await decryptEnvelope(nodeCrypto, damaged, keys));
        if (reopened?.ok === false) expect(reopened.reason).toMatch(/\.$/);
      }),
      { numRuns: 200 },
    );
  });
});

describe("a private key", () => {
  it("is read from any octets or not, but only a sentence is ever thrown", () => {
    const { pkcs8 } = identity.key;
    const octets = fc.oneof(
      fc.uint8Array({ maxLength: 100 }),
      fc.tuple(fc.nat(), fc.nat(255)).map(([at, octet]) => pkcs8.with(at % pkcs8.length, octet)),
      fc.nat().map((length) => pkcs8.subarray(0, length % pkcs8.length)),
    );
    fc.assert(
      fc.property(octets, (input) => {
        try {
          expect(readPrivateKey(input).length).toBeGreaterThan(0);
        } catch (error) {
          expect(HumanError.is(error)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});
