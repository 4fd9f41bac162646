import { readBase64 } from "../asn1/base64.js";
import { bytesPart, type CaptureInput, type TextProblem, type TextSpan } from "./captureInput.js";
import type { CapturedPart } from "./capturedPart.js";
import { percentDecoded } from "./percentEncoding.js";

/** The `message` parameter of a SCEP GET, decoded. */
export interface GetMessage {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where the parameter's value stands in the text. */
  readonly span: TextSpan;
  readonly problems: readonly TextProblem[];
}

/** How a program may write the `&` (or `?`) before a parameter: HTML escapes it, and so does Go's JSON. */
const separator = String.raw`(?:[?&]|&amp;|&#38;|\\u0026)`;
const parameter = new RegExp(`${separator}message=`, "gi");

/** How far from `message=` the operation is looked for. */
const mostUrl = 2048;

/**
 * The `message` parameters of the SCEP GET URLs (RFC 8894 §4.1) in a text: a URL alone, the log of a server or a proxy, a
 * request line. `message=` of GetCACaps and GetCACert, which is a name, is none.
 */
export function getMessages(text: string): GetMessage[] {
  if (!/message=/i.test(text) || !/operation=PKIOperation/i.test(text)) return [];
  const found: GetMessage[] = [];
  for (const match of text.matchAll(parameter)) {
    const before = text.slice(Math.max(0, match.index - mostUrl), match.index);
    const start = match.index + match[0].length;
    const end = valueEnd(text, start);
    const own = before.slice(wordStart(before));
    const behind = text.slice(end, end + 200).match(/^\S*/)?.[0] ?? "";
    if (!/operation=PKIOperation\b/i.test(own) && !/operation=PKIOperation\b/i.test(behind)) continue;
    found.push(messageAt(text, { start, end }));
  }
  return found;
}

/** The messages of the GET URLs in a text, for a text that holds no more than that. */
export const readGetMessages = (input: CaptureInput): readonly CapturedPart[] => {
  const messages = getMessages(input.text);
  return messages.map(({ bytes, span, problems }, index) =>
    bytesPart(input, messages.length === 1 ? "" : `#${index + 1} request`, span, bytes, problems),
  );
};

/** Decodes the value of a message parameter that stands at `span` of a text. */
export function messageAt(text: string, span: TextSpan): GetMessage {
  const value = text.slice(span.start, span.end);
  const problems: TextProblem[] = [];
  const { text: unescaped, times } = percentDecoded(value.replaceAll(String.raw`\/`, "/"));
  if (times > 1) {
    const message = `The message parameter is percent-encoded ${times === 2 ? "twice" : `${times} times`}; a server decodes it once and finds no base64.`;
    problems.push({ code: "base64.double", message, index: span.start });
  }
  if (value.includes("+")) {
    problems.push({
      code: "base64.character",
      message:
        'The message parameter holds a bare "+"; a server that decodes it as a form reads a blank there. It has to be written %2B (RFC 8894 §4.1).',
      index: span.start + value.indexOf("+"),
    });
  }
  if (unescaped.includes(" ")) {
    problems.push({
      code: "base64.character",
      message:
        'The message parameter holds blanks where "+" has to be; something decoded it as a form. They are read as "+".',
      index: span.start + Math.max(0, value.search(/ |%20/)),
    });
  }
  const { bytes, badAt } = readBase64(unescaped.replaceAll(" ", "+"));
  if (badAt !== undefined) {
    problems.push({
      code: "base64.character",
      message: `The message parameter holds ${JSON.stringify(unescaped[badAt])}, which is no base64; it is read up to there.`,
      index: Math.min(span.start + badAt, span.end),
    });
  }
  return { bytes, span, problems };
}

/** Where the last word of a text begins. */
function wordStart(text: string): number {
  let start = text.length;
  while (start > 0 && text.charCodeAt(start - 1) > 0x20) start--;
  return start;
}

/** Where a parameter's value ends; blanks belong to it where they stand for "+": up to the ` HTTP/1.1` of its line. */
function valueEnd(text: string, start: number): number {
  const stop = /[\s&#"'<>\\]/g;
  stop.lastIndex = start;
  // A slash may be escaped in JSON.
  let end = stop.exec(text)?.index ?? text.length;
  while (text.startsWith(String.raw`\/`, end))
    end = ((stop.lastIndex = end + 2), stop.exec(text)?.index ?? text.length);
  if (text[end] !== " ") return end;
  const more = /^(?: (?!HTTP\/)[A-Za-z0-9+/%=_-]*)+(?= HTTP\/\d|["'&]|\s*$)/.exec(text.slice(end, lineStop(text, end)));
  return more ? end + more[0].length : end;
}

function lineStop(text: string, from: number): number {
  const feed = text.indexOf("\n", from);
  return feed < 0 ? text.length : feed;
}
