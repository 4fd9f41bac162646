import path from "node:path";
import { visibleText } from "../core/asn1/visibleText.js";
import type { Severity } from "../core/inspect/finding.js";
import { type Json, jsonText } from "../core/inspect/json.js";
import type { LintedArtifact, LintFinding } from "../core/inspect/lint.js";
import { type SarifFile, SarifRun } from "../core/inspect/sarif.js";
import { type LintCounts, summaryText } from "./lintCounts.js";

/** A form in which the results of `lint` are printed. What is printed of a file is made when its result comes, and held until all are there. */
export interface LintForm<Part> {
  /** What is held of a file, plain data; undefined where nothing of it is printed. */
  readonly partOf: (file: string, artifacts: readonly LintedArtifact[]) => Part | undefined;
  /** What is printed, in pieces. How much it was is asked for behind the last part. */
  readonly print: (parts: AsyncIterable<Part>, counts: () => LintCounts) => AsyncIterable<string>;
}

/** What compilers print: `file:line:column: error: what is so [code]`, and below it what to do; then how much it is in all. */
export function textForm(options: { readonly quiet: boolean; readonly colour: boolean }): LintForm<string> {
  return {
    partOf(_file, artifacts) {
      const shown = options.quiet ? artifacts.filter(({ findings }) => findings.length > 0) : artifacts;
      return shown.length === 0 ? undefined : shown.map((artifact) => artifactText(artifact, options.colour)).join("");
    },
    async *print(parts, counts) {
      yield* parts;
      yield `${summaryText(counts())}\n`;
    },
  };
}

/** The object of docs/json.md: as `JSON.stringify` writes it with an indent of two, an artifact at a time. */
export function jsonForm(target: string): LintForm<readonly Json[]> {
  return {
    partOf(_file, artifacts) {
      return artifacts.length === 0 ? undefined : artifacts.map(artifactJson);
    },
    async *print(parts, counts) {
      yield `{\n  "target": ${jsonText(target)},\n  "artifacts": `;
      yield* list(parts, "  ");
      const { artifacts, errors, warnings, infos } = counts();
      yield `,\n  "summary": ${indented({ artifacts, errors, warnings, infos }, "  ")}\n}\n`;
    },
  };
}

/** A SARIF log with one run, a result at a time; which rules were broken is known behind the last one. */
export const sarifForm: LintForm<SarifFile> = {
  partOf(file, artifacts) {
    return artifacts.length === 0 ? undefined : { uri: uriOf(file), artifacts };
  },
  async *print(parts) {
    const run = new SarifRun();
    async function* results(): AsyncGenerator<readonly Json[]> {
      for await (const file of parts) yield run.resultsOf(file);
    }
    const within = "      ";
    yield `{\n  "$schema": "https://json.schemastore.org/sarif-2.1.0.json",\n  "version": "2.1.0",\n  "runs": [\n    {\n`;
    yield `${within}"columnKind": "utf16CodeUnits",\n${within}"results": `;
    yield* list(results(), within);
    yield `,\n${within}"artifacts": ${indented(run.artifacts(), within)}`;
    yield `,\n${within}"tool": ${indented(run.tool(), within)}\n    }\n  ]\n}\n`;
  },
};

/** A list as `JSON.stringify` writes it with an indent of two, in a line that begins with that indent. */
async function* list(parts: AsyncIterable<readonly Json[]>, indent: string): AsyncGenerator<string> {
  let before = "[";
  for await (const part of parts) {
    for (const item of part) {
      yield `${before}\n${indent}  ${indented(item, `${indent}  `)}`;
      before = ",";
    }
  }
  yield before === "[" ? "[]" : `\n${indent}]`;
}

/** A value as `JSON.stringify` writes it with an indent of two, in a line that begins with that indent. */
function indented(json: Json, indent: string): string {
  return jsonText(json, 2).replaceAll("\n", `\n${indent}`);
}

/** The address of a file in a SARIF log: relative where the file was named so. */
function uriOf(file: string): string {
  const parts = file.split(path.sep).map(encodeURIComponent).join("/");
  if (!path.isAbsolute(file)) return parts;
  return `file://${parts.startsWith("/") ? "" : "/"}${parts}`;
}

function artifactJson({ kind, name, place, summary, verdict, findings }: LintedArtifact): Json {
  return {
    source: name,
    kind,
    offset: place.offset,
    length: place.length,
    ...(place.text && { line: place.text.line }),
    summary,
    verdict: { ...verdict },
    findings: findings.map(findingJson),
  };
}

function findingJson({ code, severity, message, remedy, citation, place }: LintFinding): Json {
  const { offset, length, text } = place;
  return { code, severity, message, remedy, citation, offset, length, ...text };
}

const colours: Readonly<Record<Severity, string>> = { error: "31", warning: "33", info: "36" };

function artifactText({ name, place, summary, findings }: LintedArtifact, colour: boolean): string {
  const shown = visibleText(name, 300);
  const at = place.text ? `:${place.text.line}` : "";
  const lines = [`${shown}${at}: ${visibleText(summary, 200)}${findings.length === 0 ? ": nothing is wrong" : ""}`];
  for (const { code, severity, message, remedy, place: own } of findings) {
    const where = own.text ? `:${own.text.line}:${own.text.column}` : `@${own.offset}`;
    const word = colour ? `\u001b[${colours[severity]}m${severity}\u001b[0m` : severity;
    lines.push(`${shown}${where}: ${word}: ${message} [${code}]`, `    ${remedy}`);
  }
  return `${lines.join("\n")}\n`;
}
