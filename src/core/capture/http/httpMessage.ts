import type { CaptureProblem } from "../capturedPart.js";

/** Name and value of a header field as they came. */
export type HeaderField = readonly [name: string, value: string];

interface HeadBase {
  /** `1.1`. */
  readonly version: string;
  /** In their order, repeated ones included; folded lines joined. Hostile text, Latin-1. */
  readonly headers: readonly HeaderField[];
}

/** Start line and headers of a request (RFC 9112 §3). */
export interface RequestHead extends HeadBase {
  readonly kind: "request";
  readonly method: string;
  /** As it came: `/certsrv/mscep/mscep.dll?operation=GetCACaps`, or a whole URL to a proxy. */
  readonly target: string;
}

/** Status line and headers of a response (RFC 9112 §4). */
export interface ResponseHead extends HeadBase {
  readonly kind: "response";
  readonly status: number;
  readonly reasonPhrase: string;
}

/** Start line and headers of a message. */
export type HttpHead = RequestHead | ResponseHead;

/** One message as it was read out of a stream, whole or as much as came. */
export interface HttpMessage<Head extends HttpHead = HttpHead> {
  readonly head: Head;
  /** With transfer and content codings undone; bytes that the capture lost are zero. */
  readonly body: Uint8Array;
  /** Fields behind a chunked body. */
  readonly trailers: readonly HeaderField[];
  /** How many bytes of body came, before the content coding was undone, those not kept included. */
  readonly bodyLength: number;
  /** Why the body is not whole, in a sentence; absent where it is. */
  readonly cut?: string;
  readonly problems: readonly CaptureProblem[];
  /** Where it began in the container, and how many bytes of the stream it took. */
  readonly offset: number;
  readonly length: number;
  /** What `push` was told of the time at which its first and its last bytes came. */
  readonly startedAt: number;
  readonly endedAt: number;
}

/** The value of a header, its name compared without case; of repeated ones the first. Undefined where it is absent. */
export function fieldValue(head: HttpHead, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return head.headers.find((field) => field[0].toLowerCase() === wanted)?.[1];
}
