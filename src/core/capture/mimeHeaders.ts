/** The headers of a mail or of a part of one, with their names in lower case. */
export interface MimeHeaders {
  readonly fields: ReadonlyMap<string, string>;
  /** Where the body begins. */
  readonly bodyStart: number;
}

/** Headers of one part that are read. */
const mostHeaders = 200;

const field = /([!-9;-~]{1,76}):[ \t]*([^\r\n]*(?:\r?\n[ \t]+[^\r\n]+)*)(?:\r?\n|$)/y;

/** The headers that stand at an index of a text (RFC 5322 §2.2) with the blank line behind them; undefined where none do. */
export function readMimeHeaders(text: string, start: number, end: number): MimeHeaders | undefined {
  const fields = new Map<string, string>();
  let at = start;
  for (let count = 0; count < mostHeaders && at < end; count++) {
    field.lastIndex = at;
    const match = field.exec(text);
    if (!match || field.lastIndex > end) break;
    const name = (match[1] as string).toLowerCase();
    if (!fields.has(name)) fields.set(name, (match[2] as string).replaceAll(/\r?\n[ \t]+/g, " ").trim());
    at = field.lastIndex;
  }
  const blank = /^[ \t]*(?:\r?\n|$)/.exec(text.slice(at, Math.min(end, at + 200)));
  return blank ? { fields, bodyStart: Math.min(end, at + blank[0].length) } : undefined;
}

/** A parameter of a header's value (RFC 2045 §5.1): `boundary`, `name`. */
export function mimeParameter(value: string | undefined, name: string): string | undefined {
  const match = new RegExp(`;\\s*${name}\\*?=(?:"([^"]{0,400})"|([^\\s;"]{1,400}))`, "i").exec(value ?? "");
  return match?.[1] ?? match?.[2];
}
