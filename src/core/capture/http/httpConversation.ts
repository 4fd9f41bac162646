import { isInterim } from "./bodyFraming.js";
import {
  type CapturedExchange,
  type ConnectionEnd,
  type HttpOrigin,
  type MessagePair,
  toCapturedExchange,
} from "./capturedExchange.js";
import type { HttpMessage, RequestHead, ResponseHead } from "./httpMessage.js";
import { type HttpGarbage, HttpParser, type HttpParserEvents } from "./httpParser.js";

/** Messages of one side that wait for the other side's: more means that only one side was captured. */
const mostWaiting = 64;

/** One side of a connection. */
export type Side = "request" | "response";

/**
 * The two directions of one connection: takes the bytes of both, pairs requests with responses, and hands on each
 * exchange as soon as its response is whole. Waits for what may still come until {@link end}.
 */
export class HttpConversation {
  readonly #requestParser: HttpParser;
  readonly #responseParser: HttpParser;
  readonly #requests: HttpMessage<RequestHead>[] = [];
  readonly #responses: HttpMessage<ResponseHead>[] = [];
  #garbage: HttpGarbage[] = [];
  /** A whole response may be among what was lost: the next one need not answer the oldest request. */
  #responseMissed = false;

  constructor(
    private readonly origin: HttpOrigin,
    private readonly found: (exchange: CapturedExchange) => void,
    private readonly shared: Pick<HttpParserEvents, "keep" | "budget"> = {},
  ) {
    this.#requestParser = new HttpParser("request", {
      ...shared,
      message: (message) => this.take(message),
      garbage: (garbage) => this.#garbage.push(garbage),
    });
    this.#responseParser = new HttpParser("response", {
      ...shared,
      message: (message) => this.take(message),
      garbage: (garbage) => {
        this.#responseMissed = true;
        this.#garbage.push(garbage);
      },
      requestMethod: () => this.#requests[this.#responses.length]?.head.method,
    });
  }

  /** Whether another protocol took the connection over, on both sides as it always is. */
  get otherProtocol(): boolean {
    return this.#responseParser.otherProtocol;
  }

  /** Takes bytes of one side; `at` and `place` as {@link HttpParser.push} wants them. */
  push(side: Side, bytes: Uint8Array, at: number, place?: number): void {
    this.#parserOf(side).push(bytes, at, place);
  }

  /** Takes note that so many bytes of one side were lost. */
  skip(side: Side, count: number, at: number): void {
    this.#parserOf(side).skip(count, at);
    if (side === "response") this.#responseMissed = true;
  }

  /** Takes a message that is read already, as a file with several of them gives it. */
  take({ head, ...message }: HttpMessage): void {
    if (head.kind === "request") {
      this.#requests.push({ ...message, head });
    } else if (!isInterim(head)) {
      this.#responses.push({ ...message, head });
    }
    this.#pair("captureEnded");
  }

  /** One side ends: a response that lasts until then is whole now. */
  endSide(side: Side): void {
    this.#parserOf(side).end();
  }

  /** Nothing more comes: hands on what has found no partner. */
  end(how: ConnectionEnd): readonly HttpGarbage[] {
    this.#requestParser.end();
    this.#responseParser.end();
    for (const response of this.#responses.splice(0)) this.#handOn({ response }, how);
    for (const request of this.#requests.splice(0)) this.#handOn({ request }, how);
    return this.#garbage.splice(0);
  }

  #parserOf(side: Side): HttpParser {
    return side === "request" ? this.#requestParser : this.#responseParser;
  }

  #pair(end: ConnectionEnd): void {
    for (let response = this.#responses[0]; response; response = this.#responses[0]) {
      const request = this.#requests[0];
      if (!request) {
        if (this.#responses.length <= mostWaiting) return;
        this.#responses.shift();
        this.#handOn({ response }, end);
        continue;
      }
      const next = this.#requests[1];
      if (this.origin.clock && response.startedAt < request.startedAt) {
        // It was there before the first request that was captured.
        this.#responses.shift();
        this.#handOn({ response }, end);
      } else if (this.#responseMissed && next && this.origin.clock && next.startedAt <= response.startedAt) {
        this.#requests.shift();
        this.#handOn({ request }, end);
      } else {
        this.#responseMissed = false;
        this.#responses.shift();
        this.#requests.shift();
        this.#handOn({ request, response }, end);
      }
    }
    if (this.#requests.length > mostWaiting) this.#handOn({ request: this.#requests.shift() }, end);
  }

  #handOn(pair: MessagePair, end: ConnectionEnd): void {
    const { budget } = this.shared;
    if (budget) budget.left += (pair.request?.body.length ?? 0) + (pair.response?.body.length ?? 0);
    this.found(toCapturedExchange(pair, this.origin, end, this.#garbage.splice(0)));
  }
}
