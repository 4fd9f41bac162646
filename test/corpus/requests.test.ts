import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { inspect } from "../../src/core/inspect/inspect.js";
import type { LintedArtifact } from "../../src/core/inspect/lint.js";
import { recognise } from "../../src/core/inspect/recognise.js";
import { rules } from "../../src/core/inspect/rules/all.js";
import { lintFiles } from "../../src/node/lint/lintFiles.js";
import { contextWith } from "../support/inspection.js";

const folder = path.join(import.meta.dirname, "requests");
const targets = ["ndes", "rfc8894"] as const;

/** What the file beside a request says: what is expected of it, and which rules it nearly breaks. */
interface Expectation {
  readonly ndes: readonly string[];
  readonly rfc8894: readonly string[];
  readonly near: readonly string[];
}

/** The requests by their names, `challenge/utf8only`. */
const names = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".csr"))
  .map((file) => file.slice(0, -4).split(path.sep).join("/"))
  .toSorted();

const expectations = new Map(names.map((name) => [name, expectationOf(name)]));

function expectationOf(name: string): Expectation {
  const lines = readFileSync(path.join(folder, `${name}.txt`), "utf8").split("\n");
  const behind = (key: string): string[] =>
    lines.filter((line) => line.startsWith(`${key}: `)).map((line) => line.slice(key.length + 2));
  return { ndes: behind("ndes"), rfc8894: behind("rfc8894"), near: behind("near") };
}

async function* one(file: string): AsyncGenerator<string> {
  await Promise.resolve();
  yield file;
}

async function linted(name: string, target: (typeof targets)[number]): Promise<readonly LintedArtifact[]> {
  const [result] = await lintFiles(one(path.join(folder, `${name}.csr`)), contextWith({ target }));
  if (!result || "problem" in result) throw new Error(`${name} could not be read.`);
  return result.artifacts;
}

/** The findings about requests, and of the others those that are expected: what is said of an encoding is tested elsewhere. */
function told(artifacts: readonly LintedArtifact[], expected: readonly string[]): string[] {
  return artifacts
    .flatMap(({ findings }) => findings.map(({ severity, code }) => `${severity} ${code}`))
    .filter((finding) => finding.includes(" csr.") || expected.includes(finding))
    .toSorted();
}

describe("what is said of the requests in test/corpus/requests", () => {
  it("there are at least 150", () => {
    expect(names.length).toBeGreaterThanOrEqual(150);
  });

  describe.each(targets)("for %s", (target) => {
    it.each(names)("%s", async (name) => {
      const expected = expectations.get(name)?.[target] ?? [];
      const artifacts = await linted(name, target);
      expect(artifacts.length).toBeGreaterThan(0);
      expect(told(artifacts, expected)).toEqual(expected.toSorted());
    });
  });

  it("linting says what inspecting says, keys that are shared apart", async () => {
    for (const name of names) {
      const bytes = new Uint8Array(readFileSync(path.join(folder, `${name}.csr`)));
      const inspected = [];
      for (const artifact of recognise(bytes, "x")) {
        if (artifact.kind === "request") inspected.push(await inspect(artifact, contextWith({ target: "ndes" })));
      }
      const codes = (of: readonly { readonly findings: readonly { readonly code: string }[] }[]): string[] =>
        of.flatMap(({ findings }) => findings.map(({ code }) => code)).filter((code) => code !== "csr.key.shared");
      const requests = (await linted(name, "ndes")).filter(({ kind }) => kind === "request");
      expect(codes(requests), name).toEqual(codes(inspected));
    }
  });
});

describe("every rule about requests", () => {
  const codes = [...new Set(rules.map(({ code }) => code).filter((code) => code.startsWith("csr.")))];

  it.each(codes)("%s has a case that breaks it", (code) => {
    const breaking = names.filter((name) => {
      const { ndes = [], rfc8894 = [] } = expectations.get(name) ?? {};
      return [...ndes, ...rfc8894].some((finding) => finding.endsWith(` ${code}`));
    });
    expect(breaking).not.toEqual([]);
  });

  it.each(codes)("%s has a case that nearly does", (code) => {
    const near = names.filter((name) => expectations.get(name)?.near.includes(code));
    expect(near).not.toEqual([]);
    for (const name of near) {
      const { ndes = [], rfc8894 = [] } = expectations.get(name) ?? {};
      expect(
        [...ndes, ...rfc8894].filter((finding) => finding.endsWith(` ${code}`)),
        name,
      ).toEqual([]);
    }
  });
});
