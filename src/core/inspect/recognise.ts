import { asciiText, looksLikeText } from "../asn1/byteText.js";
import { captureInput, type CaptureInput } from "../capture/captureInput.js";
import { readKeystoreEntries } from "../capture/keystoreEntries.js";
import { captureLimits } from "../capture/limits.js";
import { looksLikeCapture } from "../capture/pcap/captureFile.js";
import { containerReaders, type RankedReader, spellingReaders } from "../capture/readers.js";
import { decompressGzip } from "../cms/decompress.js";
import { configurationKind } from "../config/configurationKind.js";
import { javaKeystoreIn } from "../crypto/javaKeystore.js";
import { readPuttyKey, readSshPublicKey } from "../crypto/sshKey.js";
import { readAdminPage } from "../ndes/adminPage.js";
import { parseCapabilities } from "../scep/capabilities.js";
import type { Artifact, ArtifactSource } from "./artifact.js";
import { recogniseCapture } from "./captureArtifacts.js";
import { artifact, recogniseOtherBer, recogniseSeries } from "./recogniseBer.js";
import { partsOfContainer, partsOfSpelling } from "./recogniseParts.js";

/** A text longer than this is no list of capabilities. */
const longestCapabilities = 4096;

/**
 * Says what some bytes are, by their content: BER or DER, PEM with whatever stands around it, base64, hex, a mail, an
 * HTTP exchange, a capture of packets, a log, an answer to GetCACaps, a web page. `name` is what a report calls the
 * source. Gives at least one artifact, of kind `unknown` where nothing can be said. Never throws; copies nothing of a binary
 * input, so that size costs no memory.
 */
export function recognise(bytes: Uint8Array, name: string): Artifact[] {
  return recogniseAt(bytes, { name, offset: 0, length: bytes.length }, 0);
}

/** The same for what stands at a place of an input, `depth` containers down. */
function recogniseAt(bytes: Uint8Array, whole: ArtifactSource, depth: number): Artifact[] {
  // What begins as a SEQUENCE of more than 127 octets and is a message is no text: 80 to 84 are no characters behind "0".
  const message = beginsAsDer(bytes) ? recogniseSeries(bytes, whole) : undefined;
  if (message) return message;
  if (bytes.length === 0 || isAllZeros(bytes)) return [artifact("unknown", bytes, whole)];
  if (looksLikeCapture(bytes)) return recogniseCapture(bytes, whole.name);
  if (javaKeystoreIn(bytes)) return recogniseKeystore(bytes, whole, depth);
  const content = depth < captureLimits.nesting ? contentOfGzip(bytes) : undefined;
  if (content)
    return recogniseAt(content, whole, depth + 1).map((found) => ({
      ...found,
      source: { ...whole, name: found.source.name },
    }));
  const head = asciiText(bytes.subarray(0, 4096)).text;
  // A page is one whatever control characters are in it, and is not read any further.
  if (beginsAsHtml(head)) return [artifact(pageKind(bytes), bytes, whole)];
  const found = looksLikeText(bytes)
    ? (recogniseText(bytes, whole, depth) ?? recogniseSeries(bytes, whole) ?? recogniseOtherBer(bytes, whole))
    : (recogniseSeries(bytes, whole) ?? recogniseMixed(bytes, whole, depth) ?? recogniseOtherBer(bytes, whole));
  if (found) return found;
  return [artifact(/<html[\s>]/i.test(head) ? pageKind(bytes) : "unknown", bytes, whole)];
}

