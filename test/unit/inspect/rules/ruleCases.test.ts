import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { WrappingProblem } from "../../../../src/core/inspect/artifact.js";
import { inspect } from "../../../../src/core/inspect/inspect.js";
import type { Report } from "../../../../src/core/inspect/report.js";
import { rules } from "../../../../src/core/inspect/rules/all.js";
import { contextWith, inspectAll } from "../../../support/inspection.js";
import { oddCertificate, presentTime } from "../../../support/oddCertificate.js";
import type { Example, RuleCase } from "../../../support/ruleCase.js";
import { bundleCases } from "./bundleCases.js";
import { certificateCases } from "./certificateCases.js";
import { chainCases } from "./chainCases.js";
import { containerCases } from "./containerCases.js";
import { crlCases } from "./crlCases.js";
import { provedElsewhere } from "./provedElsewhere.js";

const cases: readonly RuleCase[] = [...certificateCases, ...chainCases, ...crlCases, ...bundleCases, ...containerCases];

/** Everything that is said of an example and of what is inside it. */
async function findingsOn({ input, known }: Example): Promise<Report["findings"]> {
  const reports = await inspectAll(await input(), "example", { now: presentTime, ...(await known?.()) });
  const all = (report: Report): Report["findings"] => [...report.findings, ...report.contains.flatMap(all)];
  return reports.flatMap(all);
}

describe.each(cases)("$code", ({ code, fires, nearMiss }) => {
  it.each(fires)("is told of: $what", async (example) => {
    const found = await findingsOn(example);
    expect(new Set(found.map((finding) => finding.code))).toEqual(new Set([code, ...(example.also ?? [])]));
    const messages = found.filter((finding) => finding.code === code).map(({ message }) => message);
    expect(messages).toContainEqual(expect.stringContaining(example.says ?? ""));
  });

  it.each(nearMiss)("is not told of: $what", async (example) => {
    const found = await findingsOn(example);
    expect(new Set(found.map((finding) => finding.code))).toEqual(new Set(example.also));
  });
});

/** Codes of what the readers of containers tell; their tests look at what they tell and not at what becomes of it. */
const wrappingCodes = rules
  .filter(({ appliesTo }) => appliesTo === "capture")
  .map(({ code }) => code)
  .filter((code): code is WrappingProblem["code"] =>
    rules.some((rule) => rule.code === code && rule.appliesTo === "input"),
  );

describe("what was wrong around a message becomes a finding", () => {
  it.each(wrappingCodes)("%s", async (code) => {
    const wrapping = [{ code, message: "Something was wrong there.", offset: 0 }];
    const source = { name: "example", offset: 0, length: 2 };
    for (const [kind, bytes] of [
      ["certificate", await oddCertificate()],
      ["asn1", Uint8Array.of(5, 0)],
      ["unknown", Uint8Array.of(1)],
    ] as const) {
      const { findings } = await inspect({ kind, bytes, source, wrapping }, contextWith({ now: presentTime }));
      expect(findings, kind).toContainEqual(expect.objectContaining({ code, message: "Something was wrong there." }));
    }
  });
});

const tests = join(import.meta.dirname, "../../..");
const codes = [...new Set(rules.map(({ code }) => code))];

/** Whether a text names a code as such, and not only one that begins with it. */
function names(text: string, code: string): boolean {
  return new RegExp(String.raw`(?<![\w.])${code.replaceAll(".", String.raw`\.`)}(?![\w]|\.\w)`).test(text);
}

/** The expectations beside the requests of the corpus; `corpus/requests.test.ts` holds the rules to them. */
function requestExpectations(): string {
  const folder = join(tests, "corpus/requests");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".txt"))
    .map((file) => readFileSync(join(folder, file), "utf8"))
    .join("\n");
}

describe("every rule is proved", () => {
  const elsewhere = Object.entries(provedElsewhere).flatMap(([file, listed]) =>
    listed.map((code) => [code, file] as const),
  );

  it("in a table here, in the corpus of requests, or in another test", () => {
    const proved = new Set([...cases.map(({ code }) => code), ...elsewhere.map(([code]) => code)]);
    const expectations = requestExpectations();
    const isProved = (code: string): boolean =>
      proved.has(code) || (code.startsWith("csr.") && names(expectations, code));
    expect(codes.filter((code) => !isProved(code))).toEqual([]);
  });

  it("and those of certificates and revocation lists by near misses as well", () => {
    const nearly = new Set(cases.filter(({ nearMiss }) => nearMiss.length > 0).map(({ code }) => code));
    expect(codes.filter((code) => /^(cert|crl)\./.test(code) && !nearly.has(code))).toEqual([]);
    expect(cases.filter(({ fires }) => fires.length === 0).map(({ code }) => code)).toEqual([]);
  });

  it.each(elsewhere)("%s is named by test/%s", (code, file) => {
    expect(names(readFileSync(join(tests, file), "utf8"), code)).toBe(true);
  });

  it("and no rule is listed that there is none of", () => {
    const listed = [...cases.map(({ code }) => code), ...elsewhere.map(([code]) => code)];
    expect(listed.filter((code) => !codes.includes(code))).toEqual([]);
  });
});
