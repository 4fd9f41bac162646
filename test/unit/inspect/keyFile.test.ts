import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { derValue, sequence } from "../../../src/core/asn1/derWriter.js";
import { fromHex } from "../../../src/core/asn1/hex.js";
import { writePem } from "../../../src/core/asn1/pem.js";
import { passphraseOpened } from "../../../src/core/inspect/closedParts.js";
import { lookIntoKeyFile } from "../../../src/node/lookIntoKeyFile.js";
import { runInspectJob } from "../../../src/node/inspect/runInspectJob.js";
import { javaKeystore } from "../../support/javaKeystore.js";

const { privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
const passphrase = "open sesame";

const open = new Uint8Array(privateKey.export({ type: "pkcs8", format: "der" }));
const closed = new TextEncoder().encode(
  privateKey.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase }).toString(),
);

/** EncryptedPrivateKeyInfo (RFC 5958 §3) with an encryption that nobody has. */
const strangeInfo = sequence(
  sequence(derValue(0x06, Uint8Array.of(0x2b, 1, 2, 3))),
  derValue(0x04, new Uint8Array(32)),
);
const strange = new TextEncoder().encode(writePem("ENCRYPTED PRIVATE KEY", strangeInfo));

describe("the file of a key", () => {
  it.each([
    ["one that is open", open, { holdsKey: true, wantsPassphrase: false }],
    ["one that a passphrase opens", closed, { holdsKey: false, wantsPassphrase: true }],
    [
      "one that no passphrase opens, for its encryption is not known",
      strange,
      { holdsKey: false, wantsPassphrase: false },
    ],
    ["none at all", new TextEncoder().encode("Dear colleague,"), { holdsKey: false, wantsPassphrase: false }],
  ])("is looked at: %s", async (_name, bytes, expected) => {
    expect(await lookIntoKeyFile({ name: "a.key", bytes })).toMatchObject(expected);
  });

  it("tells why it stays closed", async () => {
    expect((await lookIntoKeyFile({ name: "a.key", bytes: strange })).reason).toMatch(/1\.3\.1\.2\.3|not supported/);
  });

  it("tells of a keystore of Java's how to make a container of it that can be used", async () => {
    const algorithm = sequence(derValue(0x06, fromHex("2b060104012a021301") ?? new Uint8Array()));
    const key = sequence(algorithm, derValue(0x04, new Uint8Array(32)));
    const keystore = javaKeystore("JCEKS", [{ alias: "a", key, chain: [] }]);
    const { holdsKey, wantsPassphrase, reason } = await lookIntoKeyFile({ name: "a.jceks", bytes: keystore });
    expect({ holdsKey, wantsPassphrase }).toEqual({ holdsKey: false, wantsPassphrase: false });
    expect(reason).toMatch(
      /^It is encrypted as Java does it in keystores of the format JCEKS,.*keytool -importkeystore/,
    );
  });

  it.each([
    [passphrase, true],
    ["open sesamy", false],
    ["", false],
  ])("is opened by the right passphrase alone, which is not %s", async (password, opens) => {
    const context = { keys: [], certificates: [], now: new Date(), passwords: [{ name: "typed", password }] };
    const subject = { kind: "bytes", bytes: closed, name: "a.key" } as const;
    expect(passphraseOpened(await runInspectJob({ subject, context }))).toBe(opens);
  });
});
