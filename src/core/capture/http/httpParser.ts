import { type BodyFraming, bodyFraming } from "./bodyFraming.js";
import { endOfHeaderBlock, readHeaderBlock } from "./headerBlock.js";
import { GrowingBytes, type MemoryBudget } from "./growingBytes.js";
import { httpLimits } from "./httpLimits.js";
import type { HttpHead, HttpMessage } from "./httpMessage.js";
import { MessageInProgress } from "./messageInProgress.js";
import { beginsMessage, type ExpectedMessages, findStartLine } from "./startLine.js";

/** Bytes between two messages that are none. */
export interface HttpGarbage {
  /** Where they began in the container, and how many they are. */
  readonly offset: number;
  readonly length: number;
  /** The first of them, at most {@link httpLimits.garbageBytes}. */
  readonly bytes: Uint8Array;
  /** Why they are left out, where that is known, in a sentence. */
  readonly reason?: string;
}

/** What a parser tells and asks. */
export interface HttpParserEvents {
  /** A message is complete, or as complete as it will be. */
  message(message: HttpMessage): void;
  /** Bytes were left out. */
  garbage?(garbage: HttpGarbage): void;
  /** The method of the request that the response now beginning answers: HEAD is answered without a body. */
  requestMethod?(): string | undefined;
  /**
   * How many bytes of a body to keep, asked when its first bytes are there; the limit of {@link httpLimits} where absent.
   */
  readonly keep?: (head: HttpHead, beginning: Uint8Array) => number;
  /** Memory for bodies that several parsers share. Whoever gets a message gives the length of its body back in the end. */
  readonly budget?: MemoryBudget;
}

/** Bytes kept of what is no message while the next start line is looked for: the longest request line found there. */
const searchWindow = 16 * 1024;

/**
 * Reads HTTP/1.x messages (RFC 9112) out of a stream that comes in pieces of any size: requests, responses, or both in a
 * row. It never gives up: what is no message is left out, told, and the next start line is looked for. Bounded by
 * {@link httpLimits}, whatever comes.
 */
export class HttpParser {
  #state: "start" | "searching" | "body" | "otherProtocol" = "start";
  /** Bytes seen that belong to nothing yet: a header block that goes on, or the end of what is searched. */
  readonly #held = new GrowingBytes(Number.POSITIVE_INFINITY);
  /** Bytes at the front of `#held` in which nobody needs to look again. */
  #scanned = 0;
  /** Stream offset of the first byte that is neither held nor consumed. */
  #offset = 0;
  /** When the message at hand began, and what makes a container offset of a stream offset there. */
  #startedAt = 0;
  #startShift = 0;
  #at = 0;
  #shift = 0;
  #message: MessageInProgress | undefined;
  #garbage: { offset: number; length: number; bytes: GrowingBytes; reason?: string } | undefined;

  constructor(
    private readonly expects: ExpectedMessages,
    private readonly events: HttpParserEvents,
  ) {}

  /** Whether it waits for the beginning of a message, with nothing of one there. */
  get idle(): boolean {
    return this.#state === "start" && this.#held.length === 0;
  }

  /** Whether another protocol took over: an upgrade, or a tunnel. */
  get otherProtocol(): boolean {
    return this.#state === "otherProtocol";
  }

