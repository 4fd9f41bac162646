import path from "node:path";
import { visibleText } from "../core/asn1/visibleText.js";
import type { Severity } from "../core/inspect/finding.js";
import { type Json, jsonText } from "../core/inspect/json.js";
import type { LintedArtifact, LintFinding } from "../core/inspect/lint.js";
import { type SarifFile, sarifLog } from "../core/inspect/sarif.js";
import { type LintCounts, summaryText } from "./lintCounts.js";

/** A form in which the results of `lint` are printed. What is printed of a file is made when its result comes, and held until all are there. */
export interface LintForm<Part> {
  /** What is held of a file; undefined where nothing of it is printed. */
  readonly partOf: (file: string, artifacts: readonly LintedArtifact[]) => Part | undefined;
  /** What is printed, in pieces. */
  readonly print: (parts: Iterable<Part>, counts: LintCounts) => Iterable<string>;
}

/** What compilers print: `file:line:column: error: what is so [code]`, and below it what to do; then how much it is in all. */
export function textForm(options: { readonly quiet: boolean; readonly colour: boolean }): LintForm<string> {
  return {
    partOf(_file, artifacts) {
      const shown = options.quiet ? artifacts.filter(({ findings }) => findings.length > 0) : artifacts;
      return shown.length === 0 ? undefined : shown.map((artifact) => artifactText(artifact, options.colour)).join("");
    },
    *print(parts, counts) {
      yield* parts;
      yield `${summaryText(counts)}\n`;
    },
  };
}

/** The object of docs/json.md: as `JSON.stringify` writes it with an indent of two, an artifact at a time. */
export function jsonForm(target: string): LintForm<string> {
  const within = (json: Json, indent: string): string => jsonText(json, 2).replaceAll("\n", `\n${indent}`);
  return {
    partOf(_file, artifacts) {
      if (artifacts.length === 0) return undefined;
      return artifacts.map((artifact) => `    ${within(artifactJson(artifact), "    ")}`).join(",\n");
    },
    *print(parts, { artifacts, errors, warnings, infos }) {
      yield `{\n  "target": ${jsonText(target)},\n  "artifacts": [`;
      let before = "\n";
      for (const part of parts) {
        yield before + part;
        before = ",\n";
      }
      yield artifacts === 0 ? "],\n" : "\n  ],\n";
      yield `  "summary": ${within({ artifacts, errors, warnings, infos }, "  ")}\n}\n`;
    },
  };
}

/** A SARIF log. It lists its rules before the results, so that it is made when all of them are there. */
export const sarifForm: LintForm<SarifFile> = {
  partOf(file, artifacts) {
    return artifacts.length === 0 ? undefined : { uri: uriOf(file), artifacts };
  },
  *print(parts) {
    yield `${jsonText(sarifLog([...parts]), 2)}\n`;
  },
};

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
