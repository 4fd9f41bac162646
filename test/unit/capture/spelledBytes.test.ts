import { beforeAll, describe, expect, it } from "vitest";
import { toBase64 } from "../../../src/core/asn1/base64.js";
import { toHex } from "../../../src/core/asn1/hex.js";
import { writePem } from "../../../src/core/asn1/pem.js";
import type { Artifact } from "../../../src/core/inspect/artifact.js";
import { recognise } from "../../../src/core/inspect/recognise.js";
import { clientMessage } from "../../support/clientMessage.js";
import { makeIdentity } from "../../support/testIdentity.js";

let message: Uint8Array;
let certificate: Uint8Array;
/** Base64 of the message: with "+" and "/" in it and "=" at its end. */
let base64: string;

beforeAll(async () => {
  const ca = await makeIdentity("CN=Test CA");
  certificate = ca.der;
  // One length of three has no "=" at its end.
  for (const transactionID of ["1", "22", "333"]) {
    message = (await clientMessage(ca.certificate, { transactionID })).der;
    base64 = toBase64(message);
    if (base64.endsWith("=")) break;
  }
  expect(base64).toMatch(/^(?=.*\+)(?=.*\/).*=$/);
});

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const found = (text: string): Artifact[] => recognise(bytesOf(text), "input");

/** The codes of what was put right in a text that holds the message and nothing else. */
function codesOf(text: string): string[] {
  const artifacts = found(text);
  expect(artifacts).toMatchObject([{ kind: "pkiMessage", source: { name: "input" } }]);
  expect(Buffer.from(artifacts[0]?.bytes ?? []).equals(message)).toBe(true);
  return artifacts[0]?.wrapping.map(({ code }) => code) ?? [];
}

describe("base64 of its own", () => {
  it("percent-encoded", () => {
    expect(codesOf(encodeURIComponent(base64))).toEqual([]);
  });

  it("percent-encoded twice", () => {
    expect(codesOf(encodeURIComponent(encodeURIComponent(base64)))).toEqual(["base64.double"]);
  });

  it("base64 of base64, and of PEM", () => {
    expect(codesOf(toBase64(bytesOf(base64)))).toEqual(["base64.double"]);
    expect(codesOf(toBase64(bytesOf(writePem("PKCS7", message))))).toEqual(["base64.double"]);
  });

  it("with its + turned into blanks", () => {
    expect(codesOf(base64.replaceAll("+", " "))).toEqual(["base64.character"]);
  });
});

describe("base64 in other text", () => {
  const wrapped = (): string => base64.match(/.{1,76}/g)?.join("\n") ?? "";

  it.each([
    ["JSON", () => JSON.stringify({ operation: "PKIOperation", body: base64, status: 200 })],
    ["JSON with escaped line ends", () => JSON.stringify({ body: wrapped() })],
    ["JSON with escaped slashes", () => `{"body":"${base64.replaceAll("/", String.raw`\/`)}"}`],
    [
      "XML",
      () =>
        `<?xml version="1.0"?>\n<soap:Body><wsse:BinarySecurityToken>${base64}</wsse:BinarySecurityToken></soap:Body>`,
    ],
    ["XML in lines", () => `<response base64="true">\n${wrapped().replaceAll(/^/gm, "    ")}\n</response>`],
    ["XML with character references", () => `<Token>${wrapped().replaceAll("\n", "&#xD;&#xA;")}</Token>`],
    ["a data: URI", () => `<img src="data:application/x-pki-message;base64,${base64}">`],
    ["quotation marks", () => `reply = '${base64}'`],
    ["a line of a log", () => `2026-11-25T15:48:11Z TRACE request=${base64} client=10.1.2.3`],
    ["prose", () => `The device sends this:\n\n${wrapped()}\n\nWhat is wrong with it?`],
  ])("%s", (_, spell) => {
    expect(codesOf(spell())).toEqual([]);
  });

  it("several in one text, each with a number and its place", () => {
    const text = JSON.stringify({ request: base64, caCertificate: toBase64(certificate), note: "A".repeat(200) });
    expect(found(text)).toMatchObject([
      { kind: "pkiMessage", source: { name: "input#1", offset: text.indexOf(base64), length: base64.length } },
      { kind: "certificate", source: { name: "input#2", offset: text.indexOf(toBase64(certificate)) } },
    ]);
  });

  it("a text in UTF-16", () => {
    const text = `\ufeffresult: "${base64}"`;
    expect(recognise(new Uint8Array(Buffer.from(text, "utf16le")), "input")).toMatchObject([
      { kind: "pkiMessage", source: { offset: 2 * text.indexOf("M") } },
    ]);
  });
});

