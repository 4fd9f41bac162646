import { readBase64 } from "../asn1/base64.js";
import { lineCounter, type PemBlock, readPem } from "../asn1/pem.js";

/** Broken lines of one block that are told one by one. */
const mostTold = 20;

/** Base64 characters of one line of a PEM block, and where they are in the text. */
interface ArmourLine {
  readonly text: string;
  readonly offset: number;
}

/**
 * The PEM blocks of a text (RFC 7468), each read as far as can be. A line that holds a foreign character, or is longer or
 * shorter than its neighbours, spoils that line alone: what follows is read at the place where it belongs, and the
 * problem says which line it was and which bytes stand on it.
 */
export function readArmour(text: string): PemBlock[] {
  const lineAt = lineCounter(text);
  return readPem(text).map((block) => {
    const body = bodyLines(text, block.start, block.end);
    const width = commonWidth(body);
    const broken = body
      .map((line, index) => ({ line, index }))
      .filter(({ line, index }) => isBroken(line, width, index === body.length - 1));
    if (broken.length === 0 || width === undefined) return block;
    const told = broken.slice(0, mostTold).map(({ line, index }) => ({
      offset: line.offset + Math.max(0, badIndex(line.text)),
      message: `Line ${lineAt(line.offset)} of the PEM text ${fault(line, width)}; bytes ${byteRange(index, width)} stand on it and may be wrong. What follows is shown as it is.`,
    }));
    const untold = broken[mostTold]?.line;
    const problems = [
      ...block.problems.filter((problem) => !broken.some(({ line }) => contains(line, problem.offset))),
      ...told,
      ...(untold
        ? [{ offset: untold.offset, message: `${broken.length - told.length} more lines of the PEM text are broken.` }]
        : []),
    ];
    return { ...block, der: decodeByLine(body, width), problems };
  });
}

function bodyLines(text: string, start: number, end: number): ArmourLine[] {
  const lines: ArmourLine[] = [];
  for (let offset = text.indexOf("\n", start) + 1; offset > 0 && offset < end;) {
    const next = text.indexOf("\n", offset);
    const stop = next < 0 || next > end ? end : next;
    const raw = text.slice(offset, stop);
    const line = raw.trim();
    if (line !== "" && !line.startsWith("-----") && !/^[A-Za-z-]+: /.test(line)) {
      lines.push({ text: line, offset: offset + raw.indexOf(line) });
    }
    offset = stop + 1;
  }
  return lines;
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

function contains(line: ArmourLine, offset: number): boolean {
  return offset >= line.offset && offset < line.offset + line.text.length;
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
