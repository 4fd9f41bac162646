import { readBase64Lines } from "../asn1/base64.js";
import type { BerNode } from "../asn1/berNode.js";
import { textEncodingOf } from "../asn1/byteText.js";
import { readBer } from "../asn1/berReader.js";
import { sameBytes } from "../asn1/octets.js";
import { visibleText } from "../asn1/visibleText.js";
import { armourPlace } from "../capture/armourPlace.js";
import { type PemRegion, PemScanner } from "../capture/pemScanner.js";
import { readRequestNode, type RequestView } from "../pkcs10/request.js";
import { readCertificate } from "../x509/certificate.js";
import type { Artifact, ArtifactKind } from "./artifact.js";
import { findingsOn } from "./assemble.js";
import { classify } from "./classify.js";
import type { InspectContext } from "./context.js";
import { publicKeyText, shortName } from "./describe/certificateWords.js";
import { problemsIn } from "./describe/eagerStructure.js";
import { shapes } from "./describe/grammar.js";
import type { ByteRange, Finding } from "./finding.js";
import { inspect } from "./inspect.js";
import { type KeyHolder, keyIdentity } from "./keyHolders.js";
import { recognise } from "./recognise.js";
import type { Verdict } from "./report.js";
import { requestVerdict, verifyRequest } from "./requestReport.js";

/** Where something stands in a file: in bytes, and, of text, from which character of which line to behind which. */
export interface FilePlace {
  readonly offset: number;
  readonly length: number;
  readonly text?: TextRange;
}

