import type { CaptureProblem } from "../capturedPart.js";
import type { BodyFraming } from "./bodyFraming.js";
import { ChunkedBody } from "./chunkedBody.js";
import { undoContentCoding } from "./contentCoding.js";
import { GrowingBytes } from "./growingBytes.js";
import { httpLimits } from "./httpLimits.js";
import { fieldValue, type HttpHead, type HttpMessage } from "./httpMessage.js";
import type { HttpParserEvents } from "./httpParser.js";
import { findStartLine } from "./startLine.js";

/** A message whose head is read and whose body is coming in. */
export class MessageInProgress {
  /** Bytes of the stream that it took so far, the head's included. */
  length = 0;
  readonly #body: GrowingBytes;
  readonly #problems: CaptureProblem[] = [];
  readonly #chunked: ChunkedBody | undefined;
  #remaining: number;
  #chunkedDone = false;
  #asked = false;
  /** Nobody wants more of the body than its beginning. */
  #cutOnPurpose = false;
  #lost: { offset: number; count: number } | undefined;

  constructor(
    readonly head: HttpHead,
    readonly framing: BodyFraming,
    private readonly start: { readonly offset: number; readonly at: number },
    private readonly events: Pick<HttpParserEvents, "keep" | "budget">,
  ) {
    this.#body = new GrowingBytes(httpLimits.bodyBytes, events.budget);
    this.#remaining = framing.kind === "length" ? framing.length : 0;
    if (framing.kind === "chunked") {
      this.#chunked = new ChunkedBody({
        data: (piece) => this.#append(piece),
        lost: (count) => this.#appendLost(count),
      });
    }
  }

  /** Whether nothing more belongs to it. A body that lasts until the connection ends is never whole before. */
  get isWhole(): boolean {
    switch (this.framing.kind) {
      case "length":
        return this.#remaining === 0;
      case "chunked":
        return this.#chunkedDone;
      case "untilClose":
        return false;
      default:
        return true;
    }
  }

  addProblem(code: CaptureProblem["code"], message: string): void {
    if (this.#problems.length < httpLimits.problems) this.#problems.push({ code, message, offset: this.start.offset });
  }

  /** Takes what belongs to the body; `problem` says why the body cannot go on. */
  push(bytes: Uint8Array): { used: number; problem?: string } {
    const result = this.#take(bytes);
    this.length += result.used;
    return result;
  }

  #take(bytes: Uint8Array): { used: number; problem?: string } {
    if (this.#chunked) {
      const { used, done, problem } = this.#chunked.push(bytes, 0);
      this.#chunkedDone = done === true;
      return problem === undefined ? { used } : { used, problem };
    }
    const piece = this.framing.kind === "length" ? bytes.subarray(0, this.#remaining) : bytes;
    this.#append(piece);
    this.#remaining -= piece.length;
    return { used: piece.length };
  }

  /** Takes note of lost bytes and gives how many of them belong to the body, as far as one can know. */
  skip(count: number): number {
    const inBody = this.#skipped(count);
    this.length += inBody;
    return inBody;
  }

  #skipped(count: number): number {
    if (this.#chunked) return this.#chunked.skip(count);
    if (this.framing.kind === "untilClose") {
      this.#appendLost(count);
      return count;
    }
    const lost = Math.min(count, this.#remaining);
    this.#appendLost(lost);
    this.#remaining -= lost;
    return lost;
  }

  /** Why a message that ends here is not whole; undefined where the end is its end. */
  whyIncomplete(): string | undefined {
    if (this.isWhole || this.framing.kind === "untilClose") return undefined;
    const came = this.#body.length + this.#body.dropped;
    return this.framing.kind === "length"
      ? `The body ends after ${came} of the ${this.framing.length} bytes that Content-Length promises.`
      : `The chunked body ends after ${came} bytes, before its last chunk.`;
  }

  /**
   * Cuts a body that lasts to the end of the input where another message begins on a line of its own, as in a file with
   * several messages, and gives what was cut off.
   */
  cutBeforeNextMessage(): Uint8Array | undefined {
    if (this.framing.kind !== "untilClose") return undefined;
    const bytes = this.#body.toBytes();
    for (let from = 0; ;) {
      const { found } = findStartLine(bytes, "either", from);
      if (found === undefined) return undefined;
      if (found === 0 || bytes[found - 1] === 0x0a) {
        this.#body.lower(found);
        this.length -= bytes.length - found;
        return bytes.subarray(found);
      }
      from = bytes.indexOf(0x0a, found);
      if (from < 0) return undefined;
    }
  }

  /** The message as it is now. */
  finish(endedAt: number, cut: string | undefined): HttpMessage {
    const bodyLength = this.#body.length + this.#body.dropped;
    if (this.#body.dropped > 0 && !this.#cutOnPurpose) {
      this.addProblem("http.limit", `The body has ${bodyLength} bytes; the first ${this.#body.length} are kept.`);
    }
    const why = this.#lostSentence() ?? cut;
    const body = this.#decodedBody();
    const { budget } = this.events;
    if (budget) budget.left -= body.length - this.#body.length;
    return {
      head: this.head,
      body,
      bodyLength,
      trailers: this.#chunked?.trailers ?? [],
      ...(why !== undefined && { cut: why }),
      problems: this.#problems,
      offset: this.start.offset,
      length: this.length,
      startedAt: this.start.at,
      endedAt,
    };
  }

  #lostSentence(): string | undefined {
    return (
      this.#lost &&
      `The capture lost ${this.#lost.count} bytes of the body, from byte ${this.#lost.offset} of it on; zeros stand in their place.`
    );
  }

  #decodedBody(): Uint8Array {
    const body = this.#body.toBytes();
    const coding = fieldValue(this.head, "Content-Encoding");
    // A body of which only the beginning was kept, because nobody wants it, is not worth unpacking.
    if (coding === undefined || body.length === 0 || this.#body.dropped > 0) return body;
    const { bytes, problem } = undoContentCoding(body, coding);
    if (problem !== undefined) this.addProblem("http.contentCoding", problem);
    return bytes;
  }

  #append(piece: Uint8Array): void {
    if (piece.length === 0) return;
    if (!this.#asked) this.#ask(piece);
    this.#body.append(piece, this.framing.kind === "length" ? this.framing.length : 0);
  }

  #appendLost(count: number): void {
    if (count === 0) return;
    if (!this.#asked) this.#ask(new Uint8Array());
    const offset = this.#body.length + this.#body.dropped;
    this.#lost = { offset: this.#lost?.offset ?? offset, count: (this.#lost?.count ?? 0) + count };
    this.#body.appendZeros(count);
  }

  #ask(beginning: Uint8Array): void {
    this.#asked = true;
    const wanted = this.events.keep?.(this.head, beginning);
    if (wanted === undefined || wanted >= httpLimits.bodyBytes) return;
    this.#cutOnPurpose = true;
    this.#body.lower(wanted);
  }
}
