/** The characters of one line of a PEM block that are left when its quoting is taken away, and where they are. */
export interface ArmourLine {
  readonly text: string;
  readonly offset: number;
}

/** The lines of a block's body, and what was around them. */
export interface ArmourLines {
  readonly body: readonly ArmourLine[];
  /** Headers of RFC 1421, such as `Proc-Type: 4,ENCRYPTED`. */
  readonly headers: readonly string[];
  /** What every line began with and was taken away: `> `. */
  readonly quote?: string;
  /** Line ends were written as escapes: `\n`. */
  readonly escaped: boolean;
  /** Where the last line that belongs to the block ends. */
  readonly end: number;
}

/** Line ends, and what programs write in place of them. */
const lineEnd = /\r\n|[\r\n]|\\+r\\+n|\\+[rn]|<br ?\/?>|&#(?:10|13|x0?[ad]);/gi;

/**
 * The lines of a PEM block that stand in a text from `start` to `end`, rid of what a mail, a log, a source file or JSON
 * puts around each: a prefix that the line of BEGIN has too, blanks, quotation marks, commas. With `open`, where no END
 * line says that all of it belongs to the block, it ends before the first line that is no base64.
 */
export function armourLines(
  text: string,
  { prefix, start, end, open }: { prefix: string; start: number; end: number; open: boolean },
): ArmourLines {
  const body: ArmourLine[] = [];
  const headers: string[] = [];
  let quote: string | undefined;
  let escaped = false;
  let last = start;
  const take = (from: number, to: number, whole: boolean): boolean => {
    const raw = text.slice(from, to);
    const { skipped, quoted } = whole ? unquoted(raw, prefix) : { skipped: 0, quoted: false };
    const rest = raw.slice(skipped);
    const line = trimmed(rest);
    if (line === "") return true;
    const inHeaders = body.length === 0 && /^[A-Za-z-]{1,40}: /.test(line);
    if (inHeaders || (body.length === 0 && headers.length > 0 && /^[ \t]/.test(rest))) {
      headers.push(line);
      return true;
    }
    if (open && !/^[A-Za-z0-9+/=_-]+$/.test(line)) return false;
    if (quoted) quote ??= raw.slice(0, skipped);
    const offset = from + skipped + rest.indexOf(line);
    body.push({ text: line, offset });
    last = offset + line.length;
    return true;
  };
  let from = start;
  let whole = false;
  // Of the block's own text: a search for a line end must not run through all that is behind it.
  for (const match of text.slice(start, end).matchAll(lineEnd)) {
    if (!take(from, start + match.index, whole)) return result();
    const breaks = match[0].startsWith("\r") || match[0] === "\n";
    escaped ||= !breaks;
    whole = breaks;
    from = start + match.index + match[0].length;
  }
  take(from, end, whole);
  return result();

  function result(): ArmourLines {
    return { body, headers, escaped, end: last, ...(quote !== undefined && { quote }) };
  }
}

/** How much of a line is a quotation's prefix: the one of the BEGIN line, one of its shape (a later time stamp), or marks. */
function unquoted(line: string, prefix: string): { skipped: number; quoted: boolean } {
  if (prefix.trim() !== "") {
    if (line.startsWith(prefix)) return { skipped: prefix.length, quoted: true };
    if (shape(line.slice(0, prefix.length)) === shape(prefix)) return { skipped: prefix.length, quoted: true };
    const tail = /[^A-Za-z0-9+/=]\s*$/.exec(prefix)?.[0].padStart(2) ?? "";
    const at = tail.trim() === "" ? -1 : line.slice(0, prefix.length + 16).lastIndexOf(tail.trim());
    if (at >= 0 && /[^A-Za-z0-9+/=\s]/.test(line.slice(0, at + 1))) return { skipped: at + 1, quoted: true };
  }
  const marks = /^[\s>|#*:;,]*/.exec(line)?.[0] ?? "";
  return { skipped: marks.length, quoted: marks.trim() !== "" };
}

/** A prefix with its digits made alike. */
function shape(prefix: string): string {
  return prefix.replaceAll(/\d/g, "0");
}

/** A line without the blanks and the marks of a string's end that source code puts around it. */
function trimmed(line: string): string {
  return line
    .replace(/["'`]\s*[+.\\&;,)\]}]*\s*$/, "")
    .replace(/^[\s"'`]+/, "")
    .replace(/[\s"'`,;\\]+$/, "");
}
