import { beforeAll, describe, expect, it } from "vitest";
import type { CryptoPort } from "../../../src/core/crypto/cryptoPort.js";
import { nodeCrypto } from "../../../src/node/nodeCrypto.js";
import { inspectOne, nodeNamed } from "../../support/inspection.js";
import { ndesFailure, type NdesSite, ndesSite } from "../../support/ndesReply.js";

let site: NdesSite;
beforeAll(async () => {
  site = await ndesSite();
});

const refuse = (): Promise<never> => Promise.reject(new Error("disabled for FIPS\u0007"));

describe("a host whose cryptography refuses", () => {
  it("MD5, as in FIPS mode: the certificate is reported all the same", async () => {
    const crypto: CryptoPort = {
      ...nodeCrypto,
      digest: (name, data) => (name === "MD5" ? refuse() : nodeCrypto.digest(name, data)),
    };
    const report = await inspectOne(site.signing.der, "ra.cer", { crypto });
    expect(report.facts).toMatchObject({
      kind: "certificate",
      fingerprints: { md5: "", sha1: expect.stringMatching(/^[0-9a-f]{40}$/) },
    });
    expect(nodeNamed(report, "MD5").value).toContain("not available here");
  });

  it("everything: a report says so, and inspection does not reject", async () => {
    const crypto: CryptoPort = {
      digest: refuse,
      digestRounds: refuse,
      rsaPublic: refuse,
      rsaPrivate: refuse,
      verify: refuse,
      sign: refuse,
      encryptBlocks: refuse,
      decryptAead: refuse,
      agreeKey: refuse,
      pbkdf2: refuse,
      scrypt: refuse,
      decryptBlocks: refuse,
      generateRsaKeyPair: refuse,
      generateCurveKeyPair: refuse,
      publicKeyOf: refuse,
      randomBytes: () => new Uint8Array(16),
    };
    const reply = await ndesFailure(site);
    const report = await inspectOne(reply, "reply.der", { crypto, certificates: site.certificates });
    expect(report.verdict.status).toBe("error");
    expect(report.verdict.sentence).not.toContain("\u0007");
    expect(report.bytes).toBe(reply);
  });
});
