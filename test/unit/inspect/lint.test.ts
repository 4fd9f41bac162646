import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { readPem } from "../../../src/core/asn1/pem.js";
import { armourPlace } from "../../../src/core/capture/armourPlace.js";
import { PemScanner } from "../../../src/core/capture/pemScanner.js";
import { lint, lintPieces } from "../../../src/core/inspect/lint.js";
import { contextWith } from "../../support/inspection.js";

const corpus = path.join(import.meta.dirname, "../../corpus/requests");
const sha1 = readFileSync(path.join(corpus, "signature/sha1.csr"), "utf8");
const utf8 = readFileSync(path.join(corpus, "challenge/utf8only.csr"), "utf8");
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) {
    await Promise.resolve();
    yield bytes.subarray(at, at + size);
  }
}

describe("linting a file", () => {
  it("puts a finding on the lines of PEM that carry its bytes", async () => {
    const text = `Two requests.\n\n${sha1}\nzürich: ${utf8}`;
    const { artifacts } = await lint(bytesOf(text), "all.txt", contextWith());
    expect(artifacts.map(({ name, findings }) => [name, findings.map(({ code }) => code)])).toEqual([
      ["all.txt#1 CERTIFICATE REQUEST", ["csr.signature.weakDigest"]],
      ["all.txt#2 CERTIFICATE REQUEST", ["csr.challenge.stringType"]],
    ]);
    const [first, second] = artifacts;
    expect(first?.place.text).toMatchObject({ line: 3, column: 1 });
    const begin = text.split("\n").findIndex((line) => line.startsWith("zürich"));
    expect(second?.place.text).toMatchObject({ line: begin + 1, column: 9 });
    const place = second?.findings[0]?.place;
    const written = Buffer.from(bytesOf(text))
      .subarray(place?.offset, (place?.offset ?? 0) + (place?.length ?? 0))
      .toString("latin1");
    // The characters decode, from where they begin within their group of four, to the password.
    const der = Buffer.from(readPem(utf8)[0]?.der ?? []);
    expect(der.toString("base64")).toContain(written.replaceAll("\n", ""));
    expect(der.indexOf("8CE317021F690069")).toBeGreaterThan(0);
    expect(place?.text?.line).toBeGreaterThan(begin + 1);
  });

  it("finds one PEM block at the end of a text of 100 MB, in pieces as a whole", async () => {
    const before = new Uint8Array(100_000_000).fill(0x78);
    for (let i = 79; i < before.length; i += 80) before[i] = 0x0a;
    const whole = new Uint8Array(before.length + sha1.length);
    whole.set(before);
    whole.set(bytesOf(sha1), before.length);
    const expected = { offset: before.length, text: { line: before.length / 80 + 1, column: 1 } };
    const inOne = await lint(whole, "large.txt", contextWith());
    const piecewise = await lintPieces(inPieces(whole, 1_000_003), "large.txt", contextWith());
    for (const { artifacts } of [inOne, piecewise]) {
      expect(artifacts).toHaveLength(1);
      expect(artifacts[0]?.place).toMatchObject(expected);
      expect(artifacts[0]?.findings.map(({ code }) => code)).toEqual(["csr.signature.weakDigest"]);
    }
  }, 60_000);

  it("leaves certificates and keys alone, and a request that is too damaged to be one not", async () => {
    const certificate = readFileSync(path.join(import.meta.dirname, "../../host/support/certificate.pem"), "utf8");
    const damaged = "-----BEGIN CERTIFICATE REQUEST-----\nMIICijCC\n-----END CERTIFICATE REQUEST-----\n";
    const { artifacts } = await lint(bytesOf(certificate + damaged), "x.pem", contextWith());
    expect(artifacts.map(({ name }) => name)).toEqual(["x.pem#2 CERTIFICATE REQUEST"]);
    expect(artifacts[0]?.verdict.status).toBe("error");
  });

  it("says of a request in DER at which offset a finding stands", async () => {
    const der = readPem(utf8)[0]?.der ?? new Uint8Array();
    const { artifacts } = await lint(der, "x.der", contextWith());
    const place = artifacts[0]?.findings[0]?.place;
    expect(place?.text).toBeUndefined();
    const found = der.subarray(place?.offset, (place?.offset ?? 0) + (place?.length ?? 0));
    expect(new TextDecoder().decode(found.subarray(2))).toBe("8CE317021F690069");
  });

  it.each(["", "no request here\n", "-----BEGIN ", "-----BEGIN CERTIFICATE REQUEST-----", "\0\0\0\0"])(
    "finds nothing to judge in %j, or says what is wrong with it",
    async (text) => {
      const { artifacts } = await lint(bytesOf(text), "x", contextWith());
      for (const { verdict } of artifacts) expect(verdict.sentence).not.toBe("");
    },
  );
});

describe("the scanner for PEM blocks", () => {
  const text = `a-----b\n------BEGIN X-----\nQUJD\n-----END X-----\n-----BEGIN Y-----\nREVG\n-----BEGIN Z-----\nR0hJ\n-----END Z-----`;

  it("gives the same blocks however the text is cut", () => {
    const bytes = bytesOf(text);
    const expected = [
      "-----BEGIN X-----\nQUJD\n-----END X-----",
      "-----BEGIN Y-----\nREVG\n",
      "-----BEGIN Z-----\nR0hJ\n-----END Z-----",
    ];
    for (let size = 1; size <= bytes.length; size++) {
      const scanner = new PemScanner();
      const regions = [];
      for (let at = 0; at < bytes.length; at += size) regions.push(...scanner.push(bytes.subarray(at, at + size)));
      regions.push(...scanner.finish());
      expect(regions.map((region) => new TextDecoder().decode(region.bytes))).toEqual(expected);
      expect(regions.map(({ offset }) => text.slice(offset, offset + 11))).toEqual(Array(3).fill("-----BEGIN "));
      expect(regions.map(({ line, column }) => [line, column])).toEqual([
        [2, 2],
        [5, 1],
        [7, 1],
      ]);
    }
  });

  it("does not keep a block that never ends", () => {
    const scanner = new PemScanner();
    const regions = scanner.push(bytesOf("-----BEGIN X-----\n"));
    const line = bytesOf(`${"A".repeat(79)}\n`.repeat(10_000));
    for (let i = 0; i < 20; i++) regions.push(...scanner.push(line));
    regions.push(...scanner.finish());
    expect(Math.max(...regions.map(({ bytes }) => bytes.length))).toBeLessThanOrEqual(4 * 1024 * 1024);
  });
});

describe("the place of bytes in a PEM block", () => {
  const block = bytesOf("-----BEGIN X-----\nQUJD\nREVG\n-----END X-----");

  it.each([
    [0, 1, "QU"],
    [0, 3, "QUJD"],
    [1, 2, "UJ"],
    [2, 4, "JD\nRE"],
    [5, 6, "VG"],
  ])("bytes %i to %i are written %j", (start, end, expected) => {
    const place = armourPlace(block, start, end);
    const written = place && block.subarray(place.offset, place.offset + place.length);
    expect(written && new TextDecoder().decode(written)).toBe(expected);
  });

  it("there is none for bytes that are not there, or behind headers", () => {
    expect(armourPlace(block, 6, 7)).toBeUndefined();
    expect(armourPlace(bytesOf("-----BEGIN X-----\nProc-Type: 4\n\nQUJD\n-----END X-----"), 0, 1)).toBeUndefined();
  });
});
