import { fieldValue, type HttpHead, type ResponseHead } from "./httpMessage.js";

/** Where the body of a message ends (RFC 9112 §6.3). */
export type BodyFraming =
  | { readonly kind: "none" }
  /** After so many bytes. */
  | { readonly kind: "length"; readonly length: number }
  | { readonly kind: "chunked" }
  /** Where the connection ends. */
  | { readonly kind: "untilClose" }
  /** Nowhere: what follows is another protocol (a tunnel of CONNECT, an upgrade). */
  | { readonly kind: "otherProtocol" };

/** The framing, and what is wrong with how the headers say it. */
export interface FramingOfBody {
  readonly framing: BodyFraming;
  readonly problem?: string;
}

/**
 * How the end of a message's body is known (RFC 9112 §6.3).
 *
 * @param method of the request that a response answers, where it is known: HEAD is answered without a body
 */
export function bodyFraming(head: HttpHead, method: string | undefined): FramingOfBody {
  if (head.kind === "response") {
    const { status } = head;
    if (status === 101 || (method === "CONNECT" && status >= 200 && status < 300)) {
      return { framing: { kind: "otherProtocol" } };
    }
    if (status < 200 || status === 204 || status === 304 || method === "HEAD") return { framing: { kind: "none" } };
  }
  const coding = fieldValue(head, "Transfer-Encoding");
  if (coding !== undefined && /(?:^|,)\s*chunked\s*$/i.test(coding)) return { framing: { kind: "chunked" } };
  return withLength(head);
}

function withLength(head: HttpHead): FramingOfBody {
  const otherwise: BodyFraming = { kind: head.kind === "response" ? "untilClose" : "none" };
  const values = head.headers
    .filter(([name]) => name.toLowerCase() === "content-length")
    .flatMap(([, value]) => value.split(",").map((part) => part.trim()));
  const [first] = values;
  if (first === undefined) return { framing: otherwise };
  const length = /^\d{1,15}$/.test(first) ? Number(first) : undefined;
  if (length === undefined) {
    return {
      framing: otherwise,
      problem: `Content-Length is ${JSON.stringify(first.slice(0, 40))}, which is no number.`,
    };
  }
  const framing: BodyFraming = { kind: "length", length };
  return values.every((value) => value === first)
    ? { framing }
    : {
        framing,
        problem: `There are several values of Content-Length (${values.slice(0, 4).join(", ")}); the first is taken.`,
      };
}

/** Whether a response only announces another one (RFC 9110 §15.2): 100 Continue, 103 Early Hints. */
export function isInterim({ status }: ResponseHead): boolean {
  return status >= 100 && status < 200 && status !== 101;
}
