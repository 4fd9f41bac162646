import { readBase64 } from "../asn1/base64.js";
import { bytesAt, bytesPart, type CaptureInput, type TextProblem, type TextSpan } from "./captureInput.js";
import type { CapturedPart } from "./capturedPart.js";
import { captureLimits } from "./limits.js";
import { type MimeHeaders, mimeParameter, readMimeHeaders } from "./mimeHeaders.js";
import { fromQuotedPrintable } from "./quotedPrintable.js";

/** A piece of a mail that is no multipart itself. */
interface MimeLeaf {
  readonly headers: MimeHeaders;
  readonly span: TextSpan;
  readonly problems: readonly TextProblem[];
  /** Of the second part of a multipart/signed, the first: what is signed (RFC 1847 §2.1). */
  readonly signed?: TextSpan;
}

/** Types of which a message is made; of the rest only what is text is looked into. */
const message = /^(?:application|text)\/(?:x-)?(?:pkcs|pkix|pki|x509|octet-stream|pem)/i;

/**
 * The messages in a mail (RFC 5322, RFC 2045, RFC 8551): the parts of a multipart however deep, `application/pkcs7-mime` and
 * the detached signature of `multipart/signed`, in base64 or quoted-printable, and text in which a message is quoted.
 */
export const readMime = (input: CaptureInput): readonly CapturedPart[] => {
  const { text } = input;
  const start = text.search(/\S/);
  // mbox begins with a line of its own.
  const first = /^From [^\n]*\n/.exec(text.slice(Math.max(0, start), start + 500));
  const from = Math.max(0, start) + (first?.[0].length ?? 0);
  const headers = readMimeHeaders(text, from, text.length);
  if (!headers || !(headers.fields.has("mime-version") || isMail(headers))) return [];
  const leaves = leavesOf(text, { start: from, end: text.length }, captureLimits.nesting);
  const parts = leaves.map((leaf, index) => partOf(input, leaf, index + 1));
  // A single part that is the mail's own body needs no number.
  return parts.length === 1 ? parts.map((part) => ({ ...part, label: "" })) : parts;
};

function isMail({ fields }: MimeHeaders): boolean {
  const type = fields.get("content-type") ?? "";
  return (
    /^(?:multipart|application)\//i.test(type) || (fields.has("from") && (fields.has("date") || fields.has("subject")))
  );
}

function leavesOf(text: string, span: TextSpan, depth: number): MimeLeaf[] {
  const headers = readMimeHeaders(text, span.start, span.end) ?? { fields: new Map(), bodyStart: span.start };
  const body: TextSpan = { start: headers.bodyStart, end: span.end };
  const type = headers.fields.get("content-type") ?? "text/plain";
  const boundary = /^multipart\//i.test(type) ? mimeParameter(type, "boundary") : undefined;
  if (depth > 0 && boundary !== undefined) {
    const { parts, closed } = split(text, body, boundary);
    const leaves = parts.flatMap((part) => leavesOf(text, part, depth - 1)).slice(0, captureLimits.parts);
    const [signed, signature] = parts;
    if (/^multipart\/signed/i.test(type) && signed && signature && leaves.length > 0) {
      leaves.push({ ...(leaves.pop() as MimeLeaf), signed });
    }
    const last = leaves.at(-1);
    if (closed || !last) return leaves;
    const words = `The mail ends before the boundary ${JSON.stringify(`--${boundary}--`)} that closes it; its last part may be cut.`;
    return [
      ...leaves.slice(0, -1),
      { ...last, problems: [...last.problems, { code: "mime.part", message: words, index: body.end }] },
    ];
  }
  if (depth > 0 && /^message\/rfc822/i.test(type)) return leavesOf(text, body, depth - 1);
  return [{ headers, span: body, problems: [] }];
}

/** The parts between the boundaries of a multipart (RFC 2046 §5.1.1). */
function split(text: string, body: TextSpan, boundary: string): { parts: TextSpan[]; closed: boolean } {
  const delimiter = `--${boundary}`;
  const parts: TextSpan[] = [];
  let start: number | undefined;
  for (let at = text.indexOf(delimiter, body.start); at >= 0 && at < body.end; at = text.indexOf(delimiter, at + 1)) {
    if (at > body.start && text[at - 1] !== "\n") continue;
    if (start !== undefined) {
      const end = text[at - 2] === "\r" ? at - 2 : at - 1;
      parts.push({ start, end: Math.max(start, end) });
    }
    const behind = at + delimiter.length;
    if (text.startsWith("--", behind)) return { parts, closed: true };
    const feed = text.indexOf("\n", behind);
    if (feed < 0 || parts.length >= captureLimits.parts) return { parts, closed: false };
    start = feed + 1;
  }
  if (start !== undefined) parts.push({ start, end: body.end });
  return { parts, closed: false };
}

function partOf(input: CaptureInput, { headers, span, problems, signed }: MimeLeaf, number: number): CapturedPart {
  const { bytes, problem } = decoded(input, headers, span);
  const type = headers.fields.get("content-type");
  const name = mimeParameter(headers.fields.get("content-disposition"), "filename") ?? mimeParameter(type, "name");
  const words = name ?? /^[\w.+-]+\/[\w.+-]+/.exec(type ?? "")?.[0] ?? "text/plain";
  const found =
    problem === undefined
      ? problems
      : [...problems, { code: "mime.part" as const, message: problem, index: span.start }];
  const part = bytesPart(input, `#${number} ${words}`, span, bytes, found);
  return signed && part.kind === "bytes" ? { ...part, signedContent: canonical(bytesAt(input, signed)) } : part;
}

/** A part with every line ended by CR and LF, which is how it was signed (RFC 8551 §3.1.1). */
function canonical(bytes: Uint8Array): Uint8Array {
  const missing = bytes.reduce((count, octet, i) => count + Number(octet === 0x0a && bytes[i - 1] !== 0x0d), 0);
  if (missing === 0) return bytes;
  const lines = new Uint8Array(bytes.length + missing);
  let at = 0;
  bytes.forEach((octet, i) => {
    if (octet === 0x0a && bytes[i - 1] !== 0x0d) lines[at++] = 0x0d;
    lines[at++] = octet;
  });
  return lines;
}

function decoded(input: CaptureInput, headers: MimeHeaders, span: TextSpan): { bytes: Uint8Array; problem?: string } {
  const encoding = (headers.fields.get("content-transfer-encoding") ?? "7bit").toLowerCase();
  const text = input.text.slice(span.start, span.end);
  switch (encoding) {
    case "base64": {
      const { bytes, badAt } = readBase64(text);
      if (badAt === undefined) return { bytes };
      return {
        bytes,
        problem: `The base64 of a part holds ${JSON.stringify(text[badAt])}; the part is read up to there.`,
      };
    }
    case "quoted-printable":
      return { bytes: fromQuotedPrintable(text) };
    case "7bit":
    case "8bit":
    case "binary": {
      const bytes = bytesAt(input, span);
      // OpenSSL's smime reads base64 here whatever the header says; so do we where the type promises a message.
      const type = headers.fields.get("content-type") ?? "";
      const base64 = message.test(type) && bytes[0] !== 0x30 ? readBase64(text) : undefined;
      return base64 && base64.badAt === undefined && base64.bytes[0] === 0x30 ? { bytes: base64.bytes } : { bytes };
    }
    default:
      return {
        bytes: bytesAt(input, span),
        problem: `A part is in the transfer encoding ${JSON.stringify(encoding.slice(0, 40))}, which is not known; it is shown as it stands.`,
      };
  }
}
