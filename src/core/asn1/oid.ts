import { limits } from "./limits.js";

/** The part of a value that its object identifier is in. */
interface OidPlace {
  readonly bytes: Uint8Array;
  readonly contentStart: number;
  readonly contentEnd: number;
}

/** An object identifier that was met. */
interface KnownOid {
  readonly octets: Uint8Array;
  readonly text: string;
}

/**
 * Those met lately, each at the place that its octets' hash says: every message holds the same few, and names are looked up by the
 * text, which is quick for one that is known to the host already.
 */
const met: (KnownOid | undefined)[] = Array.from({ length: 1024 });

/** Content octets of the longest that is kept. */
const longestKept = 32;

/** The dotted form of an OBJECT IDENTIFIER's value, wherever the tag says that it is one; undefined as with {@link oidToString}. */
export function oidOf({ bytes, contentStart, contentEnd }: OidPlace): string | undefined {
  if (contentEnd - contentStart > longestKept) return oidToString(bytes.subarray(contentStart, contentEnd));
  let hash = 0;
  for (let at = contentStart; at < contentEnd; at++) hash = (Math.imul(hash, 31) + (bytes[at] as number)) | 0;
  const slot = hash & (met.length - 1);
  const known = met[slot];
  if (known && isAt(known.octets, bytes, contentStart, contentEnd)) return known.text;
  // A Buffer's own slice would be a view, and keep the whole input.
  const octets = new Uint8Array(bytes.subarray(contentStart, contentEnd));
  const text = oidToString(octets);
  if (text !== undefined) met[slot] = { octets, text };
  return text;
}

function isAt(octets: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (octets.length !== end - start) return false;
  for (let i = 0; i < octets.length; i++) if (octets[i] !== bytes[start + i]) return false;
  return true;
}

/**
 * The dotted form of an OBJECT IDENTIFIER's content octets (X.690 §8.19), undefined where they are none: empty, cut
 * inside an arc, an arc with leading zeros, or an arc or a length beyond any that is in use.
 */
export function oidToString(content: Uint8Array): string | undefined {
  if (content.length === 0 || content.length > limits.oidOctets) return undefined;
  let text = "";
  let arc = 0;
  let fresh = true;
  for (const octet of content) {
    if (fresh && octet === 0x80) return undefined;
    arc = arc * 128 + (octet & 0x7f);
    if (arc > Number.MAX_SAFE_INTEGER / 128) return wideOid(content);
    fresh = (octet & 0x80) === 0;
    if (fresh) {
      text = text === "" ? firstArcs(arc) : `${text}.${arc}`;
      arc = 0;
    }
  }
  return fresh ? text : undefined;
}

/** The first two arcs, which share one number. */
function firstArcs(both: number): string {
  const root = both < 40 ? 0 : both < 80 ? 1 : 2;
  return `${root}.${both - root * 40}`;
}

/** The same for arcs beyond 2^53, such as UUIDs under 2.25 (X.667); up to 128 bits. */
function wideOid(content: Uint8Array): string | undefined {
  const arcs: bigint[] = [];
  let arc = 0n;
  let octets = 0;
  for (const octet of content) {
    if (++octets > 19) return undefined;
    arc = (arc << 7n) | BigInt(octet & 0x7f);
    if ((octet & 0x80) === 0) {
      arcs.push(arc);
      arc = 0n;
      octets = 0;
    }
  }
  if (octets !== 0) return undefined;
  const first = arcs[0] ?? 0n;
  const root = first < 40n ? 0n : first < 80n ? 1n : 2n;
  return [root, first - root * 40n, ...arcs.slice(1)].join(".");
}
