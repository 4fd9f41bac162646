import { describe, expect, it } from "vitest";
import { fromHex } from "../../../src/core/asn1/hex.js";
import { bitStringValue, derValue, sequence } from "../../../src/core/asn1/derWriter.js";
import type { Finding } from "../../../src/core/inspect/finding.js";
import { rules } from "../../../src/core/inspect/rules/all.js";
import { openStructure } from "../../../src/core/inspect/structureOf.js";
import { contextWith, inspectOne, nodesOf } from "../../support/inspection.js";

function hex(text: string): Uint8Array {
  const octets = fromHex(text);
  if (!octets) throw new Error(text);
  return octets;
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The findings about a value that stands in a SEQUENCE of its own. */
async function findingsOn(value: Uint8Array): Promise<readonly Finding[]> {
  return (await inspectOne(sequence(value, hex("0500")), "value.der")).findings;
}

/** A certificate whose parts can be exchanged; nobody signed it. */
function certificate(
  parts: { version?: Uint8Array; subject?: Uint8Array; notAfter?: Uint8Array; extension?: Uint8Array } = {},
): Uint8Array {
  const algorithm = hex("300d06092a864886f70d01010b0500");
  const name = hex("300c310a300806035504030c0141");
  const notAfter = parts.notAfter ?? derValue(0x17, utf8("491231235959Z"));
  const tbs = sequence(
    parts.version ?? hex("a003020102"),
    hex("020101"),
    algorithm,
    name,
    sequence(derValue(0x17, utf8("200101000000Z")), notAfter),
    parts.subject ?? name,
    sequence(
      hex("300d06092a864886f70d0101010500"),
      bitStringValue(sequence(derValue(2, new Uint8Array(129).fill(0x71)), hex("020103"))),
    ),
    derValue(0xa3, sequence(parts.extension ?? hex("300c0603551d130101ff04023000"))),
  );
  return sequence(tbs, algorithm, bitStringValue(new Uint8Array(64)));
}

/** A name of one commonName of that string type. */
function subject(tag: number, octets: Uint8Array): Uint8Array {
  return sequence(derValue(0x31, sequence(hex("0603550403"), derValue(tag, octets))));
}

describe("what a value of each type may not be", () => {
  it.each([
    ["a BOOLEAN of 01", "010101", "asn1.boolean", "info", "is 01; DER writes TRUE as FF and FALSE as 00"],
    ["a BOOLEAN of two octets", "01020000", "asn1.boolean.length", "error", "has 2 octets of content"],
    ["an empty INTEGER", "0200", "asn1.integer", "warning", "is empty"],
    [
      "an INTEGER with a needless 00",
      "02020001",
      "asn1.integer",
      "warning",
      "begins with an octet that it does not need",
    ],
    [
      "an INTEGER with a needless FF",
      "0202ff80",
      "asn1.integer",
      "warning",
      "begins with an octet that it does not need",
    ],
    ["a NULL with content", "050100", "asn1.null", "error", "has 1 octet(s) of content"],
    ["an empty OBJECT IDENTIFIER", "0600", "asn1.oid", "error", "is empty"],
    ["an arc that begins with 80", "06032a8001", "asn1.oid", "error", "begins with the octet 80"],
    ["an arc that is cut", "06022a86", "asn1.oid", "error", "ends inside an arc"],
    ["an empty BIT STRING", "0300", "asn1.bitString", "error", "is empty"],
    ["a BIT STRING with 9 unused bits", "03020901", "asn1.bitString", "error", "says that 9 bits"],
    ["a BIT STRING with unused bits of nothing", "030103", "asn1.bitString", "error", "and has none"],
    [
      "a BIT STRING with padding that is not zero",
      "03020301",
      "asn1.bitString.padding",
      "info",
      "unused bits that are not zero",
    ],
    ["a UTCTime without seconds", "170b323630313031303030305a", "asn1.time.form", "info", "DER wants seconds"],
    [
      "a UTCTime on 31 February",
      "170d3236303233313030303030305a",
      "asn1.time",
      "error",
      'no time that exists: "260231000000Z"',
    ],
    ["a GeneralizedTime of nonsense", "180468656c70", "asn1.time", "error", 'no time that exists: "help"'],
    ["an @ in a PrintableString", "1303614062", "asn1.string.character", "warning", 'may not hold the character "@"'],
    ["a * in a PrintableString", "13022a2e", "asn1.string.character", "warning", 'may not hold the character "*"'],
    ["an octet above 7F in an IA5String", "160180", "asn1.string.character", "warning", "U+0080"],
    ["a letter in a NumericString", "120161", "asn1.string.character", "warning", 'may not hold the character "a"'],
    ["octets that are no UTF-8", "0c02c328", "asn1.string.encoding", "error", "not well-formed UTF-8"],
    ["a BMPString of three octets", "1e03004100", "asn1.string.encoding", "error", "no multiple of 2"],
    ["half a surrogate pair", "1e02d800", "asn1.string.encoding", "error", "without the other"],
    ["a UniversalString of five octets", "1c050000004100", "asn1.string.encoding", "error", "no multiple of 4"],
    ["a NUL in a text", "0c03610062", "text.nul", "error", "NUL character (at position 2)"],
    [
      "a mark that turns the text round",
      "0c05e280ae6162",
      "text.invisible",
      "warning",
      "U+202E (at position 1), which re-orders",
    ],
    ["a zero-width space", "0c0461e2808b", "text.invisible", "warning", "U+200B (at position 2), which cannot be seen"],
    ["a control character", "0c026107", "text.invisible", "warning", "U+0007 (at position 2), a control"],
  ])("%s", async (_name, octets, code, severity, words) => {
    const found = await findingsOn(hex(octets));
    expect(found).toEqual([
      expect.objectContaining({ code, severity, message: expect.stringContaining(words) as string }),
    ]);
    expect(found[0]?.range?.start).toBe(2);
  });

  it("a word that mixes scripts, and none that does not", async () => {
    const codes = async (text: string): Promise<string[]> =>
      (await findingsOn(derValue(0x0c, utf8(text)))).map(({ code }) => code);
    expect(await codes("p\u0430ypal")).toEqual(["text.mixedScript"]);
    expect(await codes("ООО Vodafone Россия")).toEqual([]);
    expect(await codes("東京 Tokyo")).toEqual([]);
  });

  it.each([
    "0101ff",
    "02020080",
    "0202ff7f",
    "0201ff",
    "06032a8601",
    "030100",
    "03020780",
    "170d3236303130313030303030305a",
    "0c03c3a462",
    "1e0200e4",
    "1304612e2062",
  ])("nothing is said of %s", async (octets) => expect(await findingsOn(hex(octets))).toEqual([]));

  it("of a thousand defects of one kind the first twenty are told, and the rest counted", async () => {
    const report = await inspectOne(sequence(...Array.from({ length: 1014 }, () => hex("050100"))), "nulls.der");
    const told = report.findings.filter(({ code }) => code === "asn1.null");
    expect(told).toHaveLength(21);
    expect(told.at(-1)?.message).toBe(
      "A NULL with content: and 980 more places than those that are told, besides any in 14 values that were not looked at.",
    );
    expect(nodesOf(report).find(({ label }) => label === "… 14 more")?.value).toBe(
      "14 more values, not opened and not looked at for defects",
    );
  });
});

describe("a string in chunks that encloses a value", () => {
  it("gives the value and nothing else, though bytes among the chunks belong to none", async () => {
    const extension = sequence(hex("0603551d13"), hex("240a0402300304030101ff04"));
    const report = await inspectOne(certificate({ extension }), "chunks.cer");
    const structure = openStructure(report);
    const chunks = nodesOf(report).find(({ id }) => id.endsWith("/extnValue"));
    const page = structure?.children(chunks?.id ?? "", 0, 20);
    expect(page?.nodes).toHaveLength(page?.total ?? -1);
    // The value stands in a buffer of its own, which an inspector has to know of.
    expect(report.structure?.isPlain).toBe(false);
    expect((await inspectOne(certificate({}), "whole.cer")).structure?.isPlain).toBe(true);
  });
});

describe("what DER asks of a certificate", () => {
  const codesOf = async (bytes: Uint8Array): Promise<string[]> =>
    (await inspectOne(bytes, "test.cer")).findings
      .filter(({ code }) => /^(asn1|text)\./.test(code))
      .map(({ code, severity }) => `${code} ${severity}`);

  it.each([
    ["nothing of a good one", {}, []],
    ["version v1 written down", { version: hex("a003020100") }, ["asn1.default warning"]],
    ["critical FALSE written down", { extension: hex("300c0603551d1301010004023000") }, ["asn1.default warning"]],
    ["cA FALSE written down", { extension: hex("300f0603551d130101ff04053003010100") }, ["asn1.default warning"]],
    ["critical of 01", { extension: hex("300c0603551d1301010104023000") }, ["asn1.boolean warning"]],
    ["an indefinite length", { subject: hex("3080310a300806035504030c01410000") }, ["asn1.ber warning"]],
    ["a string in chunks", { subject: hex("3010310e300c06035504032c050c01410c00") }, ["asn1.ber warning"]],
    ["a length that is too long", { subject: hex("30810c310a300806035504030c0141") }, ["asn1.notMinimal warning"]],
    ["a time with an offset", { notAfter: derValue(0x17, utf8("491231235959+0100")) }, ["asn1.time.form warning"]],
    ["a time that does not exist", { notAfter: derValue(0x17, utf8("491331235959Z")) }, ["asn1.time error"]],
    ["a NUL in its name", { subject: subject(0x0c, utf8("bank.example\0.evil.example")) }, ["text.nul error"]],
    ["a mark of direction in its name", { subject: subject(0x0c, utf8("\u202egnp.exe")) }, ["text.invisible warning"]],
    ["an @ in a PrintableString", { subject: subject(0x13, utf8("a@b")) }, ["asn1.string.character warning"]],
    [
      "a NUL in a DNS name",
      { extension: sequence(hex("0603551d11"), derValue(4, sequence(derValue(0x82, utf8("a\0b"))))) },
      ["text.nul error"],
    ],
    [
      "octets behind an extension's value",
      { extension: hex("300e0603551d130101ff040430000500") },
      ["asn1.unread error"],
    ],
  ] as const)("%s", async (_name, parts, codes) => {
    expect(await codesOf(certificate(parts))).toEqual(codes);
  });

  it("an unsorted SET and one with the same element twice", async () => {
    const attribute = (text: string): Uint8Array => sequence(hex("0603550403"), derValue(0x0c, utf8(text)));
    const name = (...texts: string[]): Uint8Array => sequence(derValue(0x31, ...texts.map(attribute)));
    expect(await codesOf(certificate({ subject: name("a", "b") }))).toEqual([]);
    expect(await codesOf(certificate({ subject: name("b", "a") }))).toEqual(["asn1.setOrder warning"]);
    expect(await codesOf(certificate({ subject: name("a", "a") }))).toEqual(["asn1.setDuplicate warning"]);
  });

  it("octets behind an extension's value are shown as they are", async () => {
    const extension = hex("300e0603551d130101ff040430000500");
    const report = await inspectOne(certificate({ extension }), "test.cer");
    const octets = nodesOf(report).filter(({ label }) => label === "unread bytes");
    expect(octets.map(({ value }) => value)).toEqual(["0500"]);
  });
});

describe("an encoding in which nothing was met", () => {
  it("is one that no rule for encodings says anything of, so that none is asked", () => {
    const bytes = fromHex("3003020101") ?? new Uint8Array();
    const encoding = { bytes, name: "input", wrapping: [], problems: [] };
    const asked = rules.filter((rule) => rule.appliesTo === "encoding");
    expect(asked.length).toBeGreaterThan(20);
    for (const { check } of asked) expect(check(encoding, contextWith())).toEqual([]);
  });
});
