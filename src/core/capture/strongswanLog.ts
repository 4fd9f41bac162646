import { objectIdentifier } from "../asn1/buildValue.js";
import { contextConstructed, sequence } from "../asn1/derWriter.js";
import { oid } from "../asn1/oids.js";
import { bytesPart, type CaptureInput } from "./captureInput.js";
import type { CapturedPart } from "./capturedPart.js";
import { getMessages } from "./getMessage.js";
import { hexDumps } from "./hexDump.js";
import { captureLimits } from "./limits.js";

const heading = /=> (\d{1,9}) bytes @ 0x([0-9a-f]{1,16})/g;

/** Characters of a heading and of what may stand behind it in its line. */
const longestHeading = 400;

/** One block of memory that was dumped. */
interface Block {
  readonly address: bigint;
  readonly bytes: Uint8Array;
}

/**
 * The encodings in what strongSwan's programs print with `--debug 4`: blocks `=> 1839 bytes @ 0x55d0…` of sixteen octets a
 * row. A block that lies within one printed before it is a field of that, and left out; so is what is no SEQUENCE. Whether
 * the bytes make sense is for the caller to see.
 */
export const readStrongswanLog = (input: CaptureInput): readonly CapturedPart[] => {
  const { text } = input;
  const headings = [...text.matchAll(heading)];
  const kept: Block[] = [];
  const parts: CapturedPart[] = [];
  for (const [index, match] of headings.entries()) {
    if (parts.length > captureLimits.parts) break;
    const length = Number(match[1]);
    // The heading ends its line; in a text of one long line the end of that is not looked for time and again.
    const feed = text.slice(match.index, match.index + longestHeading).indexOf("\n");
    const start = match.index + feed + 1;
    if (
      feed < 0 ||
      length < captureLimits.embeddedHex ||
      !/^[^\n]{0,80}?\b0: 30 8/.test(text.slice(start, start + 100))
    )
      continue;
    const end = Math.min(headings[index + 1]?.index ?? text.length, start + length * 6 + 2000);
    const [dump] = hexDumps(text, start, end);
    if (!dump || dump.bytes.length === 0) continue;
    const block: Block = { address: BigInt(`0x${match[2]}`), bytes: dump.bytes.subarray(0, length) };
    const recent = kept.slice(-20);
    if (recent.some((outer) => isWithin(block, outer))) continue;
    kept.push(block);
    // Its fields are printed again too, at the other place.
    if (isKnown(block, recent)) continue;
    const problems = [...dump.problems];
    if (block.bytes.length < length) {
      const message = `The log says that the block has ${length} bytes and holds ${block.bytes.length} of them.`;
      problems.push({ code: "log.message", message, index: dump.end });
    }
    const before = text.slice(Math.max(0, match.index - 300), match.index);
    const { bytes, label } = named(block.bytes, before);
    parts.push(bytesPart(input, label, { start: match.index, end: dump.end }, bytes, problems));
  }
  // A GET is logged with its whole URL.
  for (const { bytes, span, problems } of parts.length > 0 ? getMessages(text) : []) {
    parts.push(bytesPart(input, "request", span, bytes, problems));
  }
  return parts
    .toSorted((a, b) => a.offset - b.offset)
    .map((part, index) => ({ ...part, label: `#${index + 1} ${part.label}`.trimEnd() }));
};

/** What stands before a block says what it is; what is missing around it is put there, and padding taken away. */
function named(bytes: Uint8Array, before: string): { bytes: Uint8Array; label: string } {
  if (before.endsWith("padded unencrypted data: ")) {
    const padding = bytes.at(-1) ?? 0;
    return {
      bytes: bytes.subarray(0, padding <= 16 ? bytes.length - padding : bytes.length),
      label: "content of the request",
    };
  }
  const label = /L\d+ - (\w{1,40}):[^\n]*\n?[^\n]*$/.exec(before)?.[1] ?? "";
  const type = /contentType:\s*\n\s*'(signedData|envelopedData)'\s*\nL\d+ - content:\s*\n$/.exec(before)?.[1];
  if (type === undefined) return { bytes, label };
  // strongSwan prints the content of a ContentInfo (RFC 5652 §3) alone.
  const contentType = objectIdentifier(type === "signedData" ? oid.signedData : oid.envelopedData);
  return { bytes: sequence(contentType, contextConstructed(0, bytes)), label: type };
}

function isWithin({ address, bytes }: Block, outer: Block): boolean {
  if (address < outer.address) return false;
  const at = Number(address - outer.address);
  return at + bytes.length <= outer.bytes.length && same(outer.bytes.subarray(at, at + bytes.length), bytes);
}

/** The same bytes were printed before, from another place of memory. */
function isKnown({ bytes }: Block, kept: readonly Block[]): boolean {
  return kept.some((other) => other.bytes.length === bytes.length && same(other.bytes, bytes));
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.every((octet, index) => octet === b[index]);
}
