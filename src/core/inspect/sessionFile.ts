import { fromBase64, toBase64 } from "../asn1/base64.js";
import { toHex } from "../asn1/hex.js";
import { shapes } from "./describe/grammar.js";
import { HumanError } from "../humanError.js";
import type { Report, ReportNode } from "./report.js";

/** One entry of a session: what was done or opened, when, and what inspection said of it. */
export interface SessionEntry {
  readonly title: string;
  readonly at: Date;
  readonly reports: readonly [Report, ...Report[]];
}

/** What stands in the first line of a session file. */
const format = "scep-workbench session";
const version = 1;

/** The first bytes of every session file. */
const beginning = `{"format":"${format}"`;

/** Whether some bytes are a session file, by their beginning. */
export function isSessionFile(bytes: Uint8Array): boolean {
  return new TextDecoder("latin1").decode(bytes.subarray(0, beginning.length)) === beginning;
}

/**
 * A session as a file: JSON, one line for the format and one for each entry, so that neither writing nor reading needs
 * all of it at once. Where `showSecrets` is false, challenge passwords and private keys are taken out of reports and of
 * the bytes that hold them in clear; an encrypted message keeps what is in it.
 */
export function* writeSession(entries: readonly SessionEntry[], options: { showSecrets: boolean }): Generator<string> {
  yield `${beginning},"version":${version},"secrets":${options.showSecrets}}\n`;
  for (const entry of entries) yield `${entryLine(entry, options.showSecrets)}\n`;
}

/**
 * The entries of a session file, one at a time.
 *
 * @throws {HumanError} where the text is no session, is one of a later version, or is damaged
 */
export function* readSession(text: string): Generator<SessionEntry> {
  const [head = "", ...lines] = text.split("\n");
  const header = parsed(head, 1) as { readonly format?: unknown; readonly version?: unknown };
  if (header.format !== format) {
    throw new HumanError("This is no session of SCEP Workbench. Open it with SCEP: Inspect, which takes any file.");
  }
  if (header.version !== version) {
    throw new HumanError(
      `This session was saved by a later version of SCEP Workbench (format ${String(header.version)}). Update the extension to open it.`,
    );
  }
  for (const [index, line] of lines.entries()) if (line.trim() !== "") yield readEntry(line, index + 2);
}

/** Buffers stand once in a line and are referred to by their number: nodes share them, and tell them apart by identity. */
interface EntryLine {
  readonly title: string;
  readonly at: string;
  readonly buffers: readonly string[];
  readonly reports: readonly unknown[];
}

function entryLine({ title, at, reports }: SessionEntry, showSecrets: boolean): string {
  const hide = showSecrets ? undefined : secretsOf(reports);
  const buffers: Uint8Array[] = [];
  const written = JSON.stringify(reports, function (this: Record<string, unknown>, key, value: unknown) {
    // Asked of the holder: where a host's own bytes know how to become JSON, `value` is that already.
    const held = this[key];
    if (held instanceof Uint8Array) {
      const known = buffers.indexOf(held);
      return { $buffer: known >= 0 ? known : buffers.push(held) - 1 };
    }
    if (!hide) return value;
    if (key === "secret") return undefined;
    return typeof value === "string" ? hide.text(value) : value;
  });
  const spelled = buffers.map((buffer) => toBase64(hide ? hide.bytes(buffer) : buffer));
  const shownTitle = JSON.stringify(hide ? hide.text(title) : title);
  return `{"title":${shownTitle},"at":"${at.toISOString()}","buffers":${JSON.stringify(spelled)},"reports":${written}}`;
}

function readEntry(line: string, number: number): SessionEntry {
  const { title, at, buffers, reports } = parsed(line, number) as Partial<EntryLine>;
  const time = new Date(typeof at === "string" ? at : Number.NaN);
  if (typeof title !== "string" || Number.isNaN(time.getTime()) || !Array.isArray(buffers) || !Array.isArray(reports)) {
    throw damaged(number);
  }
  const bytes = buffers.map(
    (buffer) => (typeof buffer === "string" ? fromBase64(buffer) : undefined) ?? new Uint8Array(),
  );
  const [first, ...others] = reports.map((report) => revived(report, bytes) as Report);
  if (!first || ![first, ...others].every(isReport)) throw damaged(number);
  return { title, at: time, reports: [first, ...others] };
}

