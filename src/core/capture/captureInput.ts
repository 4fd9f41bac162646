import { asciiText, byteOffsetIn, type ByteText } from "../asn1/byteText.js";
import type { HttpExchange } from "../scep/transport.js";
import type { CapturedPart, CaptureProblem, CaptureProblemCode } from "./capturedPart.js";
import { captureLimits } from "./limits.js";

/** What a reader of this room is given: an input's bytes, and its text with one character for each of them. */
export interface CaptureInput {
  readonly bytes: Uint8Array;
  /** The text of {@link asciiText}: an index in it is a place in the bytes. */
  readonly text: string;
  readonly source: ByteText;
}

/** A problem that a reader met, with the index in the text of what it concerns. */
export interface TextProblem {
  readonly code: CaptureProblemCode;
  readonly message: string;
  /** What to do about this one, where that is not what its rule says. */
  readonly remedy?: string;
  readonly index: number;
}

/** Where in the text something stands: from one index up to another. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

/** Reads one kind of container. Gives the parts in their order, none where the input is no such container. Never throws. */
export type CaptureReader = (input: CaptureInput) => readonly CapturedPart[];

/** The input for some bytes; of bytes that are longer than a text can be, for as many as can. */
export function captureInput(bytes: Uint8Array): CaptureInput {
  const source = asciiText(bytes.subarray(0, captureLimits.text));
  return { bytes, text: source.text, source };
}

/** A part that holds bytes, which were spelled at `span` of the text. */
export function bytesPart(
  input: CaptureInput,
  label: string,
  span: TextSpan,
  bytes: Uint8Array,
  problems: readonly TextProblem[] = [],
): CapturedPart {
  return { kind: "bytes", label, ...placeOf(input, span), bytes, problems: problemsOf(input, problems) };
}

/** A part that is an exchange, which is told of at `span` of the text. */
export function exchangePart(
  input: CaptureInput,
  label: string,
  span: TextSpan,
  exchange: HttpExchange,
  problems: readonly TextProblem[] = [],
): CapturedPart {
  return { kind: "exchange", label, ...placeOf(input, span), exchange, problems: problemsOf(input, problems) };
}

/** The bytes of the input that stand at `span` of its text. */
export function bytesAt({ bytes, source }: CaptureInput, { start, end }: TextSpan): Uint8Array {
  return bytes.subarray(byteOffsetIn(source, start), byteOffsetIn(source, end));
}

function placeOf({ source }: CaptureInput, { start, end }: TextSpan): { offset: number; length: number } {
  const offset = byteOffsetIn(source, start);
  return { offset, length: byteOffsetIn(source, end) - offset };
}

function problemsOf({ source }: CaptureInput, problems: readonly TextProblem[]): CaptureProblem[] {
  return problems.map(({ index, ...problem }) => ({ ...problem, offset: byteOffsetIn(source, index) }));
}
