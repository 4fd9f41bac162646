import type { BerNode } from "../../asn1/berNode.js";
import { readBer } from "../../asn1/berReader.js";
import { grouped } from "../describe/nodes.js";
import type { PlacedProblem } from "../describe/eagerStructure.js";
import type { EncodingSubject } from "../subject.js";
import type { Rule } from "./rule.js";

/** `asn1.truncated` */
export const asn1Truncated: Rule<"encoding"> = {
  code: "asn1.truncated",
  severity: "error",
  title: "The input ends before the message does",
  why: "A value says how long it is, and the input ends before that. A file was saved while it was being written, a transfer broke off, a copy from a terminal left lines out.",
  remedy: "Get the whole message.",
  citation: "X.690 §8.1.3",
  appliesTo: "encoding",
  check: (subject) => {
    const { bytes, name, problems } = subject;
    // All values around a cut are cut with it, the innermost of them first.
    const innermost = isCutShort(subject) ? problems.find(endsWithInput(subject)) : undefined;
    const whole = declaredLength(readBer(bytes));
    const of = whole === undefined ? "" : ` of ${grouped(whole)}`;
    const within = problems.filter(({ problem }) => codes.has(problem.code) && problem.offset < bytes.length);
    return [
      ...(innermost
        ? [
            {
              at: "",
              message: `${name} ends after ${grouped(bytes.length)}${of} bytes, inside ${innermost.inside}. What was readable is shown.`,
              range: { start: bytes.length, end: bytes.length },
            },
          ]
        : []),
      ...within.slice(0, mostTold).map(({ problem, at }) => ({
        at: below(at),
        message: problem.message,
        range: { start: problem.offset, end: problem.offset },
      })),
    ];
  },
};

/** What the reader says of a value whose bytes are not all there. */
const codes: ReadonlySet<string> = new Set(["truncated", "endOfContentsMissing"]);

/** Values that are cut without the input's being so, told of one input. */
const mostTold = 20;

/** Whether the outermost value itself is cut: then the input ends too early, and no length is to blame. */
function isCutShort(subject: EncodingSubject): boolean {
  return subject.problems.some((placed) => endsWithInput(subject)(placed) && below(placed.at) === "structure");
}

function endsWithInput({ bytes }: EncodingSubject): (placed: PlacedProblem) => boolean {
  return ({ problem }) => codes.has(problem.code) && problem.offset >= bytes.length;
}

/** Values that say that they go on behind the end of an input that is complete: their lengths are wrong. */
export function overrunningEnd(subject: EncodingSubject): readonly PlacedProblem[] {
  return isCutShort(subject) ? [] : subject.problems.filter(endsWithInput(subject));
}

/** The bytes that the outermost value says it has, header included; undefined for an indefinite length. */
function declaredLength(root: BerNode | undefined): number | undefined {
  if (!root || root.indefinite) return undefined;
  const header = root.contentStart - root.start;
  let lengthAt = root.start + 1;
  if (((root.bytes[root.start] ?? 0) & 0x1f) === 0x1f) {
    while (((root.bytes[lengthAt] ?? 0) & 0x80) !== 0) lengthAt++;
    lengthAt++;
  }
  const first = root.bytes[lengthAt];
  if (first === undefined || first === 0xff) return undefined;
  if (first < 0x80) return header + first;
  let length = 0;
  for (let i = 1; i <= (first & 0x7f); i++) {
    const octet = root.bytes[lengthAt + i];
    if (octet === undefined) return undefined;
    length = length * 256 + octet;
  }
  return length > Number.MAX_SAFE_INTEGER ? undefined : header + length;
}

/** The id of a node without the report's own part, which rules leave out. */
export function below(id: string): string {
  const structure = id.indexOf("/structure");
  return structure < 0 ? "" : id.slice(structure + 1);
}
