/** The checksum of zlib streams (RFC 1950 §8.2), as an unsigned number of 32 bits. */
export function adler32(octets: Uint8Array): number {
  let sum = 1;
  let sums = 0;
  for (let start = 0; start < octets.length; start += mostSummed) {
    const end = Math.min(start + mostSummed, octets.length);
    for (let i = start; i < end; i++) {
      sum += octets[i] as number;
      sums += sum;
    }
    sum %= 65_521;
    sums %= 65_521;
  }
  return sums * 65_536 + sum;
}

/** Octets after which the sums are reduced, so that both stay whole numbers of 32 bits. */
const mostSummed = 3800;

/** The checksum of gzip files (RFC 1952 §8), as an unsigned number of 32 bits. */
export function crc32(octets: Uint8Array): number {
  let crc = -1;
  for (const octet of octets) crc = (crc >>> 8) ^ (table[(crc ^ octet) & 0xff] as number);
  return ~crc >>> 0;
}

const table = Int32Array.from({ length: 256 }, (_, index) => {
  let remainder = index;
  for (let bit = 0; bit < 8; bit++) remainder = (remainder >>> 1) ^ (remainder & 1 ? 0xedb88320 : 0);
  return remainder;
});
