import { readBase64, toBase64 } from "./base64.js";

/** One PEM block (RFC 7468) found in a text. */
export interface PemBlock {
  /** What stands behind BEGIN: `CERTIFICATE REQUEST`. */
  readonly label: string;
  readonly der: Uint8Array<ArrayBuffer>;
  /** Headers of RFC 1421, such as `Proc-Type: 4,ENCRYPTED`, where the block has them. */
  readonly headers: readonly string[];
  /** Index in the text of the BEGIN line. */
  readonly start: number;
  /** Index in the text behind the END line, or behind the last line that belongs to the block. */
  readonly end: number;
  /** What is wrong with the armour, each in a sentence with the index in the text that it concerns. */
  readonly problems: readonly { readonly message: string; readonly offset: number }[];
}

const beginLine = /-----BEGIN ([^-\r\n]{0,80})-----/g;

/**
 * Every PEM block in a text, whatever stands around and between them. A block whose base64 breaks off, whose END is
 * missing or names another label is read as far as it goes, and says so.
 */
export function readPem(text: string): PemBlock[] {
  const blocks: PemBlock[] = [];
  const lineAt = lineCounter(text);
  beginLine.lastIndex = 0;
  for (let match = beginLine.exec(text); match; match = beginLine.exec(text)) {
    const label = match[1] as string;
    const bodyStart = match.index + match[0].length;
    const beginsOn = lineAt(match.index);
    const next = text.indexOf("-----", bodyStart);
    const bodyEnd = next < 0 ? text.length : next;
    const endLine = next < 0 ? undefined : /^-----END ([^-\r\n]{0,80})-----/.exec(text.slice(next, next + 100));
    const { headers, base64Start } = readHeaders(text, bodyStart, bodyEnd);
    const problems: { message: string; offset: number }[] = [];
    const reading = readBody(text, base64Start, bodyEnd, lineAt, problems);
    if (!endLine) {
      problems.push({
        message: `The PEM block "${label}" that begins on line ${beginsOn} has no END line.`,
        offset: bodyEnd,
      });
    } else if (endLine[1] !== label) {
      problems.push({
        message: `The PEM block begins as "${label}" but ends as "${endLine[1]}" on line ${lineAt(bodyEnd)}.`,
        offset: bodyEnd,
      });
    }
    const end = endLine ? bodyEnd + endLine[0].length : bodyEnd;
    blocks.push({ label, der: reading, headers, start: match.index, end, problems });
    beginLine.lastIndex = end;
  }
  return blocks;
}

/** One PEM block (RFC 7468) with lines of 64 characters and a final line feed. */
export function writePem(label: string, der: Uint8Array): string {
  const lines = toBase64(der).match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}

/**
 * Tells the number, from 1, of the line that holds an index of a text. Asked for ascending indices it reads the text once,
 * whatever the number of questions; asked for an earlier one it begins anew.
 */
export function lineCounter(text: string): (index: number) => number {
  let line = 1;
  let lineStart = 0;
  return (index) => {
    if (index < lineStart) [line, lineStart] = [1, 0];
    for (
      let next = text.indexOf("\n", lineStart) + 1;
      next > 0 && next <= index;
      next = text.indexOf("\n", lineStart) + 1
    ) {
      line++;
      lineStart = next;
    }
    return line;
  };
}

function readHeaders(text: string, start: number, end: number): { headers: string[]; base64Start: number } {
  const headers: string[] = [];
  let offset = start;
  const line = /[^\n]*\n?/y;
  for (;;) {
    line.lastIndex = offset;
    const found = line.exec(text.slice(0, end))?.[0] ?? "";
    if (found === "") break;
    const isHeader = /^[A-Za-z-]+: /.test(found) || (headers.length > 0 && /^[ \t]/.test(found));
    if (!isHeader && found.trim() !== "") break;
    if (isHeader) headers.push(found.trim());
    offset += found.length;
  }
  return { headers, base64Start: offset };
}

/** The base64 between the armour, up to the first character that does not belong: behind it no octet is certain. */
function readBody(
  text: string,
  start: number,
  end: number,
  lineAt: (index: number) => number,
  problems: { message: string; offset: number }[],
): Uint8Array<ArrayBuffer> {
  const whole = readBase64(text.slice(start, end));
  if (whole.badAt === undefined) return whole.bytes;
  const badAt = start + whole.badAt;
  const character = String.fromCodePoint(text.codePointAt(badAt) ?? 0);
  problems.push({
    message: `Line ${lineAt(badAt)} of the PEM text holds ${JSON.stringify(character)}, which is no base64; the block is read up to there.`,
    offset: badAt,
  });
  return whole.bytes;
}
