import type { HttpExchange } from "../scep/transport.js";
import { bytesAt, type CaptureInput, exchangePart, type TextProblem, type TextSpan } from "./captureInput.js";
import type { CapturedPart } from "./capturedPart.js";
import { hexDumps } from "./hexDump.js";
import { readHttpText } from "./http/readHttpText.js";
import { captureLimits } from "./limits.js";
import { loggedExchange, operationIn } from "./loggedExchange.js";
import { lineEnd, textLines } from "./textLines.js";

/** One exchange while its lines are collected. */
interface Talk {
  readonly request: string[];
  readonly response: string[];
  readonly start: number;
  /** Where the response's headers end and its body may begin. */
  bodyStart?: number;
  end: number;
}

/**
 * The exchanges that `curl -v` prints: `> ` before the lines of a request's head, `< ` before those of a response's, and
 * the response's body between them where the terminal showed it. curl does not print what it sent as a body.
 */
export const readCurlVerbose = (input: CaptureInput): readonly CapturedPart[] => {
  if (!/^> [A-Z]{3,10} \S+ HTTP\/[\d.]+\r?$/m.test(input.text) || !/^< HTTP\/\d/m.test(input.text)) return [];
  const talks = talksOf(input.text);
  return talks.slice(0, captureLimits.parts + 1).map((talk, index) => {
    const { exchange, problems } = exchangeOf(input, talk);
    const label = `#${index + 1} ${operationIn(exchange.request.url)}`;
    return exchangePart(input, label, { start: talk.start, end: talk.end }, exchange, problems);
  });
};

function talksOf(text: string): Talk[] {
  const talks: Talk[] = [];
  let current: Talk | undefined;
  for (const { text: line, start } of textLines(text)) {
    const end = start + line.length;
    if (/^> [A-Z]{3,10} \S+ HTTP\/[\d.]+$/.test(line)) {
      current = { request: [line.slice(2)], response: [], start, end };
      talks.push(current);
    } else if (!current) {
      continue;
    } else if (line.startsWith(">") && current.response.length === 0) {
      current.request.push(line.slice(2));
    } else if (/^< HTTP\/\d/.test(line)) {
      // Of an interim response (100 Continue) the final one takes the place.
      current.response.splice(0, current.response.length, line.slice(2));
    } else if (line.startsWith("<") && current.bodyStart === undefined) {
      if (line.trim() === "<") current.bodyStart = end + (text[end] === "\r" ? 2 : 1);
      else current.response.push(line.slice(2));
    } else if (/^(?:\* |[{}] \[\d+ bytes data\])/.test(line)) {
      // The note about the data comes before the body, everything else behind it.
      if (current.bodyStart !== undefined && start <= current.bodyStart) current.bodyStart = end + 1;
      else if (current.bodyStart !== undefined) current = undefined;
      continue;
    }
    if (current) current.end = end;
  }
  return talks;
}

function exchangeOf(input: CaptureInput, talk: Talk): { exchange: HttpExchange; problems: TextProblem[] } {
  const [requestLine = "", ...requestFields] = talk.request;
  const [, method = "?", target = "/"] = /^(\S+) (\S+)/.exec(requestLine) ?? [];
  const request = fieldsOf(requestFields);
  const response = fieldsOf(talk.response.slice(1));
  const status = /^HTTP\/[\d.]+ (\d{3}) ?(.*)$/.exec(talk.response[0] ?? "");
  const host = valueOf(request, "host") ?? "unknown";
  const body = status ? bodyOf(input, talk, valueOf(response, "content-length")) : undefined;
  const base = loggedExchange({
    method,
    url: target.startsWith("/") ? `http://${host}${target}` : target,
    status: status ? Number(status[1]) : undefined,
    reasonPhrase: status?.[2],
    body,
  });
  const sent = Number(valueOf(request, "content-length") ?? 0);
  const message = `The request had a body of ${sent} bytes, which curl -v does not print. curl --trace FILE writes it.`;
  return {
    exchange: {
      ...base,
      request: { ...base.request, headers: Object.fromEntries(request) },
      ...(base.response && { response: { ...base.response, headers: response } }),
    },
    problems: sent > 0 ? [{ code: "log.message", message, index: talk.start }] : [],
  };
}

/** The response's body, where it stands in the text; undefined where it went elsewhere. */
function bodyOf(input: CaptureInput, talk: Talk, length: string | undefined): Uint8Array | undefined {
  if (talk.bodyStart === undefined || talk.bodyStart >= talk.end) return length === "0" ? new Uint8Array() : undefined;
  const span: TextSpan = { start: talk.bodyStart, end: Math.min(input.text.length, lineEnd(input.text, talk.end) + 1) };
  const bytes = bytesAt(input, span);
  return length !== undefined && Number(length) < bytes.length ? bytes.subarray(0, Number(length)) : bytes;
}

function fieldsOf(lines: readonly string[]): [string, string][] {
  return lines.flatMap((line): [string, string][] => {
    const match = /^([!-9;-~]+):[ \t]*(.*)$/.exec(line);
    return match ? [[match[1] as string, (match[2] as string).trim()]] : [];
  });
}

function valueOf(fields: readonly (readonly [string, string])[], name: string): string | undefined {
  return fields.find(([field]) => field.toLowerCase() === name)?.[1];
}

const section = /^(?:[\d:.]+ )?(=>|<=) (?:Send|Recv) (?:header|data), (\d+) bytes \(0x[0-9a-f]+\)\r?$/gm;

/** The exchanges that `curl --trace FILE` writes: dumps of everything that was sent and received, each below its heading. */
export const readCurlTrace = (input: CaptureInput): readonly CapturedPart[] => {
  const { text } = input;
  if (!text.includes(" bytes (0x")) return [];
  const sections = [...text.matchAll(section)];
  const pieces = sections.map((match, index) => {
    const start = match.index + match[0].length + 1;
    const end = sections[index + 1]?.index ?? text.length;
    return hexDumps(text, start, end)[0]?.bytes ?? new Uint8Array();
  });
  if (pieces.every(({ length }) => length === 0)) return [];
  const stream = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    stream.set(piece, at);
    at += piece.length;
  }
  const whole = { offset: 0, length: input.bytes.length };
  return readHttpText(stream).map((part) => ({
    ...part,
    ...whole,
    problems: part.problems.map((problem) => ({ ...problem, offset: 0 })),
  }));
};
