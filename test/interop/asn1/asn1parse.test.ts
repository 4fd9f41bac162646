import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BerNode, walk } from "../../../src/core/asn1/berNode.js";
import { readBer } from "../../../src/core/asn1/berReader.js";

/** Offset, depth, header length and constructedness of every value, as `openssl asn1parse` prints them. */
function opensslOutline(file: string): string[] {
  const text = execFileSync("openssl", ["asn1parse", "-inform", "DER", "-in", file], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  return text
    .split("\n")
    .map((line) => /^\s*(\d+):d=(\d+)\s+hl=(\d+)\s+l=\s*(\d+|inf)\s+(prim|cons): (.{1,18})/.exec(line))
    .filter((match) => match !== null)
    .filter((match) => !(match[6] as string).startsWith("EOC"))
    .map(([, offset, depth, header, length, form]) => `${offset} d${depth} hl${header} l${length} ${form}`);
}

/** The same of our own tree. */
function outline(root: BerNode): string[] {
  return [...walk(root)].map(
    (node) =>
      `${node.start} d${node.depth} hl${node.contentStart - node.start} l${node.indefinite ? "inf" : node.contentEnd - node.contentStart} ${node.constructed ? "cons" : "prim"}`,
  );
}

const openssl = (...args: string[]): void => void execFileSync("openssl", args, { stdio: "pipe" });

describe("our tree of values is that of openssl asn1parse", () => {
  let folder = "";
  const path = (name: string): string => join(folder, name);

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "asn1parse-"));
    openssl(
      "req",
      "-x509",
      "-newkey",
      "rsa:2048",
      "-nodes",
      "-subj",
      "/C=DE/O=Lab/CN=Lab CA",
      "-keyout",
      path("ca.key"),
      "-out",
      path("ca.pem"),
    );
    openssl("x509", "-in", path("ca.pem"), "-outform", "DER", "-out", path("certificate.der"));
    openssl("req", "-new", "-key", path("ca.key"), "-subj", "/CN=dev7", "-outform", "DER", "-out", path("request.der"));
    openssl("pkcs8", "-topk8", "-nocrypt", "-in", path("ca.key"), "-outform", "DER", "-out", path("key.der"));
    const cms = ["-in", path("request.der"), "-binary", "-outform", "DER"];
    openssl(
      "cms",
      "-sign",
      ...cms,
      "-nodetach",
      "-signer",
      path("ca.pem"),
      "-inkey",
      path("ca.key"),
      "-out",
      path("signed.der"),
    );
    openssl(
      "cms",
      "-sign",
      ...cms,
      "-nodetach",
      "-stream",
      "-signer",
      path("ca.pem"),
      "-inkey",
      path("ca.key"),
      "-out",
      path("signedIndefinite.der"),
    );
    openssl("cms", "-encrypt", ...cms, "-aes128", "-out", path("enveloped.der"), path("ca.pem"));
    openssl("cms", "-encrypt", ...cms, "-stream", "-aes256", "-out", path("envelopedIndefinite.der"), path("ca.pem"));
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    "certificate.der",
    "request.der",
    "key.der",
    "signed.der",
    "signedIndefinite.der",
    "enveloped.der",
    "envelopedIndefinite.der",
  ])("%s", (name) => {
    const root = readBer(new Uint8Array(readFileSync(path(name)))) as BerNode;
    const expected = opensslOutline(path(name));
    expect(expected.length).toBeGreaterThan(5);
    expect(outline(root)).toEqual(expected);
  });
});

const pkits = new URL("../../../../shared/corpus/pkits/", import.meta.url).pathname;
const samples = sampleOf(pkits, 40);

it.skipIf(samples.length === 0)(
  "our tree of values is that of openssl asn1parse for a sample of PKITS (needs ../shared/corpus)",
  () => {
    for (const name of samples) {
      const root = readBer(new Uint8Array(readFileSync(join(pkits, name)))) as BerNode;
      expect(outline(root), name).toEqual(opensslOutline(join(pkits, name)));
    }
  },
);

/** Every n-th certificate and CRL of a folder, `count` in all; none where the folder is absent. */
function sampleOf(root: string, count: number): string[] {
  let files: string[];
  try {
    files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) => /\.(crt|crl)$/.test(name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
  const step = Math.max(1, Math.floor(files.length / count));
  return files.toSorted().filter((_, i) => i % step === 0);
}