/** Octets as Python's repr writes them, in that kind of quotation mark; the other stands as it is. */
function reprOf(bytes: Uint8Array, quote: string): string {
  const named: Readonly<Record<number, string>> = { 9: "\\t", 10: "\\n", 13: "\\r", 92: "\\\\" };
  const written = Array.from(bytes, (octet) => {
    if (named[octet] !== undefined) return named[octet];
    const character = String.fromCharCode(octet);
    if (character === quote) return `\\${quote}`;
    return octet >= 32 && octet < 127 ? character : `\\x${octet.toString(16).padStart(2, "0")}`;
  });
  return `b${quote}${written.join("")}${quote}`;
}

describe("hex", () => {
  const pairs = (): string[] => toHex(message).match(/../g) ?? [];

  it.each([
    ["a stream of digits, as Wireshark copies it", () => toHex(message)],
    [".NET's, with hyphens", () => pairs().join("-").toUpperCase()],
    [
      "in lines of OpenSSL's -text",
      () =>
        pairs()
          .map((octet, i) => (i % 15 === 14 ? `${octet}:\n        ` : `${octet}:`))
          .join("")
          .replace(/:\s*$/, ""),
    ],
    ["behind a word", () => `HEX DUMP]:${toHex(message).toUpperCase()}\n`],
    [
      "of sscep, whose characters are signed",
      () =>
        `sscep: hexdump payload 1839\n${[...message].map((octet) => (octet < 128 ? "" : "ffffff") + octet.toString(16).padStart(2, "0")).join("")}\n`,
    ],
    [
      "a C array, as Wireshark copies it",
      () =>
        `static const unsigned char pkt1[${message.length}] = {\n${pairs()
          .map((octet, i) => `0x${octet}, ${i % 8 === 7 ? `/* ${octet} */\n` : ""}`)
          .join("")}\n};\n`,
    ],
    [
      "an escaped string, as Wireshark copies it",
      () =>
        pairs()
          .map((octet) => `\\x${octet}`)
          .join("")
          .replaceAll(/.{64}/g, '"$&" \\\n')
          .replace(/\n([^"].*)$/, '\n"$1"'),
    ],
    ["Python's repr", () => `got ${reprOf(message, "'")} (${message.length})`],
    ["the same in double quotation marks", () => `got ${reprOf(message, '"')} (${message.length})`],
    [
      "a registry file of Windows",
      () => {
        const rows = "2000000001000000".match(/../g)?.concat(pairs()) ?? [];
        const lines = rows.join(",").replaceAll(/.{75}/g, "$&\\\r\n  ");
        return `Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\x]\r\n"Blob"=hex:${lines}\r\n`;
      },
    ],
    ["JSON of a Buffer", () => JSON.stringify(Buffer.from(message))],
    [
      "Java's signed bytes",
      () =>
        `byte[] reply = {${[...new Int8Array(message)].map((octet) => (octet < 0 ? `(byte) ${octet}` : octet)).join(", ")}};`,
    ],
    [
      "Go's []byte",
      () =>
        `[]byte{${pairs()
          .map((octet) => `0x${octet}`)
          .join(", ")}}`,
    ],
  ])("%s", (_, spell) => {
    expect(codesOf(spell())).toEqual([]);
  });

  it("that breaks off after half an octet", () => {
    const [artifact] = found(toHex(message).slice(0, 1001));
    expect(artifact).toMatchObject({ kind: "signedData", wrapping: [{ code: "hex.digit" }] });
    expect(artifact?.bytes).toHaveLength(500);
  });
});

describe("hex dumps", () => {
  const dump = (bytes: Uint8Array, row: (address: number, hex: string[], text: string) => string): string[] => {
    const rows: string[] = [];
    for (let at = 0; at < bytes.length; at += 16) {
      const octets = [...bytes.subarray(at, at + 16)];
      const text = octets.map((octet) => (octet >= 32 && octet < 127 ? String.fromCharCode(octet) : ".")).join("");
      rows.push(
        row(
          at,
          octets.map((octet) => octet.toString(16).padStart(2, "0")),
          text,
        ),
      );
    }
    return rows;
  };
  const hex = (address: number, width: number): string => address.toString(16).padStart(width, "0");
  const wireshark = (address: number, octets: string[], text: string): string =>
    `${hex(address, 4)}   ${octets.join(" ").padEnd(47)}   ${text}`;

  it.each([
    ["Wireshark's", wireshark],
    [
      "PowerShell's",
      (address: number, octets: string[], text: string) =>
        `${hex(address, 8).toUpperCase()}   ${octets.join(" ").toUpperCase().padEnd(47)}  ${text}`,
    ],
    [
      "certutil's",
      (address: number, octets: string[], text: string) =>
        `    ${hex(address, 4)}  ${`${octets.slice(0, 8).join(" ")}  ${octets.slice(8).join(" ")}`.padEnd(48)}   ${text}`,
    ],
    [
      "OpenSSL's -dump",
      (address: number, octets: string[], text: string) =>
        `    ${hex(address, 4)} - ${`${octets.slice(0, 8).join(" ")}-${octets.slice(8).join(" ")}`.padEnd(48)}  ${text}`,
    ],
    [
      "curl's --trace",
      (address: number, octets: string[], text: string) => `${hex(address, 4)}: ${octets.join(" ").padEnd(47)} ${text}`,
    ],
  ])("%s", (_, row) => {
    expect(codesOf(`The message:\n\n${dump(message, row).join("\n")}\n\nThat was it.\n`)).toEqual([]);
  });

  /** A cell of od -c. */
  const cell = (octet: number): string => {
    const escape = { 0: "0", 7: "a", 8: "b", 9: "t", 10: "n", 11: "v", 12: "f", 13: "r" }[octet];
    if (escape !== undefined) return `  \\${escape}`;
    return octet >= 32 && octet < 127 ? `   ${String.fromCharCode(octet)}` : ` ${octet.toString(8).padStart(3, "0")}`;
  };
  const cells = (address: number, octets: string[]): string =>
    address.toString(8).padStart(7, "0") + octets.map((octet) => cell(Number.parseInt(octet, 16))).join("");

  describe("of od -c", () => {
    it("in a mail", () => {
      const rows = [...dump(message, cells), message.length.toString(8).padStart(7, "0")];
      expect(codesOf(`The message:\n\n${rows.join("\n")}\n\nThat was it.\n`)).toEqual([]);
    });

    it("whose lines were trimmed, so that blanks at their ends are missing", () => {
      const blanks = Uint8Array.from(message);
      // In the signature, where nothing but a later check minds.
      const from = (message.length - 200) & ~0xf;
      blanks.fill(0x20, from + 13, from + 16);
      blanks.fill(0x20, from + 31, from + 32);
      for (const row of [cells, (_: number, octets: string[]) => cells(0, octets).slice(7)]) {
        const rows = dump(blanks, row);
        const trimmed = rows.map((line) => line.trimEnd());
        expect(trimmed.join("\n")).not.toBe(rows.join("\n"));
        const [artifact, ...others] = found(trimmed.join("\r\n"));
        expect(others).toEqual([]);
        expect(artifact).toMatchObject({ kind: "pkiMessage", wrapping: [] });
        expect(Buffer.from(artifact?.bytes ?? []).equals(blanks)).toBe(true);
      }
    });

    it("of which a row is missing", () => {
      const rows = dump(message, cells);
      rows.splice(20, 1);
      expect(found(rows.join("\n"))).toMatchObject([
        { kind: "pkiMessage", wrapping: [{ code: "hex.gap", message: expect.stringContaining("lacks 16 bytes") }] },
      ]);
    });
  });

  it("a row that is missing is told, and the rest stays at its place", () => {
    const rows = dump(message, wireshark);
    rows.splice(20, 1);
    const [artifact] = found(rows.join("\n"));
    expect(artifact).toMatchObject({
      kind: "pkiMessage",
      wrapping: [{ code: "hex.gap", message: expect.stringMatching(/^The dump lacks 16 bytes at address 140 /) }],
    });
    expect(artifact?.bytes.subarray(336)).toEqual(message.subarray(336));
  });

  it("octets cut off the end of a row are told", () => {
    const rows = dump(message, wireshark);
    rows[20] = rows[20]?.slice(0, 30) ?? "";
    expect(found(rows.join("\n"))[0]?.wrapping).toMatchObject([
      { code: "hex.gap", message: expect.stringMatching(/^The dump lacks 8 bytes at address 148 /) },
    ]);
  });

  it("two dumps of one text are two messages", () => {
    const text = `${dump(message, wireshark).join("\n")}\n\n${dump(certificate, wireshark).join("\n")}\n`;
    expect(found(text)).toMatchObject([
      { kind: "pkiMessage", source: { name: "input#1" }, wrapping: [] },
      { kind: "certificate", source: { name: "input#2" }, wrapping: [] },
    ]);
  });

  it("what a * stands for is bounded", () => {
    const text = "00000000  30 82 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |................|\n*\nfffffff0\n";
    expect(found(text)[0]?.bytes.length).toBeLessThan(1000);
  });
});

describe("the message of a GET", () => {
  const url = (value: string): string =>
    `http://ndes01/certsrv/mscep/mscep.dll?operation=PKIOperation&message=${value}`;

  it("percent-encoded twice: read, and told", () => {
    expect(codesOf(url(encodeURIComponent(encodeURIComponent(base64))))).toEqual(["base64.double"]);
  });

  it("its + turned into blanks by a form decoder", () => {
    expect(codesOf(url(encodeURIComponent(base64.replaceAll("+", " "))))).toEqual(["base64.character"]);
    expect(codesOf(`"GET ${url(base64.replaceAll("+", " "))} HTTP/1.1" 200`)).toEqual(["base64.character"]);
  });

  it("in lines of 64, as sscep and strongSwan send it", () => {
    expect(codesOf(url(encodeURIComponent(base64.replaceAll(/.{64}/g, "$&\n"))))).toEqual([]);
  });

  it.each([
    ["JSON of Go", String.raw`\u0026`],
    ["HTML", "&amp;"],
  ])("its & escaped as in %s", (_, ampersand) => {
    expect(codesOf(`{"uri":"${url(encodeURIComponent(base64)).replaceAll("&", ampersand)}"}`)).toEqual([]);
  });

  it("the name that GetCACert sends is none", () => {
    expect(found("uri=/scep?operation=GetCACert&message=MyDevice")).toMatchObject([{ kind: "unknown" }]);
  });
});

describe("ordinary text stays what it is", () => {
  it.each([
    ["a long word", "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"],
    ["a list of digests", `${"0123456789abcdef".repeat(4)}  message.der\n`.repeat(20)],
    ["a table of numbers", "00000000 12 13 14 15\n00000004 22 23 24 25\n"],
    ["a program", "const messages = [48, 49, 50];\nfor (const m of messages) console.log(m);\n"],
    ["a JWT", `eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.${"eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6Ikpv".repeat(4)}.SflKxw`],
  ])("%s", (_, text) => {
    expect(found(text)).toMatchObject([{ kind: "unknown", source: { name: "input", offset: 0 } }]);
  });
});
