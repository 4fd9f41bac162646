import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toHex } from "../../../src/core/asn1/hex.js";
import { readStringMask, maskedString, type StringOptions } from "../../../src/core/pkcs10/stringMask.js";
import { stringRule } from "../../../src/core/pkcs10/stringTable.js";
import { readRequest } from "../../../src/core/pkcs10/request.js";
import { OpensslFiles } from "../../support/opensslFiles.js";
import { hasOpenssl } from "../../support/opensslProgram.js";
import { runProgram } from "../../support/programs.js";

/** What openssl calls the types, and what they are. */
const subjectTypes: Readonly<Record<string, string>> = {
  CN: "2.5.4.3",
  SN: "2.5.4.4",
  serialNumber: "2.5.4.5",
  C: "2.5.4.6",
  L: "2.5.4.7",
  ST: "2.5.4.8",
  street: "2.5.4.9",
  O: "2.5.4.10",
  OU: "2.5.4.11",
  title: "2.5.4.12",
  name: "2.5.4.41",
  GN: "2.5.4.42",
  initials: "2.5.4.43",
  dnQualifier: "2.5.4.46",
  c3: "2.5.4.98",
  n3: "2.5.4.99",
  dnsName: "2.5.4.100",
  DC: "0.9.2342.19200300.100.1.25",
  UID: "0.9.2342.19200300.100.1.1",
  emailAddress: "1.2.840.113549.1.9.1",
  unstructuredName: "1.2.840.113549.1.9.2",
  unstructuredAddress: "1.2.840.113549.1.9.8",
  friendlyName: "1.2.840.113549.1.9.20",
  jurisdictionC: "1.3.6.1.4.1.311.60.2.1.3",
  CSPName: "1.3.6.1.4.1.311.17.1",
  INN: "1.2.643.3.131.1.1",
  OGRN: "1.2.643.100.1",
  SNILS: "1.2.643.100.3",
  "1.2.3.4.5": "1.2.3.4.5",
};
const attributeTypes: Readonly<Record<string, string>> = {
  challengePassword: "1.2.840.113549.1.9.7",
  unstructuredName: "1.2.840.113549.1.9.2",
  description: "2.5.4.13",
};

const masks = [
  undefined,
  "default",
  "pkix",
  "utf8only",
  "nombstr",
  "MASK:0",
  "MASK:0x1",
  "MASK:0x2",
  "MASK:4",
  "MASK:020",
  "MASK:0x100",
  "MASK:0x800",
  "MASK:0x1000",
  "MASK:0x2000",
  "MASK:0x2002",
  "MASK:8194",
  "MASK:0x2806",
  "MASK:0x3002",
  "MASK:0xFFFFFFFF",
  "MASK:-1",
  "MASK:-8193",
  "MASK:+2",
  "MASK: 2",
  "MASK:0x100000002",
  "MASK:99999999999999999999999",
];

const inputs: readonly (readonly [string, Uint8Array])[] = (
  [
    ["a password of NDES", "8CE317021F690069"],
    ["digits", "1234567890"],
    ["digits and a blank", "12 34"],
    ["a country", "DE"],
    ["three letters", "DEU"],
    ["three digits", "276"],
    ["every character of PrintableString", "azAZ09 '()+,-./:=?b"],
    ["characters of IA5String", "a_b@c*"],
    ["Latin-1 in UTF-8", "Zürich"],
    ["Latin-1", Uint8Array.of(0x5a, 0xfc, 0x72)],
    ["a euro sign", "€uro"],
    ["Cyrillic", "Жук"],
    ["beyond the BMP", "😀x"],
    ["the last character of the BMP", "\uffff"],
    ["two umlauts", "ÄÖ"],
    ["nothing", ""],
    ["64 umlauts", "ü".repeat(64)],
    ["65 letters", "a".repeat(65)],
    ["129 letters", "a".repeat(129)],
    ["a surrogate in UTF-8", Uint8Array.of(0x61, 0xed, 0xa0, 0x80)],
    ["an overlong form", Uint8Array.of(0x61, 0xc0, 0xaf)],
    ["beyond Unicode", Uint8Array.of(0xf4, 0x90, 0x80, 0x80)],
    ["cut UTF-8", Uint8Array.of(0x61, 0xc3)],
  ] as const
).map(([name, value]) => [name, typeof value === "string" ? new TextEncoder().encode(value) : value]);

interface Cell {
  readonly name: string;
  readonly place: "subject" | "attribute";
  readonly typeName: string;
  readonly octets: Uint8Array;
  readonly expected: ReturnType<typeof maskedString>;
}

function cellsOf(options: StringOptions): readonly Cell[] {
  return inputs.flatMap(([input, octets]) =>
    (
      [
        ["subject", subjectTypes],
        ["attribute", attributeTypes],
      ] as const
    ).flatMap(([place, types]) =>
      Object.entries(types).map(([typeName, type]) => ({
        name: `${place} ${typeName}: ${input}`,
        place,
        typeName,
        octets,
        expected: maskedString(type, octets, options),
      })),
    ),
  );
}

