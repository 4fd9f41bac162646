import { type CaptureInput, exchangePart } from "./captureInput.js";
import type { CapturedPart } from "./capturedPart.js";
import { captureLimits } from "./limits.js";
import { type LoggedExchange, loggedExchange, operationIn } from "./loggedExchange.js";
import { textLines } from "./textLines.js";

/** A URL, or the path of one, with a SCEP operation in its query; `&` may be escaped as in HTML or in Go's JSON. */
const target =
  /(?:https?:\\?\/)?\\?\/[^\s"'<>]{0,2000}?(?:\?|&|&amp;|\\u0026)operation=(?:PKIOperation|GetCACaps|GetCACert|GetNextCACert)\b[^\s"'<>]*/i;

/**
 * The SCEP exchanges in the log of a web server or a proxy: Apache's and nginx's lines, logfmt and JSON as micromdm and
 * step-ca write them. The message of a GET is in its URL; nobody logs the body of a POST, nor a response's.
 */
export const readAccessLog = (input: CaptureInput): readonly CapturedPart[] => {
  const { text } = input;
  if (!/operation=(?:PKIOperation|GetCA|GetNextCA)/i.test(text)) return [];
  const parts: CapturedPart[] = [];
  for (const { text: line, start } of textLines(text)) {
    if (parts.length > captureLimits.parts) break;
    const match = line.includes("operation=") || /operation=/i.test(line) ? target.exec(line) : null;
    const logged = match && statusIn(line, match);
    if (!logged) continue;
    const span = { start, end: start + line.length };
    parts.push(exchangePart(input, `#${parts.length + 1} ${operationIn(logged.url)}`, span, loggedExchange(logged)));
  }
  return parts;
};

function statusIn(line: string, match: RegExpExecArray): LoggedExchange | undefined {
  const behind = line.slice(match.index + match[0].length);
  const before = line.slice(0, match.index);
  // "GET /scep?… HTTP/1.1" 200 1234
  const common = /^(?: HTTP\/[\d.]+)?\\?" (\d{3}) (?:\d+|-)/.exec(behind);
  const named = /["\s,{](?:status|status_code|statusCode|code|response_code)\\?"?[=:]\s?\\?"?(\d{3})\b/i.exec(
    before + " " + behind,
  );
  const status = common?.[1] ?? named?.[1];
  if (status === undefined) return undefined;
  const method = common
    ? /([A-Z]{3,10}) $/.exec(before)?.[1]
    : /["\s,{](?:method|verb|request_method)\\?"?[=:]\s?\\?"?([A-Z]{3,10})\b/i.exec(before + " " + behind)?.[1];
  return {
    method: method ?? "?",
    url: match[0].replaceAll(/&amp;|\\u0026/gi, "&").replaceAll(String.raw`\/`, "/"),
    status: Number(status),
    startedAt: timeIn(before + behind),
    durationMs: durationIn(behind + before),
  };
}

/** The time of a line: ISO 8601, or Apache's `25/Nov/2026:15:38:30 +0000`. */
function timeIn(line: string): Date | undefined {
  const iso = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)/.exec(line)?.[0];
  if (iso !== undefined) return new Date(iso.replace(/(\.\d{3})\d+/, "$1"));
  const apache = /\[(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d:\d\d:\d\d) ([+-]\d{4})\]/.exec(line);
  return apache ? new Date(`${apache[1]} ${apache[2]} ${apache[3]} ${apache[4]} ${apache[5]}`) : undefined;
}

/** How long it took, of lines that say so with a unit: `took=1.25ms`, `"duration":"360.072µs"`. */
function durationIn(line: string): number | undefined {
  const match = /["\s,{](?:took|duration|elapsed)\\?"?[=:]\s?\\?"?([\d.]{1,20})(ns|µs|Âµs|us|ms|s)\b/.exec(line);
  if (!match) return undefined;
  const scale = { ns: 1e-6, ms: 1, s: 1000 }[match[2] as string] ?? 1e-3;
  return Number(match[1]) * scale;
}
