import type { HeaderField, HttpHead } from "./httpMessage.js";
import { readRequestLine, readStatusLine } from "./startLine.js";

const latin1 = new TextDecoder("latin1");

/**
 * Where the blank line behind a header block ends; undefined while it has not come. Lines may end in LF alone, as
 * hand-made messages do (RFC 9112 §2.2).
 *
 * @param from offset from which on no one has looked yet
 */
export function endOfHeaderBlock(bytes: Uint8Array, from: number): number | undefined {
  for (let at = bytes.indexOf(0x0a, from); at >= 0; at = bytes.indexOf(0x0a, at + 1)) {
    if (bytes[at + 1] === 0x0a) return at + 2;
    if (bytes[at + 1] === 0x0d && bytes[at + 2] === 0x0a) return at + 3;
  }
  return undefined;
}

/** Start line and headers out of the bytes up to the blank line; undefined where the first line is no start line. */
export function readHeaderBlock(bytes: Uint8Array): HttpHead | undefined {
  const [first = "", ...lines] = latin1.decode(bytes).split(/\r?\n/);
  const response = readStatusLine(first);
  if (response) return { kind: "response", ...response, headers: readFields(lines) };
  const request = readRequestLine(first);
  return request && { kind: "request", ...request, headers: readFields(lines) };
}

/** Header or trailer fields, one a line. A line without a colon is kept as a name without a value: nothing is lost. */
export function readFields(lines: readonly string[]): HeaderField[] {
  const fields: [string, string][] = [];
  for (const line of lines) {
    if (line === "") continue;
    const last = fields.at(-1);
    if (last && /^[ \t]/.test(line)) {
      // A folded line (obs-fold, RFC 9112 §5.2) goes on with the value before it.
      last[1] = `${last[1]} ${line.trim()}`.trim();
      continue;
    }
    const colon = line.indexOf(":");
    fields.push(colon < 0 ? [line, ""] : [line.slice(0, colon).trim(), line.slice(colon + 1).trim()]);
  }
  return fields;
}
