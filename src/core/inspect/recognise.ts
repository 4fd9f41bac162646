import { asciiText, byteOffsetIn, type ByteText, looksLikeText } from "../asn1/byteText.js";
import type { BerNode } from "../asn1/berNode.js";
import { readBer } from "../asn1/berReader.js";
import { TagClass } from "../asn1/tag.js";
import type { PemBlock } from "../asn1/pem.js";
import { configurationKind } from "../config/configurationKind.js";
import { readArmour } from "../capture/pemArmour.js";
import { readSpelledBytes } from "../capture/plainText.js";
import { readAdminPage } from "../ndes/adminPage.js";
import { parseCapabilities } from "../scep/capabilities.js";
import type { Artifact, ArtifactKind, ArtifactSource, WrappingProblem } from "./artifact.js";
import { classify } from "./classify.js";

/** The kinds that are told by their content alone; the rest (an exchange) is made by those who witnessed it. */
type RecognisedKind = Exclude<ArtifactKind, "httpExchange">;

/** How much may stand before a message that is looked for behind it: a saved HTTP header, a byte order mark, a log line. */
const mostLeading = 8192;

/** Messages in one input, one behind the other or each in its armour, before the rest is left alone. */
const mostConcatenated = 1000;

/** A text longer than this is no list of capabilities. */
const longestCapabilities = 4096;

/**
 * Says what some bytes are, by their content: BER or DER, PEM with whatever stands around it, base64, hex, the URL of a
 * GET, an answer to GetCACaps, a web page. `name` is what a report calls the source. Gives at least one artifact, of kind
 * `unknown` where nothing can be said. Never throws; copies nothing of a binary input, so that size costs no memory.
 */
export function recognise(bytes: Uint8Array, name: string): Artifact[] {
  const whole: ArtifactSource = { name, offset: 0, length: bytes.length };
  if (bytes.length === 0 || isAllZeros(bytes)) return [artifact("unknown", bytes, whole)];
  // A page is one whatever control characters are in it, and is not read any further.
  if (looksLikeHtml(asciiText(bytes.subarray(0, 4096)).text)) return [artifact(pageKind(bytes), bytes, whole)];
  const found = looksLikeText(bytes) ? recogniseText(bytes, whole) : recogniseBinary(bytes, whole);
  return found ?? [artifact("unknown", bytes, whole)];
}

/** Whether every byte is zero, as in a file that was preallocated and never written. */
export function isAllZeros(bytes: Uint8Array): boolean {
  const misaligned = Math.min((4 - (bytes.byteOffset % 4)) % 4, bytes.length);
  for (let i = 0; i < misaligned; i++) if (bytes[i] !== 0) return false;
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset + misaligned, (bytes.length - misaligned) >> 2);
  // An index, not an iterator: this runs over every word of an input of any size.
  const { length } = words;
  for (let i = 0; i < length; i++) if (words[i] !== 0) return false;
  for (let i = misaligned + length * 4; i < bytes.length; i++) if (bytes[i] !== 0) return false;
  return true;
}

function artifact(
  kind: RecognisedKind,
  bytes: Uint8Array,
  source: ArtifactSource,
  wrapping: readonly WrappingProblem[] = [],
): Artifact {
  return { kind, bytes, source, wrapping };
}

function recogniseText(bytes: Uint8Array, whole: ArtifactSource): Artifact[] | undefined {
  const source = asciiText(bytes);
  const { text } = source;
  const blocks = text.includes("-----BEGIN ") ? readArmour(text) : [];
  if (blocks.length > 0) return armouredAll(blocks, source, whole);
  const configuration = configurationKind(text);
  if (configuration) return [artifact(configuration, bytes, whole)];
  if (looksLikeCapabilities(text)) return [artifact("caCapabilities", bytes, whole)];
  return recogniseSpelled(source, whole) ?? recogniseBinary(bytes, whole);
}

function pageKind(bytes: Uint8Array): "adminPage" | "html" {
  return readAdminPage(bytes) ? "adminPage" : "html";
}

function looksLikeHtml(text: string): boolean {
  return (
    /^\s*<(?:!doctype\s+html|html|head|body|title|!--)/i.test(text.slice(0, 1024)) ||
    /<html[\s>]/i.test(text.slice(0, 4096))
  );
}

function looksLikeCapabilities(text: string): boolean {
  if (text.length > longestCapabilities || !/^[\s\w.+-]+$/.test(text)) return false;
  return parseCapabilities(text).known.length > 0;
}

function armouredAll(blocks: readonly PemBlock[], source: ByteText, whole: ArtifactSource): Artifact[] {
  const found = blocks
    .slice(0, mostConcatenated)
    .map((block, index) => armoured(block, index, blocks.length, source, whole));
  const next = blocks[mostConcatenated];
  const last = found.at(-1);
  if (!next || !last) return found;
  const offset = whole.offset + byteOffsetIn(source, next.start);
  const message = `${whole.name} holds ${blocks.length - found.length} more PEM blocks, from offset ${offset} on, which are not opened.`;
  return [...found.slice(0, -1), { ...last, wrapping: [...last.wrapping, { code: "pem.line", message, offset }] }];
}

