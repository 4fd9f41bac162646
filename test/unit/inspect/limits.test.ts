import { describe, expect, it } from "vitest";
import { limits } from "../../../src/core/asn1/limits.js";
import { derValue, sequence } from "../../../src/core/asn1/derWriter.js";
import { readBer } from "../../../src/core/asn1/berReader.js";
import { characterString, objectIdentifier } from "../../../src/core/asn1/buildValue.js";
import { concat } from "../../../src/core/asn1/octets.js";
import { oid } from "../../../src/core/asn1/oids.js";
import { readName } from "../../../src/core/x509/name.js";
import { openStructure } from "../../../src/core/inspect/structureOf.js";
import { codesOf, inspectAll, inspectOne, nodesOf } from "../../support/inspection.js";
import { ndesSite } from "../../support/ndesReply.js";
import { toBase64 } from "../../../src/core/asn1/base64.js";

/** Nodes of a report on any bomb: what bounds the work of everybody who shows it. */
const mostNodes = 25_000;

/** Values in values, so many deep, with definite lengths. */
function nested(depth: number, tag = 0x30): Uint8Array {
  const octets = new Uint8Array(depth * 6);
  for (let i = 0, at = 0; i < depth; i++) {
    const inside = octets.length - at - 6;
    octets.set([tag, 0x84, inside >>> 24, (inside >> 16) & 0xff, (inside >> 8) & 0xff, inside & 0xff], at);
    at += 6;
  }
  return octets;
}

describe("bombs are answered with a finding, within the limits of asn1/limits.ts", () => {
  it.each([
    ["10,000 nested SEQUENCEs", nested(10_000)],
    ["10,000 nested SETs", nested(10_000, 0x31)],
    ["10,000 OCTET STRINGs in chunks inside one another", nested(10_000, 0x24)],
  ])("%s", async (_name, bytes) => {
    const report = await inspectOne(bytes, "deep.der");
    expect(codesOf(report)).toContain("asn1.limit");
    const deepest = Math.max(...nodesOf(report).map(({ id }) => id.split("/").length));
    expect(deepest).toBeLessThanOrEqual(limits.depth + 5);
    const structure = openStructure(report);
    expect(structure?.path(structure.at(bytes.length - 1) ?? "").length).toBeLessThanOrEqual(limits.depth);
  });

  it("10,000 indefinite lengths inside one another, with nothing in them", async () => {
    const bytes = new Uint8Array(20_000).map((_, i) => (i % 2 === 0 ? 0x30 : 0x80));
    expect(codesOf(await inspectOne(bytes, "deep.ber"))).toEqual(["input.unrecognised"]);
  });

  it.each([
    ["of 2^32 octets", [0x30, 0x84, 0xff, 0xff, 0xff, 0xff, 0x02, 0x01, 0x05], "asn1.truncated"],
    ["of 2^64 octets", [0x30, 0x88, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02, 0x01, 0x05], "asn1.length"],
    ["in 126 octets", [0x30, 0xfe, ...Array.from({ length: 126 }, () => 0xff), 0x02, 0x01, 0x05], "asn1.length"],
    ["that is reserved", [0x30, 0xff, 0x02, 0x01, 0x05], "asn1.length"],
  ])("a length %s: what is there is shown", async (_name, octets, code) => {
    const report = await inspectOne(Uint8Array.from(octets), "length.der");
    expect(codesOf(report)).toContain(code);
    expect(nodesOf(report)).toContainEqual(expect.objectContaining({ label: "INTEGER", value: "5" }));
  });

  it("a million empty SETs: the first thousand in the report, each of them on demand", async () => {
    const sets = new Uint8Array(2_000_000);
    for (let i = 0; i < sets.length; i += 2) sets[i] = 0x31;
    const report = await inspectOne(sequence(sets), "wide.der");
    expect(codesOf(report)).toEqual(["asn1.limit"]);
    expect(nodesOf(report).length).toBeLessThan(mostNodes);
    const structure = openStructure(report);
    const page = structure?.children(structure.root.id, 999_999, 10);
    expect(page?.total).toBe(1_000_000);
    expect(page?.nodes.map(({ label, range }) => [label, range?.start])).toEqual([["SET", 2_000_003]]);
  }, 60_000);

  it("a name whose one RDN has 200,000 attributes", () => {
    const pair = sequence(objectIdentifier(oid.commonName), characterString("PrintableString", "a", "The name"));
    const attributes = Array.from({ length: 200_000 }, () => pair);
    const name = readName(readBer(sequence(derValue(0x31, concat(attributes)))));
    expect(name?.attributes).toHaveLength(200_000);
  });

  it("an OBJECT IDENTIFIER of 100,000 octets, and one with an arc of 100,000", async () => {
    for (const content of [new Uint8Array(100_000).fill(1), new Uint8Array(100_000).fill(0xff)]) {
      const report = await inspectOne(sequence(derValue(6, content)), "oid.der");
      expect(codesOf(report)).toContain("asn1.oid");
      for (const { value, label } of nodesOf(report)) expect((value ?? "").length + label.length).toBeLessThan(2500);
    }
  });

  it("a tag number of 100,000 octets", async () => {
    const tag = new Uint8Array(100_000).fill(0xff);
    const [report] = await inspectAll(sequence(tag, Uint8Array.of(0, 0)), "tag.der");
    expect(report && codesOf(report)).toContain("asn1.tag");
  });

  it("an INTEGER of a megabyte is shown by its length and beginning", async () => {
    const report = await inspectOne(sequence(derValue(2, new Uint8Array(1024 * 1024).fill(0x7f))), "integer.der");
    const integer = nodesOf(report).find(({ label }) => label === "INTEGER");
    expect(integer?.value).toMatch(/^1,048,576 bytes: 7f/);
    expect(integer?.copyValue).toBeUndefined();
  });

  it("PEM of a million lines, and of ten thousand blocks", async () => {
    const line = "A".repeat(64);
    const long = `-----BEGIN CERTIFICATE-----\n${`${line}\n`.repeat(1_000_000)}-----END CERTIFICATE-----\n`;
    const [report, ...more] = await inspectAll(new TextEncoder().encode(long), "long.pem");
    expect(more).toEqual([]);
    expect(report && nodesOf(report).length).toBeLessThan(mostNodes);

    const { der } = (await ndesSite()).signing;
    const block = `-----BEGIN CERTIFICATE-----\n${toBase64(der)}\n-----END CERTIFICATE-----\n`;
    const reports = await inspectAll(new TextEncoder().encode(block.repeat(10_000)), "many.pem");
    expect(reports.length).toBeLessThanOrEqual(1000);
    expect(reports.at(-1)?.findings.map(({ message }) => message)).toContainEqual(
      expect.stringContaining("9,000") as string,
    );
  }, 120_000);
});