describe.skipIf(!hasOpenssl)("string masks, beside the openssl program (needs openssl)", () => {
  let files: OpensslFiles;
  let counter = 0;

  beforeAll(async () => {
    files = await OpensslFiles.create();
    await files.run("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", "key.pem");
  });
  afterAll(() => files.remove());

  /** Runs `openssl req -new` with these lines in its two sections; the request, or what openssl said. */
  async function request(
    mask: string | undefined,
    utf8: boolean,
    subject: readonly Cell[],
    attributes: readonly Cell[],
  ): Promise<Uint8Array | string> {
    const name = `${counter++}`;
    const encoder = new TextEncoder();
    const line = (key: string, octets: Uint8Array): Uint8Array[] => [
      encoder.encode(`${key} = `),
      // A configuration file takes a backslash before what has a meaning of its own there.
      Uint8Array.from(
        [...octets].flatMap((octet) => ([0x22, 0x23, 0x24, 0x27, 0x5c].includes(octet) ? [0x5c, octet] : [octet])),
      ),
      encoder.encode("\n"),
    ];
    const head = `[req]\nprompt = no\ndistinguished_name = dn\n${attributes.length > 0 ? "attributes = at\n" : ""}utf8 = ${utf8 ? "yes" : "no"}\n${mask === undefined ? "" : `string_mask = ${mask}\n`}[dn]\nCN = x\n`;
    const config = Buffer.concat([
      encoder.encode(head),
      ...subject.flatMap(({ typeName, octets }, i) => line(`${i}.${typeName}`, octets)),
      encoder.encode("[at]\n"),
      ...attributes.flatMap(({ typeName, octets }) => line(typeName, octets)),
    ]);
    await files.write(`${name}.cnf`, config);
    const args = ["req", "-new", "-key", "key.pem", "-config", `${name}.cnf`, "-outform", "DER"];
    const { status, stdout, stderr } = await runProgram("openssl", args, { cwd: files.folder });
    return status === 0 ? new Uint8Array(stdout) : stderr;
  }

  /** What openssl made of cells of which it should make something. */
  async function made(
    mask: string | undefined,
    utf8: boolean,
    subject: readonly Cell[],
    attributes: readonly Cell[],
  ): Promise<readonly string[]> {
    const answer = await request(mask, utf8, subject, attributes);
    if (typeof answer === "string") return [answer];
    const view = readRequest(answer);
    const values = [
      ...(view?.subject.rdns.flat().slice(1) ?? []).map(({ valueNode }) => valueNode),
      ...attributes.map(
        ({ typeName }) => view?.attributes.find(({ oid }) => oid === attributeTypes[typeName])?.values[0],
      ),
    ];
    return values.map((node) => toHex(node?.encoding ?? new Uint8Array()));
  }

  /** openssl's words on a cell of which it should make nothing. */
  async function refused(mask: string | undefined, utf8: boolean, cell: Cell): Promise<string> {
    const here = [cell];
    const answer = await (cell.place === "subject" ? request(mask, utf8, here, []) : request(mask, utf8, [], here));
    if (typeof answer !== "string") return "made";
    const [, words, bound] = /ASN1_mbstring_ncopy:([^:]+):[^:]*:\d+:(?:m..size=(\d+))?/.exec(answer) ?? [];
    return [words ?? answer, ...(bound === undefined ? [] : [bound])].join(" ");
  }

  /**
   * A refusal takes a run of its own. Those that come of the type or the length alone are the same under every mask and are
   * asked for under two; masks of the same bits are asked about once.
   */
  function worthARun({ expected, place, typeName }: Cell, mask: string | undefined, bits: number): boolean {
    if (mask === "default" || mask === "utf8only") return true;
    if (masks.find((other) => readStringMask(other) === bits) !== mask) return false;
    const type = (place === "subject" ? subjectTypes : attributeTypes)[typeName] ?? "";
    return !expected.ok && expected.problem.kind === "illegal characters" && !stringRule(type).fixed;
  }

  function refusal({ expected }: Cell): string {
    if (expected.ok) return "made";
    const { problem } = expected;
    return "bound" in problem ? `${problem.kind} ${problem.bound}` : problem.kind;
  }

  for (const utf8 of [true, false]) {
    for (const mask of masks) {
      it(`string_mask ${mask ?? "unset"}, utf8 = ${utf8 ? "yes" : "no"}: every cell is the same`, async () => {
        const bits = readStringMask(mask);
        if (bits === undefined) throw new Error(`${mask ?? ""} should be a mask.`);
        const cells = cellsOf({ mask: bits, utf8 });
        const good = cells.filter(({ expected }) => expected.ok);
        const subject = good.filter(({ place }) => place === "subject");
        const expectedHex = (group: readonly Cell[]): readonly string[] =>
          group.map(({ expected }) => (expected.ok ? toHex(expected.der) : ""));
        expect(await made(mask, utf8, subject, [])).toEqual(expectedHex(subject));
        for (const [input] of inputs) {
          const attributes = good.filter(({ place, name }) => place === "attribute" && name.endsWith(`: ${input}`));
          expect(await made(mask, utf8, [], attributes), input).toEqual(expectedHex(attributes));
        }
        const bad = cells.filter((cell) => !cell.expected.ok && worthARun(cell, mask, bits));
        const words = new Map<string, string>();
        for (let i = 0; i < bad.length; i += 4) {
          await Promise.all(
            bad.slice(i, i + 4).map(async (cell) => words.set(cell.name, await refused(mask, utf8, cell))),
          );
        }
        expect(Object.fromEntries(words)).toEqual(Object.fromEntries(bad.map((cell) => [cell.name, refusal(cell)])));
      });
    }
  }

  for (const mask of [
    "MASK:",
    "MASK:08",
    "MASK:2x",
    "MASK:0x",
    "MASK:0b1",
    "mask:2",
    "Default",
    "utf8",
    "pkixx",
    "",
    "MASK:2,4",
    "MASK:--2",
  ]) {
    it(`string_mask "${mask}" is refused`, async () => {
      expect(readStringMask(mask)).toBeUndefined();
      expect(await request(mask, true, [], [])).toContain("Invalid global string mask setting");
    });
  }
});
