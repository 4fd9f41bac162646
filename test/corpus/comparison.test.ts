import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { corpusFile, corpusFolder, hasCorpus } from "../support/corpus.js";
import { inspectAll, nodesOf } from "../support/inspection.js";
import { hasOpenssl } from "../support/opensslProgram.js";
import { runProgram } from "../support/programs.js";

/** Damaged messages: what docs/comparison.md says that we read and the two others do not. */
const weOnly = [
  "openssl-fuzz/cms/043d12a69ca0578cc9c0ed37324e726180d2a24c",
  "openssl-fuzz/cms/0d853c347a8458f4f923a7395c897b49e0c081d0",
  "openssl-fuzz/cms/21d18dcf0c60aed8dc06b1e2f22a1f4d2d19f443",
  "openssl-fuzz/cms/2c6c310ef2ed07772149e939c816c975b01c9496",
  "openssl-fuzz/cms/3307bbdd4c862df32811ad4b348857b9dd7c3801",
];

/** Rows of small values, which the two others read and we call not recognised. */
const othersOnly = [
  "openssl-fuzz/asn1parse/04bfac73af8dd69992b1e198c8c19db64638233a",
  "openssl-fuzz/asn1parse/3247489e1bd9538d32eabb0833bc690d78763307",
];

/** Whether @lapo/asn1js decodes a file; in a process of its own, for it does not come to an end with every input. */
async function lapoReads(path: string): Promise<boolean> {
  const script = `import { ASN1 } from "@lapo/asn1js"; import { readFileSync } from "node:fs"; ASN1.decode(new Uint8Array(readFileSync(process.argv[1])));`;
  const args = ["--input-type=module", "--eval", script, join(corpusFolder, path)];
  return (await runProgram(process.execPath, args, { cwd: join(import.meta.dirname, "../..") })).status === 0;
}

async function opensslReads(path: string): Promise<boolean> {
  const args = ["asn1parse", "-inform", "DER", "-in", join(corpusFolder, path)];
  return (await runProgram("openssl", args)).status === 0;
}

describe.skipIf(!hasCorpus || !hasOpenssl)("what docs/comparison.md says (needs openssl and ../shared/corpus)", () => {
  it.each(weOnly)("%s is shown as far as it goes, with a finding, and the others give up", async (path) => {
    const [report] = await inspectAll(corpusFile(path), path);
    if (!report) throw new Error("There is no report.");
    expect(report.facts.kind).not.toBe("unknown");
    expect(nodesOf(report).length).toBeGreaterThan(10);
    expect(report.findings.some(({ code }) => code.startsWith("asn1."))).toBe(true);
    expect(await opensslReads(path)).toBe(false);
    expect(await lapoReads(path)).toBe(false);
  });

  it.each(othersOnly)("%s is no message to us, and the others read it", async (path) => {
    const [report] = await inspectAll(corpusFile(path), path);
    expect(report?.findings.map(({ code }) => code)).toContain("input.unrecognised");
    expect(await opensslReads(path)).toBe(true);
    expect(await lapoReads(path)).toBe(true);
  });
});
