import type { BerProblem } from "./berNode.js";
import { limits } from "./limits.js";

/** Octets of a header that were read: where the next begins, and what is wrong with them. */
interface HeaderPart {
  readonly next: number;
  readonly problem?: BerProblem;
}

/** The tag number behind an identifier octet of the high-tag-number form (X.690 §8.1.2.4), which begins at `start`. */
export function readHighTag(
  bytes: Uint8Array,
  start: number,
  limit: number,
): HeaderPart & { readonly tagNumber: number } {
  let tagNumber = 0;
  let offset = start;
  while (offset < limit) {
    const octet = bytes[offset++] as number;
    tagNumber = tagNumber * 128 + (octet & 0x7f);
    if (tagNumber > limits.tagNumber) {
      const message = `The tag number at offset ${start} is larger than any that is in use; the bytes are hardly BER.`;
      return { tagNumber: limits.tagNumber, next: offset, problem: { code: "tagTooLarge", offset: start, message } };
    }
    if ((octet & 0x80) === 0) break;
  }
  if (tagNumber < 0x1f) {
    const message = `The tag number ${tagNumber} at offset ${start} is written in the long form, which is for 31 and above.`;
    return { tagNumber, next: offset, problem: { code: "tagNotMinimal", offset: start, message } };
  }
  return { tagNumber, next: offset };
}

/**
 * The length octets (X.690 §8.1.3) that begin at `start`, of the value at `valueStart`. A length that cannot be right is
 * taken to reach to the end.
 */
export function readLength(
  bytes: Uint8Array,
  start: number,
  limit: number,
  valueStart: number,
): HeaderPart & { readonly value: number | "indefinite" } {
  const cut = (offset: number) =>
    ({
      value: 0,
      next: limit,
      problem: {
        code: "truncated",
        offset,
        message: `The input ends at offset ${limit}, inside the length of the value at offset ${valueStart}.`,
      },
    }) as const;
  if (start >= limit) return cut(start);
  const first = bytes[start] as number;
  if (first < 0x80) return { value: first, next: start + 1 };
  if (first === 0x80) return { value: "indefinite", next: start + 1 };
  if (first === 0xff) {
    const message = `The length octet FF at offset ${start} is reserved (X.690 8.1.3.5); the value is taken to the end.`;
    return { value: limit - start - 1, next: start + 1, problem: { code: "lengthReserved", offset: start, message } };
  }
  const count = first & 0x7f;
  if (start + 1 + count > limit) return cut(start);
  let value = 0;
  for (let i = 1; i <= count; i++) value = value * 256 + (bytes[start + i] as number);
  const next = start + 1 + count;
  if (value > Number.MAX_SAFE_INTEGER) {
    const message = `The length at offset ${start} is larger than any file; the value is taken to the end.`;
    return { value: limit - next, next, problem: { code: "lengthTooLarge", offset: start, message } };
  }
  if (value < 0x80 || (bytes[start + 1] as number) === 0) {
    const message = `The length ${value} at offset ${start} is written longer than it needs to be; DER wants the shortest form.`;
    return { value, next, problem: { code: "lengthNotMinimal", offset: start, message } };
  }
  return { value, next };
}
