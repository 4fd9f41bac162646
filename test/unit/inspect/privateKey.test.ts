import { createPrivateKey, generateKeyPairSync } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { toHex } from "../../../src/core/asn1/hex.js";
import { writePem } from "../../../src/core/asn1/pem.js";
import { reportsToJson } from "../../../src/core/inspect/json.js";
import type { Report } from "../../../src/core/inspect/report.js";
import { renderText } from "../../../src/core/inspect/text.js";
import { clientKey } from "../../support/clientMessage.js";
import { codesOf, inspectOne, nodesOf } from "../../support/inspection.js";

let pkcs8: Uint8Array;
let pkcs1: Uint8Array;
let sec1: Uint8Array;

beforeAll(async () => {
  pkcs8 = (await clientKey()).pkcs8;
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: "der", type: "pkcs8" });
  pkcs1 = new Uint8Array(key.export({ format: "der", type: "pkcs1" }));
  const ec = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
  sec1 = new Uint8Array(ec.export({ format: "der", type: "sec1" }));
});

/** Every text of a report, shown or copied or masked, and what is printed with secrets asked for. */
function allTexts(report: Report): string {
  const nodes = nodesOf(report).flatMap(({ value, copyValue, secret, explanation }) => [
    value,
    copyValue,
    secret,
    explanation,
  ]);
  const printed = [
    renderText(report, { showSecrets: true, structure: true }),
    JSON.stringify(reportsToJson([report], { showSecrets: true })),
  ];
  return [...nodes, ...printed].join("\n");
}

describe("a private key", () => {
  it("is told by its format and its public half", async () => {
    expect((await inspectOne(pkcs8, "k")).facts).toMatchObject({
      kind: "privateKey",
      format: "PKCS#8",
      publicKey: { algorithm: "RSA", bits: 2048 },
    });
    expect((await inspectOne(pkcs1, "k")).facts).toMatchObject({
      format: "PKCS#1",
      publicKey: { algorithm: "RSA", bits: 2048 },
    });
    expect((await inspectOne(sec1, "k")).facts).toMatchObject({ format: "SEC 1" });
  });

  it("is shown nowhere, not even when secrets are asked for", async () => {
    // A stretch out of the middle of privateExponent, and of the EC key's number.
    const rsaSecret = toHex(pkcs1.subarray(320, 330));
    const ecSecret = toHex(sec1.subarray(10, 20));
    expect(allTexts(await inspectOne(pkcs1, "k"))).not.toContain(rsaSecret);
    expect(allTexts(await inspectOne(pkcs8, "k"))).not.toContain(rsaSecret);
    expect(allTexts(await inspectOne(sec1, "k"))).not.toContain(ecSecret);
  });

  it("that is cut short is shown nowhere either", async () => {
    for (const part of [0.5, 0.7, 0.9]) {
      const cut = pkcs1.subarray(0, Math.floor(pkcs1.length * part));
      const report = await inspectOne(cut, "k");
      expect(report.facts.kind).toBe("privateKey");
      expect(codesOf(report)).toContain("asn1.truncated");
      expect(allTexts(report)).not.toContain(toHex(pkcs1.subarray(320, 330)));
    }
  });

  it("in PEM whose content is damaged beyond its shape is still a key, and its bytes are not shown", async () => {
    const damaged = pkcs1.slice();
    damaged.fill(0x04, 4, 8);
    const report = await inspectOne(new TextEncoder().encode(writePem("RSA PRIVATE KEY", damaged)), "k.pem");
    expect(report.facts).toMatchObject({ kind: "privateKey", format: "damaged" });
    expect(allTexts(report)).not.toContain(toHex(pkcs1.subarray(320, 330)));
  });

  it("that is encrypted asks to be decrypted first", async () => {
    const encrypted = createPrivateKey({ key: Buffer.from(pkcs8), format: "der", type: "pkcs8" }).export({
      format: "pem",
      type: "pkcs1",
      cipher: "aes-256-cbc",
      passphrase: "secret",
    });
    const report = await inspectOne(new TextEncoder().encode(String(encrypted)), "k.pem");
    expect(report.facts).toMatchObject({ kind: "privateKey", format: "encrypted" });
    expect(report.findings).toMatchObject([{ code: "pem.encrypted", remedy: expect.stringContaining("openssl pkey") }]);
  });
});
