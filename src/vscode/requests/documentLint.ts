import { type CancellationToken, Position, Range, type TextDocument } from "vscode";
import type { LintedArtifact, LintFinding, TextRange } from "../../core/inspect/lint.js";
import { mayBeConfiguration } from "../languages/mayBeConfiguration.js";
import { lintTarget } from "./lintTarget.js";
import { type LintServices, lintTexts } from "./linter.js";
import { type DocumentBlock, pemBlocks } from "./pemBlocks.js";

/** Something of a document that was linted, and where it stands there. */
export interface DocumentArtifact {
  readonly artifact: LintedArtifact;
  readonly range: Range;
  readonly findings: readonly { readonly finding: LintFinding; readonly range: Range }[];
  /** Its PEM block; absent where the document is base64 or hex without armour. */
  readonly block?: DocumentBlock;
}

/** Files that are requests by their name, and may hold one without any armour. */
const requestFile = /\.(?:csr|req|p10)$/i;

/** A document without armour is looked at up to this length, in characters. */
const longestBare = 256 * 1024;

/** Whether a document may hold requests at all; costs next to nothing. */
export function mayHoldRequests(document: TextDocument): boolean {
  return pemBlocks(document).length > 0 || isBare(document);
}

/** What is wrong with the requests of a document. Undefined where `token` was cancelled meanwhile. */
export async function lintDocument(
  services: LintServices,
  document: TextDocument,
  token: CancellationToken,
): Promise<readonly DocumentArtifact[] | undefined> {
  const target = lintTarget(services.servers);
  const blocks = pemBlocks(document);
  if (blocks.length === 0) {
    if (mayBeConfiguration(document)) {
      return (await import("../languages/configurationLint.js")).lintConfiguration(document, target);
    }
    if (!isBare(document)) return [];
    const results = await lintTexts(services, [document.getText()], target, token);
    return results?.flatMap(({ artifacts }) => artifacts.map((artifact) => wholeDocument(document, artifact)));
  }
  const results = await lintTexts(
    services,
    blocks.map(({ text }) => text),
    target,
    token,
  );
  return results?.flatMap(({ artifacts }, index) => {
    const block = blocks[index] as DocumentBlock;
    return artifacts.map((artifact) => ({
      artifact,
      block,
      range: block.range,
      findings: artifact.findings.map((finding) => ({ finding, range: rangeIn(block, finding.place.text) })),
    }));
  });
}

function isBare(document: TextDocument): boolean {
  return (
    requestFile.test(document.uri.path) &&
    document.lineCount > 0 &&
    document.offsetAt(document.lineAt(document.lineCount - 1).range.end) <= longestBare
  );
}

function wholeDocument(document: TextDocument, artifact: LintedArtifact): DocumentArtifact {
  const range = document.lineAt(0).range;
  return { artifact, range, findings: artifact.findings.map((finding) => ({ finding, range })) };
}

/** A place of a block, whose first line may begin in the middle of one of the document's. */
function rangeIn({ range }: DocumentBlock, place: TextRange | undefined): Range {
  if (!place) return new Range(range.start, range.start.translate(0, 5));
  const position = (line: number, column: number): Position =>
    new Position(range.start.line + line - 1, column - 1 + (line === 1 ? range.start.character : 0));
  return new Range(position(place.line, place.column), position(place.endLine, place.endColumn));
}
