import { beforeAll, describe, expect, it } from "vitest";
import { derValue, sequence } from "../../../src/core/asn1/derWriter.js";
import { fromHex } from "../../../src/core/asn1/hex.js";
import { recognise } from "../../../src/core/inspect/recognise.js";
import { inspectOne } from "../../support/inspection.js";
import { javaKeystore, type KeystoreEntry } from "../../support/javaKeystore.js";
import { makeIdentity, type TestIdentity } from "../../support/testIdentity.js";

/** EncryptedPrivateKeyInfo as Java writes it into a JKS. */
const key = sequence(
  sequence(derValue(0x06, fromHex("2b060104012a02110101") ?? new Uint8Array()), derValue(0x05, new Uint8Array())),
  derValue(0x04, new Uint8Array(300).fill(0x5a)),
);

let ca: TestIdentity;
let client: TestIdentity;

beforeAll(async () => {
  [ca, client] = await Promise.all([makeIdentity("CN=Test CA"), makeIdentity("CN=client")]);
});

const entries = (): readonly KeystoreEntry[] => [
  { alias: "client", key, chain: [client.der, ca.der] },
  { alias: "the root", certificate: ca.der },
];

/** What is found, each with its name, its kind and whether it is what was put in. */
function found(bytes: Uint8Array): string[] {
  const [own, root] = [Buffer.from(client.der), Buffer.from(ca.der)];
  return recognise(bytes, "k").map(({ kind, source, bytes: der }) => {
    const what = own.equals(der) ? "client" : root.equals(der) ? "CA" : Buffer.from(key).equals(der) ? "key" : "?";
    return `${source.name}: ${kind} ${what}`;
  });
}

const all = [
  "k#1 client key: privateKey key",
  "k#2 client certificate: certificate client",
  "k#3 client certificate: certificate CA",
  "k#4 the root certificate: certificate CA",
];

describe.each(["JKS", "JCEKS"] as const)("a keystore of Java in the format %s", (format) => {
  it.each([1, 2])("and version %s is taken apart, under its aliases", (version) => {
    expect(found(javaKeystore(format, entries(), { version }))).toEqual(all);
  });

  it("says where its parts stood", () => {
    const bytes = javaKeystore(format, entries());
    for (const { source, bytes: part } of recognise(bytes, "k")) {
      expect(Buffer.from(bytes.subarray(source.offset, source.offset + source.length)).equals(part)).toBe(true);
    }
  });

  it("says once what it is, and how its keys are got at", async () => {
    const bytes = javaKeystore(format, entries());
    expect(recognise(bytes, "k").map(({ wrapping }) => wrapping.map(({ code }) => code))).toEqual([
      ["input.javaKeystore"],
      [],
      [],
      [],
    ]);
    const report = await inspectOne(javaKeystore(format, entries().slice(1)), "trust.jks");
    expect(report.findings.filter(({ code }) => code === "input.javaKeystore")).toMatchObject([
      {
        message: `This stands in a keystore of Java in the format ${format}; the keys of such are encrypted in a way that is not opened here.`,
        remedy: `Make a PKCS #12 container of it, which can be opened: keytool -importkeystore -srckeystore FILE -srcstoretype ${format} -destkeystore keystore.p12 -deststoretype PKCS12, and open that.`,
      },
    ]);
  });

  it("that ends early shows what is there, and says what is missing", () => {
    const bytes = javaKeystore(format, entries());
    const cut = bytes.subarray(0, bytes.length - 30);
    expect(found(cut)).toEqual(all.slice(0, 3));
    expect(recognise(cut, "k")[0]?.wrapping[0]?.message).toContain(
      "It says that it has 2 entries, of which 1 could be read as a whole.",
    );
  });

  it("is read no further than it goes, however much it says it holds", () => {
    expect(found(javaKeystore(format, entries(), { count: 0xffffffff }))).toEqual(all);
    const lengths = fromHex("00000002 0001 61 00000199a214bf78 0005 582e353039 ffffffff 30");
    const lie = Buffer.concat([javaKeystore(format, [], { count: 1 }).subarray(0, 12), lengths ?? Buffer.of()]);
    expect(found(new Uint8Array(lie))).toEqual(["k: unknown ?"]);
  });

  it("in which nothing can be read is named all the same", async () => {
    const { verdict, findings } = await inspectOne(javaKeystore(format, []), "empty.jks");
    expect(findings.map(({ code }) => code)).toEqual(["input.unrecognised"]);
    expect(verdict).toMatchObject({
      sentence: `empty.jks is a keystore of Java in the format ${format}, which is not opened here.`,
      remedy: expect.stringContaining(`-srcstoretype ${format}`),
    });
  });

  it("has an alias that is made visible", () => {
    const hostile = javaKeystore(format, [{ alias: "\u202egnp\u0007", certificate: ca.der }]);
    expect(found(hostile)).toEqual([String.raw`k#1 \u{202e}gnp\u{7} certificate: certificate CA`]);
  });
});

it("what has the magic number of one and another version is none", async () => {
  const { verdict } = await inspectOne(javaKeystore("JKS", [], { version: 3 }), "a.bin");
  expect(verdict.sentence).toContain("bytes of binary data beginning feedfeed");
});