  /**
   * Reads on.
   *
   * @param at when the bytes came, in whatever unit the caller counts; messages carry the first and the last
   * @param place where the first of the bytes stands in the container; the stream's own offset where absent
   */
  push(chunk: Uint8Array, at = 0, place = this.#offset): void {
    this.#at = at;
    this.#shift = place - this.#offset;
    let rest = chunk;
    while (rest.length > 0 && this.#state !== "otherProtocol") {
      if (this.#state === "start") rest = this.#readHead(rest);
      else if (this.#state === "searching") rest = this.#search(rest);
      else rest = this.#readBody(rest);
    }
    this.#offset += rest.length;
  }

  /** Takes note that so many bytes of the stream were lost: a body goes on behind them, anything else is looked for anew. */
  skip(count: number, at = this.#at): void {
    this.#at = at;
    let lost = count;
    if (this.#state === "body" && this.#message) {
      const inBody = this.#message.skip(count);
      lost -= inBody;
      this.#offset += inBody;
      if (this.#message.isWhole || lost > 0) this.#finish(lost > 0 ? "The rest of the message was lost." : undefined);
    }
    if (lost > 0) {
      this.#endHeld("The rest of its header block was lost.");
      this.#endGarbage();
      this.#offset += lost;
      if (this.#state !== "otherProtocol") this.#state = "searching";
    }
  }

  /** The stream ends: hands on what is there of the last message. */
  end(): void {
    if (this.#state === "body" && this.#message) {
      const following = this.expects === "either" ? this.#message.cutBeforeNextMessage() : undefined;
      this.#finish(this.#message.whyIncomplete());
      if (following) {
        this.#offset -= following.length;
        this.push(following, this.#at);
        this.end();
        return;
      }
    } else {
      this.#endHeld("The message ends within its headers.");
    }
    this.#endGarbage();
    this.#state = "start";
  }

  /** Nothing follows what is held: with its start line it is a message, as far as it goes, else it is none. */
  #endHeld(why: string): void {
    if (this.#held.length === 0) return;
    const held = this.#held.toBytes();
    this.#held.clear();
    this.#scanned = 0;
    const isHead = this.#state === "start" && held.includes(0x0a);
    const head = isHead ? readHeaderBlock(held) : undefined;
    if (head) {
      this.#message = this.#started(head, { kind: "none" }, this.#offset - held.length);
      this.#finish(why);
    } else {
      this.#leaveOut(held);
    }
  }

  /** What is held and the next bytes in one; the held ones are forgotten, for the caller to hold again. */
  #withHeld(rest: Uint8Array): Uint8Array {
    if (this.#held.length === 0) return rest;
    this.#held.append(rest);
    return this.#held.view;
  }

  #readHead(chunk: Uint8Array): Uint8Array {
    let blank = 0;
    if (this.#held.length === 0) {
      // Empty lines before a message are no fault (RFC 9112 §2.2).
      while (blank < chunk.length && (chunk[blank] === 0x0d || chunk[blank] === 0x0a)) blank++;
      this.#offset += blank;
      if (blank === chunk.length) return chunk.subarray(blank);
      this.#startedAt = this.#at;
      this.#startShift = this.#shift;
    }
    const fresh = chunk.subarray(blank);
    const bytes = this.#withHeld(fresh);
    const begins = beginsMessage(bytes, this.expects);
    const end = begins === "yes" ? endOfHeaderBlock(bytes, Math.max(0, this.#scanned - 3)) : undefined;
    const tooLong = end === undefined ? bytes.length > httpLimits.headerBytes : end > httpLimits.headerBytes;
    const head = end === undefined || tooLong ? undefined : readHeaderBlock(bytes.subarray(0, end));
    if (head && end !== undefined) {
      const rest = bytes.subarray(end);
      const before = this.#offset + fresh.length - bytes.length;
      this.#endGarbage();
      this.#held.clear();
      this.#scanned = 0;
      this.#offset = before + end;
      this.#begin(head, before, end);
      return rest;
    }
    if (begins === "no" || tooLong || end !== undefined) {
      const reason = tooLong ? `A header block is longer than ${httpLimits.headerBytes} bytes.` : undefined;
      return this.#startSearch(bytes, fresh.length, reason);
    }
    if (this.#held.length === 0) this.#held.append(fresh);
    this.#scanned = this.#held.length;
    this.#offset += fresh.length;
    return new Uint8Array();
  }

  /** What looked like a header block is none: the first byte is left out, and the search begins behind it. */
  #startSearch(bytes: Uint8Array, fresh: number, reason: string | undefined): Uint8Array {
    const all = bytes.slice();
    this.#offset -= all.length - fresh;
    this.#held.clear();
    this.#scanned = 0;
    this.#state = "searching";
    this.#leaveOut(all.subarray(0, 1), reason, this.#offset);
    this.#offset += 1;
    return all.subarray(1);
  }

  #search(chunk: Uint8Array): Uint8Array {
    const bytes = this.#withHeld(chunk);
    const { found, searched } = findStartLine(bytes, this.expects, Math.max(0, this.#scanned - 12));
    const before = this.#offset + chunk.length - bytes.length;
    const useless = found ?? Math.max(searched, bytes.length - searchWindow);
    // A few bytes at a time are not worth moving the rest to the front for.
    const dropped = found === undefined && useless < searchWindow && bytes.length < 2 * searchWindow ? 0 : useless;
    this.#leaveOut(bytes.subarray(0, dropped), undefined, before);
    if (found !== undefined) {
      const rest = bytes.subarray(found);
      this.#held.clear();
      this.#scanned = 0;
      this.#offset = before + found;
      this.#state = "start";
      return rest;
    }
    if (this.#held.length === 0) this.#held.append(chunk);
    this.#held.dropFront(dropped);
    this.#scanned = this.#held.length;
    this.#offset += chunk.length;
    return new Uint8Array();
  }

  #begin(head: HttpHead, offset: number, length: number): void {
    const method = head.kind === "response" ? this.events.requestMethod?.() : undefined;
    const { framing, problem } = bodyFraming(head, method);
    this.#message = this.#started(head, framing, offset);
    this.#message.length = length;
    if (problem !== undefined) this.#message.addProblem("http.framing", problem);
    this.#state = "body";
    if (this.#message.isWhole) this.#finish(undefined);
  }

  #started(head: HttpHead, framing: BodyFraming, offset: number): MessageInProgress {
    const start = { offset: offset + this.#startShift, at: this.#startedAt };
    return new MessageInProgress(head, framing, start, this.events);
  }

  #readBody(rest: Uint8Array): Uint8Array {
    const message = this.#message as MessageInProgress;
    const { used, problem } = message.push(rest);
    this.#offset += used;
    if (problem !== undefined) {
      this.#finish(problem);
      this.#state = "searching";
    } else if (message.isWhole) {
      this.#finish(undefined);
    }
    return rest.subarray(used);
  }

  #finish(cut: string | undefined): void {
    const message = this.#message as MessageInProgress;
    this.#message = undefined;
    this.#state = message.framing.kind === "otherProtocol" ? "otherProtocol" : "start";
    this.events.message(message.finish(this.#at, cut));
  }

  #leaveOut(bytes: Uint8Array, reason?: string, offset = this.#offset - bytes.length): void {
    if (bytes.length === 0) return;
    this.#garbage ??= { offset: offset + this.#shift, length: 0, bytes: new GrowingBytes(httpLimits.garbageBytes) };
    if (reason !== undefined) this.#garbage.reason ??= reason;
    this.#garbage.bytes.append(bytes);
    this.#garbage.length += bytes.length;
  }

  #endGarbage(): void {
    const garbage = this.#garbage;
    if (!garbage) return;
    this.#garbage = undefined;
    const { offset, length, reason } = garbage;
    const bytes = garbage.bytes.toBytes();
    // White space between messages is nothing that anybody misses.
    if (bytes.every((octet) => octet === 0x20 || (octet >= 0x09 && octet <= 0x0d))) return;
    this.events.garbage?.({ offset, length, bytes, ...(reason !== undefined && { reason }) });
  }
}
