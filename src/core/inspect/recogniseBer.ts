import type { BerNode } from "../asn1/berNode.js";
import { readBer } from "../asn1/berReader.js";
import { TagClass } from "../asn1/tag.js";
import {
  type Artifact,
  type ArtifactSource,
  readAlready,
  type RecognisedKind,
  type WrappingProblem,
} from "./artifact.js";
import { classify } from "./classify.js";

/** How much may stand before a message that is looked for behind it: a header, a byte order mark, a log line. */
const mostLeading = 8192;

/** Places at which a message is looked for behind other bytes; each is read as far as it goes. */
const mostTried = 32;

/** Messages in one input, one behind the other, before the rest is left alone. */
const mostConcatenated = 1000;

/** An artifact that is told by its content. */
export function artifact(
  kind: RecognisedKind,
  bytes: Uint8Array,
  source: ArtifactSource,
  wrapping: readonly WrappingProblem[] = [],
): Artifact {
  return { kind, bytes, source, wrapping };
}

/** The BER or DER value that an artifact is; undefined where its bytes hold none. */
export function rootOf(found: Artifact): BerNode | undefined {
  const read = found[readAlready];
  // Its places are those of the input, which may be more than the artifact.
  return read?.bytes === found.bytes ? read : readBer(found.bytes);
}

/** The values of a known kind that begin the input, one behind the other; undefined where it begins with none. */
export function recogniseSeries(bytes: Uint8Array, whole: ArtifactSource): Artifact[] | undefined {
  const first = readBer(bytes);
  const kind = first && classify(first);
  return first && kind && kind !== "asn1" ? series(bytes, whole, first, kind as RecognisedKind) : undefined;
}

/** What BER or DER the input holds besides: a message behind other bytes, or a value of no known kind. */
export function recogniseOtherBer(bytes: Uint8Array, whole: ArtifactSource): Artifact[] | undefined {
  const first = readBer(bytes);
  // A structure that fills the input is one thing, whatever messages are inside it: nothing stands before those.
  const fills = first?.isSequence === true && first.problems.length === 0 && first.end === bytes.length;
  if (first && fills && first.child(0)?.problems.length === 0) return plainAsn1(bytes, whole, first);
  return behindLeadingData(bytes, whole) ?? (first && plainAsn1(bytes, whole, first));
}

/** Kinds that are too easily met inside something else to be looked for behind other bytes. */
const neverBehind: ReadonlySet<RecognisedKind> = new Set(["asn1", "publicKey", "ocspRequest", "ocspResponse"]);

/** The values that stand one behind the other, as long as they are of a kind that is known. */
function series(bytes: Uint8Array, whole: ArtifactSource, first: BerNode, firstKind: RecognisedKind): Artifact[] {
  const parts: { node: BerNode; kind: RecognisedKind }[] = [{ node: first, kind: firstKind }];
  let end = first.end;
  while (end < bytes.length && parts.length < mostConcatenated) {
    const node = readBer(bytes, { start: end });
    const kind = node && classify(node);
    if (!node || !kind || kind === "asn1") break;
    parts.push({ node, kind: kind as RecognisedKind });
    end = node.end;
  }
  return parts.map(({ node, kind }, index) => {
    const place: ArtifactSource = {
      name: parts.length === 1 ? whole.name : `${whole.name}#${index + 1}`,
      offset: whole.offset + node.start,
      length: node.length,
    };
    const last = index === parts.length - 1;
    const found = artifact(kind, part(bytes, node), place, last ? trailing(bytes, end, whole) : []);
    return { ...found, [readAlready]: node };
  });
}

function part(bytes: Uint8Array, node: BerNode): Uint8Array {
  return node.start === 0 && node.end === bytes.length ? bytes : bytes.subarray(node.start, node.end);
}

function trailing(bytes: Uint8Array, end: number, whole: ArtifactSource): WrappingProblem[] {
  const count = bytes.length - end;
  if (count === 0) return [];
  const rest = bytes.subarray(end, end + 4096);
  const what = rest.every((octet) => octet === 0)
    ? "zero bytes"
    : rest.every((octet) => octet === 0x0d || octet === 0x0a || octet === 0x20)
      ? "bytes of white space"
      : "bytes";
  const offset = whole.offset + end;
  const message = `${whole.name} goes on for ${count} ${what} after the end of the value, at offset ${offset}. They belong to nothing.`;
  return [{ code: "asn1.trailingData", message, offset }];
}

/** A message behind a saved HTTP header, a byte order mark or a line of a log. */
function behindLeadingData(bytes: Uint8Array, whole: ArtifactSource): Artifact[] | undefined {
  const most = Math.min(bytes.length, mostLeading);
  let tried = 0;
  for (let start = 1; start < most && tried < mostTried; start++) {
    if (!beginsMessage(bytes, start)) continue;
    tried++;
    const node = readBer(bytes, { start });
    const kind = node && classify(node);
    if (!node || !kind || neverBehind.has(kind as RecognisedKind)) continue;
    const message = `${start} bytes stand before the value, which begins at offset ${whole.offset + start} of ${whole.name}.`;
    const problem: WrappingProblem = { code: "asn1.leadingData", message, offset: whole.offset };
    const [head, ...others] = series(bytes, whole, node, kind as RecognisedKind);
    return head && [{ ...head, wrapping: [problem, ...head.wrapping] }, ...others];
  }
  return undefined;
}

/**
 * Whether a message may begin at a place: a SEQUENCE with a length of more than one octet (one is too short for any, and 83
 * is the longest that is common) whose first element is one that messages have and is no longer than it.
 */
function beginsMessage(bytes: Uint8Array, start: number): boolean {
  const outer = bytes[start] === 0x30 ? headerAt(bytes, start) : undefined;
  if (bytes[start] === 0x30 && bytes[start + 1] === 0x80) return true;
  if (!outer || outer.size === 2 || outer.size > 5) return false;
  const inner = headerAt(bytes, start + outer.size);
  const tag = bytes[start + outer.size];
  return (
    (tag === 0x30 || tag === 0x06 || tag === 0x02) && inner !== undefined && inner.size + inner.length <= outer.length
  );
}

/** The octets of a header with a definite length, and that length; an indefinite one counts as nothing. */
function headerAt(bytes: Uint8Array, start: number): { size: number; length: number } | undefined {
  const first = bytes[start + 1];
  if (first === undefined || first > 0x84) return undefined;
  if (first < 0x80) return { size: 2, length: first };
  let length = 0;
  for (let i = 0; i < first - 0x80; i++) length = length * 256 + (bytes[start + 2 + i] ?? 0);
  return { size: 2 + first - 0x80, length };
}

/** A value that is none of the known kinds: taken for ASN.1 only where it explains the bytes from end to end, or begins as a structure. */
function plainAsn1(bytes: Uint8Array, whole: ArtifactSource, first: BerNode): Artifact[] | undefined {
  const universal = first.tagClass === TagClass.universal && first.tagNumber > 0 && first.tagNumber <= 30;
  const tagged = first.tagClass === TagClass.context && first.constructed;
  if (!universal && !tagged) return undefined;
  const sound = first.problems.every(({ code }) => code === "lengthNotMinimal" || code === "tagNotMinimal");
  const child = first.constructed ? first.child(0) : undefined;
  const structured = child !== undefined && child.problems.length === 0;
  const complete = sound && first.end === bytes.length;
  if (!complete && !structured) return undefined;
  if (first.constructed && first.contentEnd > first.contentStart && !structured && !complete) return undefined;
  const place = { ...whole, length: first.length };
  return [artifact("asn1", part(bytes, first), place, trailing(bytes, first.end, whole))];
}
