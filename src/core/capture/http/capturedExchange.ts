import type { HttpExchange, HttpRequest, TransportFailure } from "../../scep/transport.js";
import type { CaptureProblem } from "../capturedPart.js";
import type { HttpGarbage } from "./httpParser.js";
import { fieldValue, type HttpMessage, type RequestHead, type ResponseHead } from "./httpMessage.js";

/** A request and the response to it, one of them at least, as they were captured. */
export interface MessagePair {
  readonly request?: HttpMessage<RequestHead> | undefined;
  readonly response?: HttpMessage<ResponseHead> | undefined;
}

/** How what was captured of a connection ended. */
export type ConnectionEnd = "closed" | "reset" | "captureEnded";

/** Where a conversation took place. */
export interface HttpOrigin {
  /** `address:port` of the server and of the client. */
  readonly server?: string;
  readonly client?: string;
  /** Whether the times given with the bytes are milliseconds since 1970; without a clock they mean nothing. */
  readonly clock: boolean;
}

/** An exchange out of a capture, with its place in it and what was wrong there. */
export interface CapturedExchange {
  readonly exchange: HttpExchange;
  readonly offset: number;
  readonly length: number;
  readonly problems: readonly CaptureProblem[];
}

/** Makes an exchange of what was captured of it (RFC 9110 §3.4). */
export function toCapturedExchange(
  { request, response }: MessagePair,
  origin: HttpOrigin,
  end: ConnectionEnd,
  garbage: readonly HttpGarbage[],
): CapturedExchange {
  const failure = failureOf({ request, response }, end);
  const timings = origin.clock ? timingsOf({ request, response }) : undefined;
  const first = request ?? response;
  const problems = [...garbage.map(garbageProblem), ...(request?.problems ?? []), ...(response?.problems ?? [])];
  if (request?.cut !== undefined) {
    problems.push({ code: "http.cut", message: `The request is not whole. ${request.cut}`, offset: request.offset });
  }
  if (!request && response) {
    const message = "The request that this response answers was not captured.";
    problems.push({ code: "http.requestMissing", message, offset: response.offset });
  }
  return {
    exchange: {
      request: requestOf(request, origin),
      ...(origin.server !== undefined && { remoteAddress: origin.server }),
      ...(origin.client !== undefined && { clientAddress: origin.client }),
      ...(response && {
        response: {
          status: response.head.status,
          reasonPhrase: response.head.reasonPhrase,
          headers: [...response.head.headers, ...response.trailers],
          body: response.body,
        },
      }),
      ...(failure && { failure }),
      ...(timings && { timings }),
    },
    offset: Math.min(request?.offset ?? Number.POSITIVE_INFINITY, response?.offset ?? Number.POSITIVE_INFINITY),
    length: first ? (request?.length ?? 0) + (response?.length ?? 0) : 0,
    problems,
  };
}

/** What was left out between messages, in a sentence. */
export function garbageProblem({ offset, length, reason }: HttpGarbage): CaptureProblem {
  const message = `${length === 1 ? "1 byte" : `${length} bytes`} at offset ${offset} ${length === 1 ? "belongs to no HTTP message and is" : "belong to no HTTP message and are"} left out.${reason === undefined ? "" : ` ${reason}`}`;
  return { code: "http.garbage", message, offset };
}

function requestOf(request: HttpMessage<RequestHead> | undefined, { server }: HttpOrigin): HttpRequest {
  const authority = server ?? "unknown";
  if (!request) return { method: "?", url: `http://${authority}/`, headers: {} };
  const { method, target, headers } = request.head;
  const host = fieldValue(request.head, "Host");
  const base = `http://${host === undefined || host === "" ? authority : host}`;
  return {
    method,
    url: /^[a-z][a-z0-9+.-]*:\/\//i.test(target)
      ? target
      : target.startsWith("/")
        ? base + target
        : `${base}/${target}`,
    headers: joined(headers),
    ...(request.bodyLength > 0 && { body: request.body }),
  };
}

/** Repeated fields become one, as RFC 9110 §5.3 allows. */
function joined(headers: RequestHead["headers"]): Readonly<Record<string, string>> {
  const fields = new Map<string, string>();
  const spelling = new Map<string, string>();
  for (const [name, value] of headers) {
    const known = spelling.get(name.toLowerCase()) ?? name;
    spelling.set(name.toLowerCase(), known);
    const before = fields.get(known);
    fields.set(known, before === undefined ? value : `${before}, ${value}`);
  }
  return Object.fromEntries(fields);
}

function failureOf({ request, response }: MessagePair, end: ConnectionEnd): TransportFailure | undefined {
  if (response?.cut !== undefined) {
    return {
      code: "responseCut",
      sentence: `The response is not whole. ${response.cut} Capture it anew, or look at the server's own log.`,
      detail: response.cut,
    };
  }
  if (response || !request) return undefined;
  switch (end) {
    case "closed":
      return {
        code: "connectionLost",
        sentence: "The connection was closed before an answer came. Look at the server's log of that time.",
        detail: "FIN before any byte of a response.",
      };
    case "reset":
      return {
        code: "connectionLost",
        sentence: "The connection was reset before an answer came. Look for a firewall or a server that ended it.",
        detail: "RST before any byte of a response.",
      };
    default:
      return {
        code: "notCaptured",
        sentence:
          "The capture holds no answer to this request. Capture until the answer is there, and both directions.",
        detail: "The capture ended with the request unanswered.",
      };
  }
}

function timingsOf({ request, response }: MessagePair): HttpExchange["timings"] {
  const start = request?.startedAt ?? response?.startedAt ?? 0;
  const end = response?.endedAt ?? request?.endedAt ?? start;
  const date = new Date(Math.round(start));
  return {
    startedAt: Number.isNaN(date.getTime()) ? new Date(0).toISOString() : date.toISOString(),
    ...(request && response && { firstByteMs: milliseconds(response.startedAt - start) }),
    totalMs: milliseconds(Math.max(0, end - start)),
  };
}

/** To the microsecond: what lies below is noise of the arithmetic. */
function milliseconds(value: number): number {
  return Math.round(value * 1000) / 1000;
}
