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
 * What was found in some files as the run of a SARIF 2.1.0 log (OASIS), a file at a time: a result for each finding, and
 * behind the last one the files, and the rules that were broken with the text of their page of the catalogue.
 */
export class SarifRun {
  readonly #uris: string[] = [];
  readonly #ruleIndex = new Map<string, number>();

  /** The `results` of the run that are about the next file. */
  resultsOf({ uri, artifacts }: SarifFile): readonly Json[] {
    const index = this.#uris.push(uri) - 1;
    return artifacts.flatMap(({ name, findings }) =>
      findings.map(({ code, severity, message, remedy, place }) => ({
        ruleId: code,
        ruleIndex: this.#indexOf(code),
        level: levels[severity],
        message: { text: `${message} ${remedy}` },
        locations: [
          {
            physicalLocation: { artifactLocation: { uri, index }, region: region(place) },
            logicalLocations: [{ name }],
          },
        ],
      })),
    );
  }

  /** The `artifacts` of the run: the files until now. */
  artifacts(): Json {
    return this.#uris.map((uri) => ({ location: { uri } }));
  }

  /** The `tool` of the run, with the rules that were broken until now. */
  tool(): Json {
    return { driver: { name: "SCEP Workbench", rules: [...this.#ruleIndex.keys()].map(ruleDescriptor) } };
  }

  #indexOf(code: string): number {
    const index = this.#ruleIndex.get(code) ?? this.#ruleIndex.size;
    this.#ruleIndex.set(code, index);
    return index;
  }
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
