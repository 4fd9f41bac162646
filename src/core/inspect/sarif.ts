import type { Severity } from "./finding.js";
import type { Json } from "./json.js";
import type { FilePlace, LintedArtifact } from "./lint.js";
import { rules } from "./rules/all.js";

/** A file that was linted, by the relative address that stands for it in a SARIF log. */
export interface SarifFile {
  /** A relative URI reference, or an absolute URI. */
  readonly uri: string;
  readonly artifacts: readonly LintedArtifact[];
}

const levels: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "note" };

/**
 * What was found in some files as a SARIF 2.1.0 log (OASIS): one run, the rules that were broken with the text of their
 * page of the catalogue, a result for each finding.
 */
export function sarifLog(files: readonly SarifFile[]): Json {
  const codes = [
    ...new Set(files.flatMap(({ artifacts }) => artifacts.flatMap(({ findings }) => findings.map(({ code }) => code)))),
  ];
  const indexOf = new Map(codes.map((code, index) => [code, index]));
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "SCEP Workbench", rules: codes.map(ruleDescriptor) } },
        columnKind: "utf16CodeUnits",
        artifacts: files.map(({ uri }) => ({ location: { uri } })),
        results: files.flatMap(({ uri, artifacts }, index) =>
          artifacts.flatMap(({ name, findings }) =>
            findings.map(({ code, severity, message, remedy, place }) => ({
              ruleId: code,
              ruleIndex: indexOf.get(code) ?? -1,
              level: levels[severity],
              message: { text: `${message} ${remedy}` },
              locations: [
                {
                  physicalLocation: { artifactLocation: { uri, index }, region: region(place) },
                  logicalLocations: [{ name }],
                },
              ],
            })),
          ),
        ),
      },
    ],
  };
}

function ruleDescriptor(code: string): Json {
  const rule = rules.find((candidate) => candidate.code === code);
  if (!rule) return { id: code };
  const { title, why, remedy, citation, severity } = rule;
  return {
    id: code,
    shortDescription: { text: `${title}.` },
    fullDescription: { text: why },
    help: {
      text: `${why}\n\nWhat to do: ${remedy}\n\nWhere it is written: ${citation}`,
      markdown: `${why}\n\n*What to do.* ${remedy}\n\n*Where it is written.* ${citation}`,
    },
    defaultConfiguration: { level: levels[severity] },
  };
}

function region({ offset, length, text }: FilePlace): Json {
  return {
    ...(text && {
      startLine: text.line,
      startColumn: text.column,
      endLine: text.endLine,
      endColumn: text.endColumn,
    }),
    byteOffset: offset,
    byteLength: length,
  };
}
