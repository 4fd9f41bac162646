import type { CapturedPart } from "../capturedPart.js";
import { type CapturedExchange, garbageProblem } from "./capturedExchange.js";
import { HttpConversation } from "./httpConversation.js";
import { type HttpGarbage, HttpParser } from "./httpParser.js";
import { beginsMessage, readRequestLine, readStatusLine } from "./startLine.js";

/** A start line is looked for in so many bytes. */
const longestStartLine = 64 * 1024;

/** Whether an input begins with the start line of an HTTP message, blank lines before it apart. */
export function looksLikeHttp(bytes: Uint8Array): boolean {
  let start = 0;
  while (start < bytes.length && (bytes[start] === 0x0d || bytes[start] === 0x0a)) start++;
  const head = bytes.subarray(start, start + longestStartLine);
  if (beginsMessage(head, "either") !== "yes") return false;
  const end = head.indexOf(0x0a);
  const line = new TextDecoder("latin1").decode(end < 0 ? head : head.subarray(0, end)).replace(/\r$/, "");
  return readRequestLine(line) !== undefined || readStatusLine(line) !== undefined;
}

/**
 * The exchanges of an input that holds HTTP messages one behind the other, as a proxy or `curl -i` saves them: requests,
 * responses, or both in turns. What stands between them and is none is given as bytes. Without a clock, exchanges have no
 * timings.
 */
export function readHttpText(bytes: Uint8Array): CapturedPart[] {
  const exchanges: CapturedExchange[] = [];
  const garbage: HttpGarbage[] = [];
  const conversation = new HttpConversation({ clock: false }, (exchange) => exchanges.push(exchange));
  const methods: string[] = [];
  const parser = new HttpParser("either", {
    message: (message) => {
      if (message.head.kind === "request") methods.push(message.head.method);
      else methods.shift();
      conversation.take(message);
    },
    garbage: (found) => garbage.push(found),
    requestMethod: () => methods[0],
  });
  parser.push(bytes);
  parser.end();
  conversation.end("captureEnded");
  const parts: CapturedPart[] = [
    ...exchanges.map((captured): CapturedPart => ({ kind: "exchange", label: "", ...captured })),
    ...garbage.map((found): CapturedPart => ({
      kind: "bytes",
      label: "",
      bytes: bytes.subarray(found.offset, found.offset + found.length),
      offset: found.offset,
      length: found.length,
      problems: [garbageProblem(found)],
    })),
  ];
  return parts
    .toSorted((a, b) => a.offset - b.offset)
    .map((part, index, all) => ({ ...part, label: all.length === 1 ? "" : `#${index + 1}` }));
}