/** Whether every byte is zero, as in a file that was preallocated and never written. */
export function isAllZeros(bytes: Uint8Array): boolean {
  const misaligned = Math.min((4 - (bytes.byteOffset % 4)) % 4, bytes.length);
  for (let i = 0; i < misaligned; i++) if (bytes[i] !== 0) return false;
  const count = (bytes.length - misaligned) >> 2;
  // A few bytes in the middle of a buffer may hold no whole word, nor begin where one could.
  const words = count === 0 ? [] : new Uint32Array(bytes.buffer, bytes.byteOffset + misaligned, count);
  // An index, not an iterator: this runs over every word of an input of any size.
  const { length } = words;
  for (let i = 0; i < length; i++) if (words[i] !== 0) return false;
  for (let i = misaligned + length * 4; i < bytes.length; i++) if (bytes[i] !== 0) return false;
  return true;
}

/** What a file that gzip packed holds; undefined for any other, and one that is damaged or holds too much. */
function contentOfGzip(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes[2] !== 8) return undefined;
  const reading = decompressGzip(bytes);
  return reading.ok ? reading.content : undefined;
}

function beginsAsDer([identifier, length = 0]: Uint8Array): boolean {
  return identifier === 0x30 && length >= 0x80 && length <= 0x84;
}

function recogniseText(bytes: Uint8Array, whole: ArtifactSource, depth: number): Artifact[] | undefined {
  if (depth >= captureLimits.nesting) return undefined;
  const input = captureInput(bytes);
  const contained = firstFind(containerReaders, input, whole, depth);
  if (contained) return contained;
  if (readPuttyKey(input.text)) return [artifact("privateKey", bytes, whole)];
  if (readSshPublicKey(input.text)) return [artifact("sshPublicKey", bytes, whole)];
  const configuration = configurationKind(input.text);
  if (configuration) return [artifact(configuration, bytes, whole)];
  if (looksLikeCapabilities(input.text)) return [artifact("caCapabilities", bytes, whole)];
  return firstFind(spellingReaders, input, whole, depth);
}

/** What is in a keystore of Java's; of one in which there is nothing that is known here, the whole. */
function recogniseKeystore(bytes: Uint8Array, whole: ArtifactSource, depth: number): Artifact[] {
  const parts = depth < captureLimits.nesting ? readKeystoreEntries(bytes) : [];
  if (parts.length === 0) return [artifact("unknown", bytes, whole)];
  return partsOfContainer(parts, whole, (part, place) => recogniseAt(part, place, depth + 1));
}

/** A container that is text where it begins and not everywhere: a log with bytes in it, an HTTP message with its body. */
function recogniseMixed(bytes: Uint8Array, whole: ArtifactSource, depth: number): Artifact[] | undefined {
  if (depth >= captureLimits.nesting || !(looksLikeText(bytes.subarray(0, 32)) || hasArmour(bytes))) return undefined;
  return firstFind(containerReaders, captureInput(bytes), whole, depth);
}

/** What the first of some readers that finds anything finds. */
function firstFind(
  readers: readonly RankedReader[],
  input: CaptureInput,
  whole: ArtifactSource,
  depth: number,
): Artifact[] | undefined {
  const inside = (part: Uint8Array, place: ArtifactSource): Artifact[] => recogniseAt(part, place, depth + 1);
  for (const { read, sure } of readers) {
    const parts = read(input);
    if (parts.length === 0) continue;
    const found = sure ? partsOfContainer(parts, whole, inside) : partsOfSpelling(parts, whole, inside);
    if (found.length > 0) return found;
  }
  return undefined;
}

/** PEM inside something that is not text from its first byte on. */
function hasArmour(bytes: Uint8Array): boolean {
  return asciiText(bytes.subarray(0, 8192)).text.includes("-----BEGIN ");
}

function pageKind(bytes: Uint8Array): "adminPage" | "html" {
  return readAdminPage(bytes) ? "adminPage" : "html";
}

function beginsAsHtml(text: string): boolean {
  return /^\s*<(?:!doctype\s+html|html|head|body|title|!--)/i.test(text.slice(0, 1024));
}

function looksLikeCapabilities(text: string): boolean {
  if (text.length > longestCapabilities || !/^[\s\w.+-]+$/.test(text)) return false;
  return parseCapabilities(text).known.length > 0;
}