function armoured(block: PemBlock, index: number, count: number, source: ByteText, whole: ArtifactSource): Artifact {
  const start = byteOffsetIn(source, block.start);
  const place: ArtifactSource = {
    name: count === 1 ? whole.name : `${whole.name}#${index + 1} ${block.label}`,
    offset: whole.offset + start,
    length: byteOffsetIn(source, block.end) - start,
  };
  const wrapping: WrappingProblem[] = block.problems.map((problem) => ({
    code: "pem.line",
    message: problem.message,
    offset: whole.offset + byteOffsetIn(source, problem.offset),
  }));
  if (block.headers.some((header) => /^Proc-Type:.*ENCRYPTED/i.test(header))) {
    const message = `The key is encrypted with a passphrase (${block.headers.join(", ")}); what is inside cannot be seen.`;
    return artifact("privateKey", block.der, place, [
      ...wrapping,
      { code: "pem.encrypted", message, offset: place.offset },
    ]);
  }
  const inside = recogniseBinary(block.der, { ...place, offset: 0, length: block.der.length })?.[0];
  if (!inside) return artifact(isKeyLabel(block) ? "privateKey" : "unknown", block.der, place, wrapping);
  // A key that is too damaged to be told by its shape is still one, and must not be shown as mere ASN.1.
  const kind = isKeyLabel(block) && inside.kind === "asn1" ? "privateKey" : (inside.kind as RecognisedKind);
  return artifact(kind, inside.bytes, place, [...wrapping, ...inside.wrapping]);
}

function isKeyLabel({ label }: PemBlock): boolean {
  return label.endsWith("PRIVATE KEY");
}

function recogniseSpelled(source: ByteText, whole: ArtifactSource): Artifact[] | undefined {
  const spelled = readSpelledBytes(source.text);
  const found = spelled && spelled.bytes.length > 0 ? recogniseBinary(spelled.bytes, whole) : undefined;
  if (!spelled || !found) return undefined;
  const problems: WrappingProblem[] = spelled.problems.map((problem) => ({
    code: "base64.character",
    message: problem.message,
    offset: byteOffsetIn(source, problem.offset),
  }));
  return found.map((inside) =>
    artifact(inside.kind as RecognisedKind, inside.bytes, { ...inside.source, offset: 0, length: whole.length }, [
      ...problems,
      ...inside.wrapping,
    ]),
  );
}

function recogniseBinary(bytes: Uint8Array, whole: ArtifactSource): Artifact[] | undefined {
  const first = readBer(bytes);
  const kind = first && classify(first);
  if (first && kind && kind !== "asn1") return series(bytes, whole, first, kind as RecognisedKind);
  return behindLeadingData(bytes, whole) ?? pemInBinary(bytes, whole) ?? (first && plainAsn1(bytes, whole, first));
}

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
    return artifact(kind, part(bytes, node), place, last ? trailing(bytes, end, whole) : []);
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
  for (let start = 1; start < most; start++) {
    const length = bytes[start + 1] ?? 0;
    // Every message is a SEQUENCE; a length of one octet is too short for any, and 83 is the longest that is common.
    if (bytes[start] !== 0x30 || (length !== 0x80 && length !== 0x81 && length !== 0x82 && length !== 0x83)) continue;
    const node = readBer(bytes, { start });
    const kind = node && classify(node);
    if (!node || !kind || kind === "asn1") continue;
    const message = `${start} bytes stand before the value, which begins at offset ${whole.offset + start} of ${whole.name}.`;
    const problem: WrappingProblem = { code: "asn1.leadingData", message, offset: whole.offset };
    const [head, ...others] = series(bytes, whole, node, kind as RecognisedKind);
    return head && [{ ...head, wrapping: [problem, ...head.wrapping] }, ...others];
  }
  return undefined;
}

/** PEM inside something that is not text from its first byte on. */
function pemInBinary(bytes: Uint8Array, whole: ArtifactSource): Artifact[] | undefined {
  const at = indexOfAscii(bytes.subarray(0, mostLeading), "-----BEGIN ");
  if (at < 0) return undefined;
  const rest = bytes.subarray(at);
  const source: ByteText = { text: new TextDecoder("latin1").decode(rest), encoding: "UTF-8", bom: at };
  const blocks = readArmour(source.text);
  return blocks.length > 0 ? armouredAll(blocks, source, whole) : undefined;
}

function indexOfAscii(bytes: Uint8Array, text: string): number {
  return new TextDecoder("latin1").decode(bytes).indexOf(text);
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
