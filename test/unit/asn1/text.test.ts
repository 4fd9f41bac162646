import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromBase64, readBase64, readBase64Lines, toBase64 } from "../../../src/core/asn1/base64.js";
import { fromHex, toHex } from "../../../src/core/asn1/hex.js";
import { readPem, writePem } from "../../../src/core/asn1/pem.js";

const octets = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => (i * 37 + 11) & 0xff);

describe("base64", () => {
  it.each([0, 1, 2, 3, 47, 48, 49, 1000])("of %i octets is what Node makes of them, and comes back", (length) => {
    const data = octets(length);
    expect(toBase64(data)).toBe(Buffer.from(data).toString("base64"));
    expect(fromBase64(toBase64(data))).toEqual(data);
  });

  it("takes the URL-safe alphabet, missing padding and white space", () => {
    expect(toHex(fromBase64("-_ -_\r\n") ?? new Uint8Array())).toBe("fbffbf");
  });

  it("says where it stops being base64", () => {
    expect(readBase64("AAAA!AAA")).toEqual({ bytes: new Uint8Array(3), badAt: 4 });
    expect(readBase64("AA==AA")).toMatchObject({ badAt: 4 });
    expect(fromBase64("AAAA!")).toBeUndefined();
  });
});

describe("base64 in the lines of PEM", () => {
  const tidy = /^(?:[A-Za-z0-9+/]{64}\r?\n)*[A-Za-z0-9+/]{1,64}={0,2}\r?\n$/;
  const anyOctets = fc.uint8Array({ minLength: 1, maxLength: 200 });
  const lineEnd = fc.constantFrom("\n", "\r\n");
  const linesOf = (bytes: Uint8Array, end: string): string =>
    (toBase64(bytes).match(/.{1,64}/g) ?? []).map((line) => `${line}${end}`).join("");
  const read = (text: string): string | undefined => {
    const bytes = readBase64Lines(new TextEncoder().encode(text));
    return bytes && toHex(bytes);
  };

  it("gives the octets that were written, with either line end", () => {
    fc.assert(
      fc.property(anyOctets, lineEnd, (bytes, end) => {
        expect(read(linesOf(bytes, end))).toBe(toHex(bytes));
      }),
    );
  });

  it("gives nothing for other texts, and for lines what readBase64 gives", () => {
    const odd = fc.constantFrom(
      "",
      "A",
      "=",
      "==",
      "-",
      "_",
      " ",
      "\n",
      "\r",
      "\r\n",
      "\n\n",
      "é",
      "\0",
      "AAAA\n",
      "A".repeat(64),
    );
    fc.assert(
      fc.property(anyOctets, lineEnd, odd, fc.nat(), fc.nat(3), (bytes, end, inserted, where, dropped) => {
        const lines = linesOf(bytes, end);
        const at = where % (lines.length + 1);
        const text = `${lines.slice(0, at)}${inserted}${lines.slice(at + dropped)}`;
        expect(read(text)).toBe(tidy.test(text) ? toHex(readBase64(text).bytes) : undefined);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("hex", () => {
  it("comes back, with colons and blanks passed over", () => {
    expect(toHex(octets(5))).toBe("0b30557a9f");
    expect(fromHex("0B:30 55\n7a9f")).toEqual(octets(5));
    expect(fromHex("0b3")).toBeUndefined();
    expect(fromHex("zz")).toBeUndefined();
  });
});

describe("readPem", () => {
  const pem = writePem("CERTIFICATE REQUEST", octets(100));

  it("reads several blocks with text around them and CRLF line ends, and says where they stand", () => {
    const text = `before\r\n${pem.replaceAll("\n", "\r\n")}between\n${writePem("PKCS7", octets(3))}after`;
    const blocks = readPem(text);
    expect(blocks.map(({ label, der, problems }) => ({ label, length: der.length, problems }))).toEqual([
      { label: "CERTIFICATE REQUEST", length: 100, problems: [] },
      { label: "PKCS7", length: 3, problems: [] },
    ]);
    expect(
      blocks.map(({ start, end }) => text.slice(start, end).replace(/[\s\S]*-----(END [A-Z0-9 ]+)-----$/, "$1")),
    ).toEqual(["END CERTIFICATE REQUEST", "END PKCS7"]);
  });

  it("keeps the headers of an encrypted key out of its base64", () => {
    const [block] = readPem(
      `-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: DES-EDE3-CBC,0102\n\nAQID\n-----END RSA PRIVATE KEY-----\n`,
    );
    expect(block?.headers).toEqual(["Proc-Type: 4,ENCRYPTED", "DEK-Info: DES-EDE3-CBC,0102"]);
    expect(block?.der).toEqual(Uint8Array.of(1, 2, 3));
  });

  it("reads a block up to the line that is broken, and names it", () => {
    const lines = pem.split("\n");
    lines[2] = `!!${lines[2]?.slice(2)}`;
    const [block] = readPem(lines.join("\n"));
    expect(block?.der).toEqual(octets(100).subarray(0, 48));
    expect(block?.problems.map((problem) => problem.message)).toEqual([
      'Line 3 of the PEM text holds "!", which is no base64; the block is read up to there.',
    ]);
  });

  it("reads a block whose END line is missing or names something else", () => {
    const [open] = readPem(pem.replace(/-----END.*\n/, ""));
    expect(open?.der).toEqual(octets(100));
    expect(open?.problems).toHaveLength(1);
    const [crossed] = readPem(pem.replace("END CERTIFICATE REQUEST", "END CERTIFICATE"));
    expect(crossed?.problems[0]?.message).toMatch(
      /begins as "CERTIFICATE REQUEST" but ends as "CERTIFICATE" on line 5/,
    );
  });

  it("finds nothing in other text", () => {
    expect(readPem("-----BEGIN\nnothing")).toEqual([]);
  });

  it("is what openssl reads of what writePem writes", () => {
    const spki = execFileSync("openssl", ["pkey", "-pubout", "-outform", "DER"], {
      input: execFileSync("openssl", ["genpkey", "-algorithm", "ed25519"]),
    });
    const back = execFileSync("openssl", ["pkey", "-pubin", "-outform", "DER"], {
      input: writePem("PUBLIC KEY", spki),
    });
    expect(back).toEqual(spki);
  });
});
