import type { BerNode } from "../../asn1/berNode.js";
import { readBer } from "../../asn1/berReader.js";
import { grouped } from "../describe/nodes.js";
import type { Rule } from "./rule.js";

/** `asn1.truncated` */
export const asn1Truncated: Rule<"encoding"> = {
  code: "asn1.truncated",
  severity: "error",
  title: "The input ends before the message does",
  why: "A value says how long it is, and the input ends before that. A file was saved while it was being written, a transfer broke off, a copy from a terminal left lines out.",
  remedy: "Get the whole message; what was readable is shown.",
  citation: "X.690 §8.1.3",
  appliesTo: "encoding",
  check: ({ bytes, name, problems }) => {
    const cuts = problems.filter(
      ({ problem }) => problem.code === "truncated" || problem.code === "endOfContentsMissing",
    );
    if (cuts.length === 0) return [];
    // All values around the cut are cut with it; the innermost says where it is. One that lies within the input is another matter.
    const atEnd = cuts.filter(({ problem }) => problem.offset >= bytes.length);
    const [innermost] = atEnd;
    const within = cuts.filter(({ problem }) => problem.offset < bytes.length).slice(0, 20);
    const whole = declaredLength(readBer(bytes));
    const of = whole === undefined ? "" : ` of ${grouped(whole)}`;
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
      ...within.map(({ problem, at }) => ({
        at: below(at),
        message: problem.message,
        range: { start: problem.offset, end: problem.offset },
      })),
    ];
  },
};

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
