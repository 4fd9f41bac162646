import { describe, expect, it } from "vitest";
import { toBase64 } from "../../../src/core/asn1/base64.js";
import type { Artifact } from "../../../src/core/inspect/artifact.js";
import { recognise } from "../../../src/core/inspect/recognise.js";
import { corpusFile, hasCorpus } from "../../support/corpus.js";
import { oddCertificate } from "../../support/oddCertificate.js";

const certificate = await oddCertificate();

/** The bytes as `uuencode -m` writes them: lines of 60 characters, four equals signs at the end. */
function armour(bytes: Uint8Array, name = "dev7.cer"): string {
  return `begin-base64 644 ${name}\n${toBase64(bytes).replaceAll(/.{60}/g, "$&\n").trimEnd()}\n====\n`;
}

const found = (text: string): Artifact[] => recognise(new TextEncoder().encode(text), "input");

describe("what uuencode -m wrote", () => {
  it.each([
    ["alone", armour(certificate)],
    ["with text before and behind it", `Hello,\n\nhere it is.\n\n${armour(certificate)}\nBye\n`],
    ["with the line ends of Windows", armour(certificate).replaceAll("\n", "\r\n")],
    ["with blanks in the file's name", armour(certificate, "my device.cer")],
  ])("%s", (_, text) => {
    const artifacts = found(text);
    expect(artifacts).toMatchObject([
      { kind: "certificate", wrapping: [], source: { name: "input", offset: text.indexOf("begin-base64") } },
    ]);
    expect(artifacts[0]?.bytes).toEqual(certificate);
  });

  it("several files, each with a number and its place", () => {
    const text = `${armour(certificate)}\n${armour(Uint8Array.of(0x30, 3, 2, 1, 5))}`;
    expect(found(text)).toMatchObject([
      { kind: "certificate", source: { name: "input#1", offset: 0 } },
      { kind: "asn1", source: { name: "input#2", offset: text.lastIndexOf("begin-base64"), length: 39 } },
    ]);
  });

  it("without its end, and whatever the text goes on with", () => {
    const text = armour(certificate).replace("====\n", "\n-- \nBye\n");
    const artifacts = found(text);
    expect(artifacts).toMatchObject([{ kind: "certificate", wrapping: [] }]);
    expect(artifacts[0]?.bytes).toEqual(certificate);
  });

  it("with a character that does not belong there, which is told with its line", () => {
    const text = armour(certificate);
    const third = text.split("\n", 3).join("\n").length + 1;
    expect(found(`${text.slice(0, third)}!${text.slice(third + 1)}`)[0]?.wrapping).toContainEqual(
      expect.objectContaining({
        code: "base64.character",
        message: expect.stringContaining('Line 4 of the base64 text holds "!"') as string,
        offset: third,
      }),
    );
  });

  it("not a sentence that speaks of it", () => {
    expect(found("The file begins with begin-base64 644 name and then goes on.\n")).toMatchObject([
      { kind: "unknown" },
    ]);
  });

  it.skipIf(!hasCorpus)("a message of CMP with prose before it (needs ../shared/corpus)", () => {
    const [message, ...others] = recognise(corpusFile("lapo-examples/examples/cmpv2.b64"), "cmpv2.b64");
    expect(others).toEqual([]);
    expect(message).toMatchObject({ kind: "asn1", wrapping: [], source: { name: "cmpv2.b64" } });
    expect(message?.bytes).toHaveLength(578);
  });
});
