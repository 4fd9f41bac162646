import { readBase64 } from "../asn1/base64.js";
import type { ArmourLine } from "./pemLines.js";
import { captureLimits } from "./limits.js";

/** What became of the lines of a PEM block. */
export interface ArmourBody {
  readonly der: Uint8Array<ArrayBuffer>;
  readonly problems: readonly { readonly message: string; readonly offset: number }[];
}

/**
 * The bytes that the lines of a PEM block spell. A line that holds a foreign character, or is longer or shorter than its
 * neighbours, spoils that line alone: what follows is read at the place where it belongs, and the problem says which line
 * it was and which bytes stand on it. `lineAt` numbers the lines of the text that `offset`s count in.
 */
export function armourBody(body: readonly ArmourLine[], lineAt: (offset: number) => number): ArmourBody {
  const width = commonWidth(body);
  const broken = body
    .map((line, index) => ({ line, index }))
    .filter(({ line, index }) => isBroken(line, width, index === body.length - 1));
  if (broken.length === 0) return { der: readBase64(body.map(({ text }) => text).join("")).bytes, problems: [] };
  if (width === undefined) return readUpToFault(body, lineAt);
  const told = broken.slice(0, captureLimits.problems).map(({ line, index }) => ({
    offset: line.offset + Math.max(0, badIndex(line.text)),
    message: `Line ${lineAt(line.offset)} of the PEM text ${fault(line, width)}; bytes ${byteRange(index, width)} stand on it and may be wrong. What follows is shown as it is.`,
  }));
  const untold = broken[captureLimits.problems]?.line;
  const rest = untold && {
    offset: untold.offset,
    message: `${broken.length - told.length} more lines of the PEM text are broken.`,
  };
  return { der: decodeByLine(body, width), problems: rest ? [...told, rest] : told };
}

/** A body of one or two lines: behind the first foreign character no octet is certain. */
function readUpToFault(body: readonly ArmourLine[], lineAt: (offset: number) => number): ArmourBody {
  const { bytes, badAt } = readBase64(body.map(({ text }) => text).join("\n"));
  let index = badAt ?? 0;
  const line = body.find(({ text }) => index <= text.length || ((index -= text.length + 1), false)) ?? body[0];
  const offset = (line?.offset ?? 0) + index;
  const character = JSON.stringify(line?.text[index] ?? "");
  const message = `Line ${lineAt(offset)} of the PEM text holds ${character}, which is no base64; the block is read up to there.`;
  return { der: bytes, problems: [{ message, offset }] };
}

/** How long the lines of a block are: the length that most of them share. Undefined for blocks of one or two lines. */
function commonWidth(lines: readonly ArmourLine[]): number | undefined {
  if (lines.length < 3) return undefined;
  const counts = new Map<number, number>();
  for (const line of lines.slice(0, -1)) counts.set(line.text.length, (counts.get(line.text.length) ?? 0) + 1);
  const [width, count] = [...counts].reduce((most, entry) => (entry[1] > most[1] ? entry : most));
  return count * 2 > lines.length - 1 && width % 4 === 0 ? width : undefined;
}

function badIndex(text: string): number {
  return readBase64(text).badAt ?? -1;
}

function isBroken(line: ArmourLine, width: number | undefined, last: boolean): boolean {
  if (badIndex(line.text) >= 0) return true;
  if (width === undefined || last) return false;
  return line.text.length !== width || line.text.includes("=");
}

function fault(line: ArmourLine, width: number): string {
  const bad = badIndex(line.text);
  if (bad >= 0) return `holds ${JSON.stringify(line.text[bad])} in column ${bad + 1}, which is no base64`;
  if (line.text.length !== width) return `is ${line.text.length} characters long where the others have ${width}`;
  return `holds "=", which only the last line may`;
}

function byteRange(index: number, width: number): string {
  const first = (index * width * 3) / 4;
  return `${first} to ${first + (width * 3) / 4 - 1}`;
}

function decodeByLine(body: readonly ArmourLine[], width: number): Uint8Array<ArrayBuffer> {
  const lines = body.map((line, index) => {
    const characters = line.text.replaceAll(/[^A-Za-z0-9+/=_-]/g, "A");
    if (index === body.length - 1) return characters;
    return characters.replaceAll("=", "A").slice(0, width).padEnd(width, "A");
  });
  return readBase64(lines.join("")).bytes;
}
