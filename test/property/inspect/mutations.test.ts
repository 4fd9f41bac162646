import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toBase64 } from "../../../src/core/asn1/base64.js";
import { writePem } from "../../../src/core/asn1/pem.js";
import { reportsToJson } from "../../../src/core/inspect/json.js";
import { recognise } from "../../../src/core/inspect/recognise.js";
import type { Report } from "../../../src/core/inspect/report.js";
import { renderText } from "../../../src/core/inspect/text.js";
import { corpusFile, hasCorpus } from "../../support/corpus.js";
import { inspectAll, nodesOf } from "../../support/inspection.js";

const samples = ["jscep/scep_req2.der", "jscep/scep_resp2.der", "jscep/scep_req0.der", "micromdm-scep/PKCSReq.der"];
const messages = hasCorpus ? samples.map((path) => corpusFile(path)) : [];
const seed = 0x5ce9;

/** One change to some bytes: a byte replaced, taken out, put in, or a stretch of them copied elsewhere. */
const change = fc.record({
  at: fc.nat(5000),
  kind: fc.constantFrom("replace", "remove", "insert", "copy"),
  octet: fc.nat(255),
  length: fc.integer({ min: 1, max: 40 }),
});

function changed(
  bytes: Uint8Array,
  changes: readonly { at: number; kind: string; octet: number; length: number }[],
): Uint8Array {
  const octets = [...bytes];
  for (const { at, kind, octet, length } of changes) {
    const place = octets.length === 0 ? 0 : at % octets.length;
    if (kind === "replace") octets[place] = octet;
    else if (kind === "remove") octets.splice(place, length);
    else if (kind === "insert") octets.splice(place, 0, octet);
    else octets.splice(place, 0, ...octets.slice(octet, octet + length));
  }
  return Uint8Array.from(octets);
}

/** What holds of every report, whatever it is about. */
function expectSound(report: Report): void {
  const nodes = nodesOf(report);
  expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
  expect(["", "not inspected"]).not.toContain(report.verdict.headline);
  for (const { message, remedy, citation } of report.findings) {
    expect([message, remedy, citation].every((words) => words.length > 0)).toBe(true);
  }
  expect(renderText(report)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202a-\u202e]/);
  reportsToJson([report], { showSecrets: false });
  // Plain data alone: a report crosses to a worker as it is.
  structuredClone(report);
}

describe.skipIf(!hasCorpus)("messages that were damaged anywhere (needs ../shared/corpus)", () => {
  it("are recognised and inspected without an exception", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...messages),
        fc.array(change, { minLength: 1, maxLength: 6 }),
        async (message, changes) => {
          for (const report of await inspectAll(changed(message, changes), "damaged")) expectSound(report);
        },
      ),
      { seed, numRuns: 400 },
    );
  });

  it("say so wherever they are cut, and where", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...messages),
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (message, part) => {
          const length = Math.min(message.length - 1, Math.floor(message.length * part));
          const reports = await inspectAll(message.subarray(0, length), "cut.der");
          const findings = reports.flatMap((report) => report.findings);
          // A handful of bytes is no message yet; from there on the place of the cut is told.
          if (length < 60) expect(findings.length).toBeGreaterThan(0);
          else
            expect(findings.map(({ message: words }) => words)).toContainEqual(
              expect.stringMatching(`cut.der ends after ${length.toLocaleString("en-US")} of`),
            );
          for (const report of reports) expectSound(report);
        },
      ),
      { seed, numRuns: 400 },
    );
  });

  it("are read in armour as they are read bare", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...messages), fc.array(change, { maxLength: 2 }), async (message, changes) => {
        const bytes = changed(message, changes);
        const [bare] = recognise(bytes, "bare");
        const [armoured] = recognise(new TextEncoder().encode(writePem("PKCS7", bytes)), "armoured");
        const [spelled] = recognise(new TextEncoder().encode(toBase64(bytes)), "spelled");
        expect(armoured?.kind).toBe(bare?.kind);
        // A text is taken for base64 only if something comes of it.
        if (bare?.kind !== "unknown") expect(spelled?.kind).toBe(bare?.kind);
      }),
      { seed, numRuns: 200 },
    );
  });
});

describe("anything at all", () => {
  it("bytes are recognised and inspected without an exception", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 600 }), async (bytes) => {
        for (const report of await inspectAll(bytes, "bytes")) expectSound(report);
      }),
      { seed, numRuns: 600 },
    );
  });

  it("text is recognised and inspected without an exception", async () => {
    const word = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom(
        "-----BEGIN CERTIFICATE-----\n",
        "-----END CERTIFICATE-----\n",
        "MIIB",
        "<html>",
        "\n",
        "AES",
        "operation=PKIOperation&message=",
        "0x30",
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 12 }), async (words) => {
        for (const report of await inspectAll(new TextEncoder().encode(words.join("")), "text")) expectSound(report);
      }),
      { seed, numRuns: 400 },
    );
  });

  it("values nested in values take no more work than their bytes are worth", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 3000 }),
        fc.constantFrom(0x30, 0x31, 0xa0, 0x24),
        async (depth, tag) => {
          // Indefinite lengths inside one another: two bytes for each level.
          const bytes = new Uint8Array(depth * 2).map((_, i) => (i % 2 === 0 ? tag : 0x80));
          for (const report of await inspectAll(bytes, "deep")) expectSound(report);
        },
      ),
      { seed, numRuns: 60 },
    );
  });
});
