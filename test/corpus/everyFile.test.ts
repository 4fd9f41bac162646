import { describe, expect, it } from "vitest";
import { reportsToJson } from "../../src/core/inspect/json.js";
import { recognise } from "../../src/core/inspect/recognise.js";
import { renderText } from "../../src/core/inspect/text.js";
import { corpusFile, corpusFiles, hasCorpus } from "../support/corpus.js";
import { inspectAll, nodesOf } from "../support/inspection.js";

const folders = ["asn1-test-suite", "go-pkcs7", "jscep", "lapo-examples", "micromdm-scep", "openssl-fuzz", "pkits"];

/** Nodes that a report may have for each byte of its input, and however small the input is: what bounds its work. */
const nodesPerByte = 3;
const nodesAlways = 100;

describe.skipIf(!hasCorpus)("every file of the corpus is recognised and inspected (needs ../shared/corpus)", () => {
  it("there are some 1,150 of them", () => {
    expect(corpusFiles().length).toBeGreaterThan(1140);
  });

  it.each(folders)("%s", async (folder) => {
    for (const path of corpusFiles(folder)) {
      const bytes = corpusFile(path);
      const reports = await inspectAll(bytes, path);
      expect(reports.length, path).toBeGreaterThan(0);
      for (const report of reports) {
        const nodes = nodesOf(report);
        expect(nodes.length, path).toBeLessThan(nodesAlways + nodesPerByte * bytes.length);
        expect(
          nodes.filter(({ explanation, citation }) => !explanation || !citation).map(({ label }) => label),
          path,
        ).toEqual([]);
        expect(new Set(nodes.map(({ id }) => id)).size, `${path}: ids`).toBe(nodes.length);
        for (const { range } of report.findings) {
          if (range) expect(range.start, path).toBeLessThanOrEqual(Math.min(range.end, report.bytes.length));
        }
        expect(report.verdict.sentence, path).not.toBe("");
        expect(report.verdict.headline, path).not.toBe("not inspected");
        expect(renderText(report, { showSecrets: true, structure: true }), path).not.toMatch(
          /[\u0000-\u0009\u000b-\u001f\u202a-\u202e]/,
        );
      }
      // What has no finding of its own to say so is at least of a kind that is known.
      const told = reports.every(({ facts, findings }) => facts.kind !== "unknown" || findings.length > 0);
      expect(told, path).toBe(true);
      expect(JSON.parse(JSON.stringify(reportsToJson(reports, { showSecrets: false }))), path).toBeTruthy();
    }
  });

  it("PKITS holds 405 certificates and 173 revocation lists, none of them damaged", async () => {
    const kinds = new Map<string, number>();
    for (const path of corpusFiles("pkits")) {
      for (const { facts, findings } of await inspectAll(corpusFile(path), path)) {
        kinds.set(facts.kind, (kinds.get(facts.kind) ?? 0) + 1);
        expect(
          findings.filter(({ code }) => code.startsWith("asn1")),
          path,
        ).toEqual([]);
      }
    }
    expect(Object.fromEntries(kinds)).toEqual({ certificate: 405, crl: 173 });
  });
});

describe.skipIf(!hasCorpus)("a message that is cut at any byte (needs ../shared/corpus)", () => {
  it.each(["jscep/scep_resp2.der", "micromdm-scep/csr.der"])("%s", (path) => {
    const whole = corpusFile(path);
    for (let length = 0; length < whole.length; length++) {
      expect(recognise(whole.subarray(0, length), path).length).toBeGreaterThan(0);
    }
  });
});
