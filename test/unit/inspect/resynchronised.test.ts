import { describe, expect, it } from "vitest";
import { readBer } from "../../../src/core/asn1/berReader.js";
import { type BerNode, walk } from "../../../src/core/asn1/berNode.js";
import { toHex } from "../../../src/core/asn1/hex.js";
import { derValue, sequence } from "../../../src/core/asn1/derWriter.js";
import { readCertificate } from "../../../src/core/x509/certificate.js";
import { codesOf, inspectOne, nodesOf } from "../../support/inspection.js";
import { largeCrl } from "../../support/largeCrl.js";
import { ndesSite } from "../../support/ndesReply.js";

const site = await ndesSite();

/** Some bytes with one of them changed. */
function withOctet(bytes: Uint8Array, offset: number, octet: number): Uint8Array {
  const changed = bytes.slice();
  changed[offset] = octet;
  return changed;
}

function read(bytes: Uint8Array): BerNode {
  const root = readBer(bytes);
  if (!root) throw new Error("Nothing can be read.");
  return root;
}

/** The problems of a whole tree, by their code. */
function problemsOf(root: BerNode): string[] {
  return [...walk(root)].flatMap(({ problems }) => problems.map(({ code }) => code));
}

const certificate = site.encryption.der;
const extensions = (readCertificate(certificate)?.extensions ?? []).map(({ oid, node }) => ({
  oid,
  start: node.start,
}));

describe("a length that is wrong inside a series of values", () => {
  it.each([-3, -2, -1, 1, 2, 3, 5, 14])("of a revoked entry, %i octets off: every other entry is read", (off) => {
    const crl = largeCrl(400);
    const list = readBer(crl)?.child(0)?.child(5);
    const entry = list?.childrenFrom(123, 1)[0];
    const damaged = withOctet(crl, (entry?.start ?? 0) + 1, (crl[(entry?.start ?? 0) + 1] ?? 0) + off);
    const read123 = read(damaged).child(0)?.child(5);
    expect(read123?.childCount).toBe(400);
    expect(read123?.children.map(({ start, end }) => [start, end])).toEqual(
      list?.children.map(({ start, end }) => [start, end]),
    );
    expect(read123?.child(123)?.problems).toEqual([
      {
        code: "lengthWrong",
        offset: entry?.start,
        message: `The length of the SEQUENCE at offset ${entry?.start} is wrong: by it the value ends at offset ${(entry?.end ?? 0) + off}, but what is inside it and behind it fits together only if it ends at ${entry?.end}. Reading goes on there.`,
      },
    ]);
  });

  it("of entry 70,000 of 100,000: the list is paged through as if nothing were wrong", () => {
    const crl = largeCrl(100_000);
    const start = read(crl).child(0)?.child(5)?.childrenFrom(70_000, 1)[0]?.start ?? 0;
    const list = read(withOctet(crl, start + 1, 0x2a))
      .child(0)
      ?.child(5);
    expect(list?.childCount).toBe(100_000);
    const [before, damaged, behind] = list?.childrenFrom(69_999, 3) ?? [];
    const last = (entry: BerNode | undefined): string =>
      toHex(entry?.child(0)?.content.subarray(15) ?? new Uint8Array());
    expect([before, damaged, behind].map(last)).toEqual(["0001116f", "00011170", "00011171"]);
    expect(damaged?.problems.map(({ code }) => code)).toEqual(["lengthWrong"]);
    expect(list?.childIndexAt(start)).toBe(70_000);
  });

  it.each([-2, 1, 4])(
    "of an extension, %i octets off: the certificate is read with all its extensions",
    async (off) => {
      for (const { start } of extensions.slice(0, -1)) {
        const damaged = withOctet(certificate, start + 1, (certificate[start + 1] ?? 0) + off);
        expect(readCertificate(damaged)?.extensions.map(({ oid }) => oid)).toEqual(extensions.map(({ oid }) => oid));
        const report = await inspectOne(damaged, "damaged.cer");
        expect(codesOf(report)).toContain("asn1.lengthWrong");
        const finding = report.findings.find(({ code }) => code === "asn1.lengthWrong");
        expect(finding?.range).toEqual({ start, end: start + 1 });
      }
    },
  );

  it("finds the next extension where octets are missing in the middle of one", async () => {
    const [first] = extensions;
    const at = (first?.start ?? 0) + 12;
    const damaged = Uint8Array.from([...certificate.subarray(0, at), ...certificate.subarray(at + 4)]);
    const identifiers = (bytes: Uint8Array): string[] =>
      [...walk(read(bytes))].filter((node) => node.isUniversal(6)).map(({ content }) => toHex(content));
    // Every length around the lost octets is wrong with them, and yet the extension behind is found.
    expect(identifiers(damaged).slice(0, 6)).toEqual(identifiers(certificate).slice(0, 6));
    expect(codesOf(await inspectOne(damaged, "damaged.cer"))).toContain("asn1.lengthWrong");
  });

  it("shows octets that belong to no value as unread bytes between the values", async () => {
    const entry = (octet: number): Uint8Array => sequence(derValue(2, Uint8Array.of(octet)), derValue(5));
    const garbage = Uint8Array.of(0xff, 0xfe, 0xfd, 0xfc, 0xfb);
    const bytes = sequence(entry(1), entry(2), garbage, entry(3), entry(4), entry(5));
    const report = await inspectOne(bytes, "gap.der");
    const gap = nodesOf(report).find(({ label }) => label === "unread bytes");
    expect(gap).toMatchObject({ value: "fffefdfcfb", range: { start: 16, end: 21 } });
    expect(nodesOf(report).filter(({ label }) => label === "INTEGER")).toHaveLength(5);
    expect(report.findings).toContainEqual(
      expect.objectContaining({ code: "asn1.unread", range: { start: 16, end: 21 } }),
    );
  });

  it("says nothing of the sort of what is merely cut short", () => {
    for (const part of [0.2, 0.5, 0.9]) {
      const cut = certificate.subarray(0, Math.floor(certificate.length * part));
      expect(problemsOf(read(cut))).not.toContain("lengthWrong");
    }
  });
});
