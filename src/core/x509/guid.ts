import { toHex } from "../asn1/hex.js";

/** A GUID as Windows writes it, from its 16 octets in memory order ([MS-DTYP] §2.3.4.2); undefined for another length. */
export function guidText(octets: Uint8Array): string | undefined {
  if (octets.length !== 16) return undefined;
  const part = (start: number, end: number): Uint8Array => octets.slice(start, end);
  const parts = [part(0, 4).toReversed(), part(4, 6).toReversed(), part(6, 8).toReversed(), part(8, 10), part(10, 16)];
  return `{${parts.map(toHex).join("-")}}`;
}
