import { limits } from "./limits.js";

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
