import { hexOctetAt } from "../asn1/hex.js";

/** A percent-encoded text decoded, as often as it was encoded. */
export interface PercentReading {
  readonly text: string;
  /** How many times it had been encoded; 0 where nothing was. */
  readonly times: number;
}

/** How often a text is decoded at most. */
const mostTimes = 4;

/**
 * Decodes the %XX of a text (RFC 3986 §2.1) and does so again while the whole of what comes out is encoded still. A `+` is
 * left alone: in base64 it is one.
 */
export function percentDecoded(text: string): PercentReading {
  let decoded = text;
  let times = 0;
  // Base64 holds no percent sign, so one that is left belongs to another encoding.
  while (times < mostTimes) {
    const once = decoded.replaceAll(escapes, octetsOf);
    if (once.length === decoded.length) break;
    decoded = once;
    times++;
  }
  return { text: decoded, times };
}

/** A row of escapes, of which a call takes no more arguments than it may on any host. */
const escapes = /(?:%[0-9a-f]{2}){1,4096}/gi;

function octetsOf(row: string): string {
  const octets = new Uint8Array(row.length / 3);
  for (let i = 0; i < octets.length; i++) octets[i] = hexOctetAt(row, 3 * i + 1);
  return Reflect.apply(String.fromCharCode, undefined, octets);
}
