import { bytesPart, type CaptureInput, type TextProblem } from "./captureInput.js";
import type { CapturedPart } from "./capturedPart.js";
import { encodedTwice } from "./encodedTwice.js";
import { captureLimits } from "./limits.js";
import { armourBody } from "./pemBody.js";
import { type ArmourLines, armourLines } from "./pemLines.js";
import { type PemMarker, readMarkers } from "./pemMarker.js";
import { lineNumbers, lineStart } from "./textLines.js";

/** One PEM block of a text, in whatever state. */
export interface ArmouredBlock {
  readonly label: string;
  readonly der: Uint8Array<ArrayBuffer>;
  /** Headers of RFC 1421, such as `Proc-Type: 4,ENCRYPTED`. */
  readonly headers: readonly string[];
  readonly start: number;
  readonly end: number;
  readonly problems: readonly TextProblem[];
}

/** Characters of a line before BEGIN that are taken for a quotation's prefix; a longer line is a text in one line. */
const longestPrefix = 200;

/** Characters of the longest line that is taken for base64 above an END line without a BEGIN line. */
const longestLine = 4096;

/**
 * The PEM blocks of a text (RFC 7468), each read as far as can be, whatever stands around and between them: quoted in a
 * mail, behind the prefix of a log, in one line with escapes for its line ends, without BEGIN or END, with dashes where
 * hyphens should be. What had to be put right is told.
 */
export const readPemArmour = (input: CaptureInput): readonly CapturedPart[] => {
  const blocks = armouredBlocks(input.text);
  return blocks.map((block, index) => ({
    ...bytesPart(input, blocks.length === 1 ? "" : `#${index + 1} ${block.label}`, block, block.der, block.problems),
    claim: block.label,
    headers: block.headers,
  }));
};

/** The blocks that {@link readPemArmour} makes parts of. */
export function armouredBlocks(text: string): ArmouredBlock[] {
  const lineAt = lineNumbers(text);
  const blocks: ArmouredBlock[] = [];
  const markers = readMarkers(text);
  let free = 0;
  for (let index = 0; index < markers.length; index++) {
    const marker = markers[index] as PemMarker;
    const next = markers[index + 1];
    const block =
      marker.kind === "END" ? blockBefore(text, marker, free, lineAt) : blockBehind(text, marker, next, lineAt);
    if (marker.kind === "BEGIN" && next?.kind === "END") index++;
    if (!block) continue;
    blocks.push(block);
    free = block.end;
  }
  return blocks;
}

function blockBehind(
  text: string,
  begin: PemMarker,
  next: PemMarker | undefined,
  lineAt: (index: number) => number,
): ArmouredBlock | undefined {
  const from = lineStart(text, begin.start, longestPrefix + 1);
  const before = begin.start - from <= longestPrefix ? text.slice(from, begin.start) : "";
  const end = next?.kind === "END" ? next : undefined;
  const lines = armourLines(text, {
    prefix: before,
    start: begin.end,
    end: next?.start ?? text.length,
    open: end === undefined,
  });
  // A heading that speaks of BEGIN and has nothing below it is no block.
  if (lines.body.length === 0 && !end) return undefined;
  const beginsOn = lineAt(begin.start);
  const { der, problems } = armourBody(lines.body, lineAt);
  const found: TextProblem[] = problems.map(({ message, offset }) => ({ code: "pem.line", message, index: offset }));
  if (!end) {
    const message = `The PEM block "${begin.label}" that begins on line ${beginsOn} has no END line.`;
    found.push({ code: "pem.line", message, index: lines.end });
  } else if (end.label !== begin.label) {
    const message = `The PEM block begins as "${begin.label}" but ends as "${end.label}" on line ${lineAt(end.start)}.`;
    found.push({ code: "pem.line", message, index: end.start });
  }
  return {
    label: begin.label,
    der,
    headers: lines.headers,
    start: begin.start,
    end: end?.end ?? lines.end,
    problems: [
      ...armourProblems([begin, end], lines, lineAt),
      ...found,
      ...encrypted(lines, begin),
      ...encodedTwice(der, begin.start),
    ],
  };
}

/** A block that has an END line and no BEGIN line: the lines of base64 above it. */
function blockBefore(
  text: string,
  end: PemMarker,
  free: number,
  lineAt: (index: number) => number,
): ArmouredBlock | undefined {
  const endLine = lineStart(text, end.start, longestLine);
  let start = endLine;
  while (start > free) {
    const above = lineStart(text, start - 1, longestLine);
    const line = text
      .slice(Math.max(above, free), start - 1)
      .replace(/^[\s>|]+/, "")
      .trimEnd();
    if (above < free || line.length < 16 || !/^[A-Za-z0-9+/=_-]+$/.test(line)) break;
    start = above;
  }
  if (start >= endLine) return undefined;
  const lines = armourLines(text, { prefix: "", start, end: end.start, open: false });
  const { der, problems } = armourBody(lines.body, lineAt);
  const message = `The PEM block "${end.label}" that ends on line ${lineAt(end.start)} has no BEGIN line.`;
  return {
    label: end.label,
    der,
    headers: [],
    start,
    end: end.end,
    problems: [
      { code: "pem.line", message, index: start },
      ...armourProblems([end], lines, lineAt),
      ...problems.map((problem): TextProblem => ({
        code: "pem.line",
        message: problem.message,
        index: problem.offset,
      })),
    ],
  };
}

function armourProblems(
  markers: readonly (PemMarker | undefined)[],
  { quote, escaped, body }: ArmourLines,
  lineAt: (index: number) => number,
): TextProblem[] {
  const problems: TextProblem[] = markers.flatMap((marker) =>
    marker && !marker.sound
      ? [
          {
            code: "pem.armour" as const,
            message: `The ${marker.kind} line of "${marker.label}" (line ${lineAt(marker.start)}) is not written with five hyphens on each side and single blanks; other programs do not find the block.`,
            index: marker.start,
          },
        ]
      : [],
  );
  const [first] = body;
  if (first && (quote !== undefined || escaped)) {
    const how =
      quote === undefined
        ? "The line ends of the block are written as escapes"
        : `Each line of the block begins with ${JSON.stringify(quote.slice(0, 80))}`;
    problems.push({ code: "pem.quoted", message: `${how}; it was taken away.`, index: first.offset });
  }
  return problems.slice(0, captureLimits.problems);
}

function encrypted({ headers }: ArmourLines, begin: PemMarker): TextProblem[] {
  if (!headers.some((header) => /^Proc-Type:.*ENCRYPTED/i.test(header))) return [];
  const message = `The key is encrypted with a passphrase (${headers.join(", ")}); what is inside cannot be seen.`;
  return [{ code: "pem.encrypted", message, index: begin.start }];
}
