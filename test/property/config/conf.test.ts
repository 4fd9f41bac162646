import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { confFixes } from "../../../src/core/config/confFixes.js";
import { explainConf, suggestConf } from "../../../src/core/config/confHelp.js";
import { configurationKind } from "../../../src/core/config/configurationKind.js";
import { readConf } from "../../../src/core/config/readConf.js";
import { readRequestScript } from "../../../src/core/config/requestScript.js";
import { serverOfSscepConf, writeSscepConf } from "../../../src/core/config/sscepServer.js";
import { inspectAll } from "../../support/inspection.js";

/** Pieces that configurations and scripts are made of, in any order. */
const pieces = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "[ req ]\n",
        "[sscep]\n",
        "[",
        "]",
        "=",
        "\\\n",
        "#",
        '"',
        "'",
        "`",
        "$x",
        "${",
        "}",
        "\r\n",
        "\n",
        " ",
      ),
      fc.constantFrom(
        "string_mask = ",
        "challengePassword",
        "attributes = at\n",
        "URL = https://x\n",
        "KEYBITS=1024\n",
      ),
      fc.constantFrom(
        "cat <<END\n",
        "END\n",
        'echo "[ req ]" > f\n',
        "openssl req -new\n",
        ".include x\n",
        "default_bits=1\n",
      ),
      fc.string({ maxLength: 8, unit: "binary-ascii" }),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(""));

describe("any text, taken for a configuration,", () => {
  it("is read to its end, and every range is inside it and holds what it says", () => {
    fc.assert(
      fc.property(pieces, (text) => {
        const { sections, problems } = readConf(text);
        for (const { entries } of sections) {
          for (const { name, nameRange, valueRange, written } of entries) {
            expect(text.slice(nameRange.start, nameRange.end)).toBe(name);
            expect(text.slice(valueRange.start, valueRange.end)).toBe(written);
          }
        }
        for (const { range } of problems) {
          expect(range.start).toBeLessThanOrEqual(range.end);
          expect(range.end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("is inspected, linted and mended without an error", async () => {
    await fc.assert(
      fc.asyncProperty(pieces, async (text) => {
        const reports = await inspectAll(new TextEncoder().encode(text), "any");
        for (const { findings, bytes } of reports) {
          for (const { code, range } of findings) {
            if (!range) continue;
            expect(range.end).toBeLessThanOrEqual(bytes.length);
            for (const { edit } of confFixes(code, text, range)) expect(edit.start).toBeLessThanOrEqual(edit.end);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it("is helped with at every place", () => {
    fc.assert(
      fc.property(pieces, fc.nat(), (text, place) => {
        const offset = place % (text.length + 1);
        const kind = configurationKind(text) ?? "opensslConf";
        explainConf(text, offset, kind);
        for (const { range } of suggestConf(text, offset, kind)) {
          expect(range.start).toBeGreaterThanOrEqual(0);
          expect(range.end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("gives a script's configuration its place in the script", () => {
    fc.assert(
      fc.property(pieces, (text) => {
        const script = readRequestScript(`openssl\ncat <<X\n[ req ]\nX\n${text}`);
        const whole = `openssl\ncat <<X\n[ req ]\nX\n${text}`;
        for (const { entries } of script?.conf.sections ?? []) {
          for (const { name, nameRange } of entries) {
            const { start, end } = script?.locate(nameRange) ?? nameRange;
            expect(whole.slice(start, end)).toBe(name);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe("an sscep.conf that is written", () => {
  it("gives any value back", () => {
    const value = fc
      .string({ minLength: 1, maxLength: 30, unit: "binary-ascii" })
      .map((text) => text.replaceAll(/[\u0000-\u001f\u007f]/g, "").trim())
      .filter((text) => text !== "");
    fc.assert(
      fc.property(value, (caIdentifier) => {
        const text = writeSscepConf({ url: "http://ca/x", caIdentifier, caCertFile: "ca.crt" });
        expect(serverOfSscepConf(readConf(text)).caIdentifier).toBe(caIdentifier);
      }),
    );
  });
});