function revived(value: unknown, buffers: readonly Uint8Array[]): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => revived(item, buffers));
  if (typeof value !== "object" || value === null) return value;
  const { $buffer } = value as { readonly $buffer?: unknown };
  if (typeof $buffer === "number") return buffers[$buffer] ?? new Uint8Array();
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, revived(inner, buffers)]));
}

/** Whether a value is as much of a report as showing it needs; a file may have been written by anybody. */
function isReport(value: Report): boolean {
  return (
    typeof value?.title === "string" &&
    typeof value.verdict?.headline === "string" &&
    typeof value.verdict.sentence === "string" &&
    typeof value.facts?.kind === "string" &&
    value.bytes instanceof Uint8Array &&
    isNode(value.root) &&
    Array.isArray(value.findings) &&
    isStructure(value.structure) &&
    Array.isArray(value.contains) &&
    value.contains.every(isReport)
  );
}

function isStructure(source: Report["structure"]): boolean {
  return (
    source === undefined ||
    (source.bytes instanceof Uint8Array &&
      Number.isInteger(source.start) &&
      source.start >= 0 &&
      source.start < source.bytes.length &&
      typeof source.path === "string" &&
      typeof source.label === "string" &&
      Object.hasOwn(shapes, source.shape))
  );
}

function isNode(node: ReportNode): boolean {
  return (
    typeof node?.id === "string" &&
    typeof node.label === "string" &&
    (node.value === undefined || typeof node.value === "string") &&
    Array.isArray(node.children) &&
    node.children.every(isNode)
  );
}

function parsed(line: string, number: number): object {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === "object" && value !== null) return value;
  } catch {
    // Not JSON: told below, with its place.
  }
  throw damaged(number);
}

function damaged(line: number): HumanError {
  return new HumanError(
    `Line ${line} of this session cannot be read: the file is cut short or was changed. Save the session again.`,
  );
}

/** How the secrets of some reports are taken out of texts and bytes. */
function secretsOf(reports: readonly Report[]): {
  text: (text: string) => string;
  bytes: (bytes: Uint8Array) => Uint8Array;
} {
  const texts = new Set<string>();
  const keys = new Set<Uint8Array>();
  const inReport = (report: Report): void => {
    if (report.facts.kind === "privateKey") keys.add(report.bytes);
    inNode(report.root);
    report.contains.forEach(inReport);
  };
  const inNode = (node: ReportNode): void => {
    if (node.secret !== undefined && node.secret !== "") texts.add(node.secret);
    node.children.forEach(inNode);
  };
  reports.forEach(inReport);
  const spelled = [...texts].flatMap((text) => [encoded(text), wide(text)]);
  const words = [...texts, ...spelled.map(toHex)];
  return {
    text: (text) => words.reduce((shown, word) => shown.replaceAll(word, "•••"), text),
    bytes: (bytes) => (keys.has(bytes) ? new Uint8Array(bytes.length) : spelled.reduce(without, bytes)),
  };
}

function encoded(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** As a BMPString holds it (X.690 §8.23.7). */
function wide(text: string): Uint8Array {
  return Uint8Array.from(
    Array.from({ length: text.length * 2 }, (_, i) => (text.charCodeAt(i >> 1) >> (i % 2 === 0 ? 8 : 0)) & 0xff),
  );
}

/** Some bytes with every occurrence of others overwritten by asterisks. */
function without(bytes: Uint8Array, secret: Uint8Array): Uint8Array {
  let cleaned = bytes;
  const [first = 0] = secret;
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (!secret.every((octet, i) => bytes[at + i] === octet)) continue;
    if (cleaned === bytes) cleaned = new Uint8Array(bytes);
    cleaned.fill(0x2a, at, at + secret.length);
  }
  return cleaned;
}
