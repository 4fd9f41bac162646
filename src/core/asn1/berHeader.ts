import { BerNode, type BerProblem, type ContentReader } from "./berNode.js";
import { limits } from "./limits.js";
import { Tag, TagClass } from "./tag.js";

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
function readLength(
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

/** Where the header of a value is read, of which there are two octets at least. */
export interface HeaderPlace {
  readonly bytes: Uint8Array;
  readonly start: number;
  /** Where the value around it ends. */
  readonly limit: number;
  /** Where the input ends. */
  readonly inputEnd: number;
  readonly depth: number;
}

/**
 * The value at `start` where it begins as nearly every one does, and nothing is wrong with that: a tag of one octet, and a definite length
 * in the shortest form, of up to three octets, that ends where there is still something. Undefined for any other, which {@link readHeader} reads.
 */
export function readOrdinaryHeader(
  bytes: Uint8Array,
  start: number,
  limit: number,
  depth: number,
  reader: ContentReader,
): BerNode | undefined {
  const identifier = bytes[start] as number;
  const tagNumber = identifier & 0x1f;
  if (tagNumber === 0x1f || (identifier & 0xdf) === 0) return undefined;
  let length = bytes[start + 1] as number;
  let contentStart = start + 2;
  if (length >= 0x80) {
    if (length === 0x81 && start + 2 < limit) {
      length = bytes[start + 2] as number;
      contentStart = length < 0x80 ? limit + 1 : start + 3;
    } else if (length === 0x82 && start + 3 < limit) {
      length = (bytes[start + 2] as number) * 256 + (bytes[start + 3] as number);
      contentStart = length < 0x100 ? limit + 1 : start + 4;
    } else return undefined;
  }
  const end = contentStart + length;
  if (end > limit) return undefined;
  const tagClass = (identifier >> 6) as TagClass;
  const constructed = (identifier & 0x20) !== 0;
  return new BerNode(bytes, start, contentStart, end, end, tagClass, constructed, tagNumber, false, depth, reader);
}

/** The value that some identifier and length octets begin (X.690 §8.1.2, §8.1.3); of an indefinite length the end is still open. */
export function readHeader({ bytes, start, limit, inputEnd, depth }: HeaderPlace, reader: ContentReader): BerNode {
  let offset = start;
  const identifier = bytes[offset++] as number;
  const tagClass = (identifier >> 6) as TagClass;
  const constructed = (identifier & 0x20) !== 0;
  let tagNumber = identifier & 0x1f;
  const problems: BerProblem[] = [];
  if (tagNumber === 0x1f) {
    const high = readHighTag(bytes, offset, limit);
    tagNumber = high.tagNumber;
    offset = high.next;
    if (high.problem) problems.push(high.problem);
  }
  const length = readLength(bytes, offset, limit, start);
  if (length.problem) problems.push(length.problem);
  offset = length.next;
  let indefinite = length.value === "indefinite";
  if (indefinite && !constructed) {
    problems.push({
      code: "indefinitePrimitive",
      offset: start,
      message: `A primitive value at offset ${start} has an indefinite length, which only constructed values may have; its content is taken to the end.`,
    });
    indefinite = false;
  }
  let contentEnd = typeof length.value === "number" ? offset + length.value : limit;
  if (contentEnd > limit) {
    const missing = contentEnd - limit;
    problems.push(
      limit >= inputEnd
        ? {
            code: "truncated",
            offset: limit,
            message: `The value at offset ${start} says it is ${length.value} bytes long, but the input ends ${missing} byte(s) too early.`,
          }
        : {
            code: "overrunsParent",
            offset: start,
            message: `The value at offset ${start} says it is ${length.value} bytes long, ${missing} more than the value around it has.`,
          },
    );
    contentEnd = limit;
  }
  if (tagClass === TagClass.universal && tagNumber === Tag.endOfContents && depth > 0) {
    problems.push({
      code: "endOfContentsUnexpected",
      offset: start,
      message: `End-of-contents octets at offset ${start} stand where no indefinite length is open.`,
    });
  }
  const node = new BerNode(
    bytes,
    start,
    offset,
    contentEnd,
    contentEnd,
    tagClass,
    constructed,
    tagNumber,
    indefinite,
    depth,
    reader,
  );
  for (const problem of problems) node.addProblem(problem);
  return node;
}