/** A stretch of a text. Lines and columns count from 1, columns in UTF-16 code units; the end is behind the last one. */
export interface TextRange {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A finding and where in the file it stands: the lines of PEM that carry its bytes, or the whole of what it concerns. */
export interface LintFinding extends Finding {
  readonly place: FilePlace;
}

/** One thing of a file that was linted. Plain data. */
export interface LintedArtifact {
  readonly kind: ArtifactKind;
  /** The file, and inside it what it is: `all.pem#2 CERTIFICATE REQUEST`. */
  readonly name: string;
  /** Where it is in the file; of PEM, armour included. */
  readonly place: FilePlace;
  /** What it is in a few words: `CN=dev7.example.com · RSA 2048`. */
  readonly summary: string;
  readonly verdict: Verdict;
  /** The most serious first. */
  readonly findings: readonly LintFinding[];
}

/** The kinds that are judged when a file is linted; what else it holds is left alone. */
const linted: ReadonlySet<ArtifactKind> = new Set<ArtifactKind>(["request", "opensslConf", "mkrequest", "sscepConf"]);

/** A text without armour is looked into as a whole (for base64, hex, and the languages) up to this length, in bytes. */
const longestWhole = 1024 * 1024;

/** What came of linting a file. Plain data. */
export interface LintResult {
  readonly artifacts: readonly LintedArtifact[];
  /** The keys of the requests and certificates in it, each with whose it is: for `InspectContext.keyHolders`. */
  readonly keys: readonly (readonly [identity: string, holder: KeyHolder])[];
}

/**
 * Says what is wrong with the certificate requests of a file, whatever else stands in it: DER, PEM in any text, base64,
 * hex. Of a text with PEM blocks nothing but the blocks is looked at. Never rejects.
 *
 * @param name what the file is called; the names of the things in it begin with it
 */
export async function lint(bytes: Uint8Array, name: string, context: InspectContext): Promise<LintResult> {
  return judgeAll(artifactsIn(regionsIn(bytes), bytes, name), name, context);
}

/** The same for a file that is read piece by piece, of which no more than its PEM blocks are kept. */
export async function lintPieces(
  pieces: AsyncIterable<Uint8Array>,
  name: string,
  context: InspectContext,
): Promise<LintResult> {
  const scanner = new PemScanner();
  const regions: PemRegion[] = [];
  for await (const piece of pieces) regions.push(...scanner.push(piece));
  regions.push(...scanner.finish());
  return judgeAll(artifactsIn(regions, undefined, name), name, context);
}

function regionsIn(bytes: Uint8Array): PemRegion[] {
  if (textEncodingOf(bytes).encoding !== "UTF-8") return [];
  return new PemScanner().whole(bytes);
}

/** Something of a file: its place there, and what it was recognised as. */
interface Found {
  readonly artifact: Artifact;
  /** The outermost value of its bytes, where it was read already. */
  readonly root?: BerNode;
  readonly offset: number;
  readonly length: number;
  /** The PEM block that it comes from. */
  readonly region?: PemRegion;
  /** The text that it is, from the file's first byte on, where places in it are to be told by line and column. */
  readonly text?: Uint8Array;
}

function artifactsIn(regions: readonly PemRegion[], whole: Uint8Array | undefined, name: string): Found[] {
  if (regions.length > 0) {
    return regions.flatMap((region, index) => {
      const { bytes, offset } = region;
      const named = regions.length === 1 ? name : `${name}#${index + 1} ${labelOf(bytes)}`;
      const { length } = bytes;
      const root = tidyRequest(bytes);
      if (!root) return recognise(bytes, named).map((artifact) => ({ artifact, offset, length, region }));
      const source = { name: named, offset, length };
      return [{ artifact: { kind: "request", bytes: root.bytes, source, wrapping: [] }, offset, length, region, root }];
    });
  }
  if (!whole || (whole.length > longestWhole && whole[0] !== 0x30)) return [];
  return recognise(whole, name).map((artifact) => {
    const { offset, length } = artifact.source;
    const isText = artifact.bytes === whole && textEncodingOf(whole).encoding === "UTF-8";
    return { artifact, offset, length, ...(isText && artifact.kind !== "request" && { text: whole }) };
  });
}

/** The armour of a request, with the line end behind BEGIN and that before END left out. */
const armours = ["CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST"].map((label) => ({
  begin: new TextEncoder().encode(`-----BEGIN ${label}-----`),
  end: new TextEncoder().encode(`-----END ${label}-----`),
}));

/**
 * The request in a block with which nothing is wrong, as `recognise` would give it. Nine of ten blocks are such, and to find
 * out what else one might be takes as long as to judge it. Undefined for every other.
 */
function tidyRequest(bytes: Uint8Array): BerNode | undefined {
  const armour = armours.find(({ begin }) => sameBytes(bytes.subarray(0, begin.length), begin));
  if (!armour || !sameBytes(bytes.subarray(-armour.end.length), armour.end)) return undefined;
  const bodyStart = armour.begin.length + (bytes[armour.begin.length] === 0x0d ? 2 : 1);
  if (bytes[bodyStart - 1] !== 0x0a) return undefined;
  const der = readBase64Lines(bytes.subarray(bodyStart, -armour.end.length));
  const root = der && readBer(der);
  return root && root.end === der.length && classify(root) === "request" ? root : undefined;
}

async function judgeAll(all: readonly Found[], name: string, context: InspectContext): Promise<LintResult> {
  const artifacts: LintedArtifact[] = [];
  const keys: (readonly [string, KeyHolder])[] = [];
  const source = visibleText(name, 200);
  for (const found of all) {
    const { kind, bytes } = found.artifact;
    const root = kind === "request" ? (found.root ?? readBer(bytes)) : undefined;
    const view = root && readRequestNode(root);
    if (isLinted(found)) artifacts.push(await judge(found, view, context));
    const holder = view ?? (kind === "certificate" ? readCertificate(bytes) : undefined);
    if (holder && (kind === "request" || kind === "certificate")) {
      keys.push([keyIdentity(holder.spki), { kind, subject: holder.subject.text, source }]);
    }
  }
  return { artifacts, keys };
}

/** Whether something is a request, or at least says so: one that is too damaged to be recognised is what most needs telling. */
function isLinted({ artifact, region }: Found): boolean {
  if (linted.has(artifact.kind)) return true;
  const damaged = artifact.kind === "asn1" || artifact.kind === "unknown";
  return damaged && region !== undefined && labelOf(region.bytes).endsWith("CERTIFICATE REQUEST");
}

function labelOf(block: Uint8Array): string {
  let label = "";
  for (const octet of block.subarray(11, 91)) {
    if (octet === 0x2d || octet === 0x0a) break;
    label += String.fromCharCode(octet);
  }
  return label;
}

async function judge(found: Found, view: RequestView | undefined, context: InspectContext): Promise<LintedArtifact> {
  const { artifact } = found;
  const { kind, source } = artifact;
  const what = { kind, name: source.name, place: placeIn(found) };
  // The same as in a report, without the tree, which costs several times what the rules cost.
  if (view) {
    const findings = await findingsOnRequest(view, artifact, context);
    const summary = `${shortName(view)} · ${publicKeyText(view.publicKey)}`;
    return { ...what, summary, verdict: requestVerdict(view)(findings), findings: findings.map(placed(found)) };
  }
  const { title, verdict, findings } = await inspect(artifact, context);
  return { ...what, summary: title, verdict, findings: findings.map(placed(found)) };
}

async function findingsOnRequest(
  view: RequestView,
  { bytes, source, wrapping }: Artifact,
  context: InspectContext,
): Promise<readonly Finding[]> {
  const verification = await verifyRequest(view, context);
  const { name } = source;
  const [path, label, shape] = ["request", "structure", "request"] as const;
  const problems = problemsIn({ path, buffer: bytes }, label, label, view.node, shapes[shape]);
  const encoding = {
    bytes,
    name,
    wrapping,
    problems,
    source: { path, bytes, start: view.node.start, label, shape },
  };
  return findingsOn(
    [
      { kind: "request", subject: { view, verification, enrolment: "first" } },
      { kind: "encoding", subject: encoding },
    ],
    context,
  );
}

/** Puts a finding, whose range is of the artifact's own bytes, into the file. */
function placed(found: Found): (finding: Finding) => LintFinding {
  return (finding) => ({ ...finding, place: placeIn(found, finding.range) });
}

/** The place of an artifact in its file, or of a range of its bytes; what concerns all of it is told of its first line. */
function placeIn({ offset, length, region, artifact, text }: Found, range?: ByteRange): FilePlace {
  if (text) return placeInText(text, range ?? { start: offset, end: offset + length });
  const precise = range && range.end > range.start && range.end - range.start < artifact.bytes.length;
  if (!region) {
    const same = length === artifact.bytes.length;
    return precise && same ? { offset: offset + range.start, length: range.end - range.start } : { offset, length };
  }
  const inBlock = precise ? armourPlace(region.bytes, range.start, range.end) : undefined;
  const beginLine = Math.max(region.bytes.indexOf(0x0a), 0) || length;
  const { offset: from, length: long } = inBlock ?? { offset: 0, length: range ? beginLine : length };
  return { offset: offset + from, length: long, text: textRange(region, from, from + long) };
}

/** The place of a range of a text in UTF-8. */
function placeInText(text: Uint8Array, { start, end }: ByteRange): FilePlace {
  const from = positionIn(text, start);
  const to = positionIn(text, end);
  return {
    offset: start,
    length: end - start,
    text: { line: from.line, column: from.column, endLine: to.line, endColumn: to.column },
  };
}

function positionIn(text: Uint8Array, offset: number): { line: number; column: number } {
  const { bom } = textEncodingOf(text);
  let line = 1;
  let lineStart = bom;
  for (let i = bom; i < offset; i++) {
    if (text[i] === 0x0a) [line, lineStart] = [line + 1, i + 1];
  }
  return { line, column: new TextDecoder().decode(text.subarray(lineStart, offset)).length + 1 };
}

/** The lines and columns of a stretch of a PEM block, which is ASCII. */
function textRange({ bytes, line, column }: PemRegion, from: number, to: number): TextRange {
  const start = advance(bytes, 0, from, line, column);
  const end = advance(bytes, from, to, start.line, start.column);
  return { ...start, endLine: end.line, endColumn: end.column };
}

function advance(
  bytes: Uint8Array,
  from: number,
  to: number,
  line: number,
  column: number,
): { line: number; column: number } {
  let atLine = line;
  let lineStart = from - column + 1;
  for (
    let lineEnd = bytes.indexOf(0x0a, from);
    lineEnd >= 0 && lineEnd < to;
    lineEnd = bytes.indexOf(0x0a, lineEnd + 1)
  ) {
    atLine++;
    lineStart = lineEnd + 1;
  }
  return { line: atLine, column: to - lineStart + 1 };
}
