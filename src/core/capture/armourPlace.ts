/** A stretch of a text, in bytes. */
export interface TextPlace {
  readonly offset: number;
  readonly length: number;
}

/** What base64 is written in; everything else in a body is skipped. */
const inAlphabet = new Uint8Array(128);
for (const character of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/") {
  inAlphabet[character.charCodeAt(0)] = 1;
}

/**
 * Where in a PEM block, which is given as the bytes of its text, the octets from `start` to `end` of its content are
 * written: from the first base64 character that carries a bit of them to the last. Undefined for a block with headers, or
 * where they are not written at all.
 */
export function armourPlace(block: Uint8Array, start: number, end: number): TextPlace | undefined {
  const firstCharacter = Math.floor((start * 8) / 6);
  const lastCharacter = Math.ceil((end * 8) / 6) - 1;
  let at = block.indexOf(0x0a);
  // Headers (RFC 1421) have a colon, which base64 has not.
  if (at < 0 || block.includes(0x3a)) return undefined;
  let seen = 0;
  let offset: number | undefined;
  for (; at < block.length; at++) {
    const octet = block[at] as number;
    if (octet === 0x2d && block[at + 1] === 0x2d) return undefined;
    if (octet >= 128 || inAlphabet[octet] !== 1) continue;
    if (seen === firstCharacter) offset = at;
    if (seen >= lastCharacter && offset !== undefined) return { offset, length: at + 1 - offset };
    seen++;
  }
  return undefined;
}
