import type { BerNode } from "../asn1/berNode.js";
import { oidName } from "../asn1/oidNames.js";
import { sameBytes } from "../asn1/octets.js";
import { visibleText } from "../asn1/visibleText.js";
import { decompressZlib } from "../cms/decompress.js";
import { decryptWithSecrets } from "../cms/encryptedData.js";
import type { CompressedDataView, DigestedDataView, EncryptedDataView } from "../cms/otherContent.js";
import { digestByOid } from "../crypto/algorithms.js";
import { digestIfOffered } from "../crypto/digestIfOffered.js";
import { isPasswordEncryption, readPasswordEncryption } from "../crypto/passwordEncryption.js";
import { definedOnly } from "../definedOnly.js";
import { assemble, frameOf, type Place } from "./assemble.js";
import { cipherWords, digestWords, namedOid } from "./cmsNodes.js";
import { count, hexValue, node, rangeOf } from "./describe/nodes.js";
import { contentWords } from "./describe/messageNodes.js";
import { reportOnEnclosed } from "./enclosedContent.js";
import type { CompressedDataFacts, DigestedDataFacts, EncryptedDataFacts } from "./facts/cmsFacts.js";
import type { Report, ReportNode, Verdict } from "./report.js";
import { encodingOf, structureOf } from "./structureOf.js";

const zlibCompress = "1.2.840.113549.1.9.16.3.8";

/** The report on an EncryptedData (RFC 5652 §8), opened where its key or password is at hand. */
export async function reportOnEncryptedData(view: EncryptedDataView, root: BerNode, place: Place): Promise<Report> {
  const { passwords = [], secretKeys = [], crypto } = place.context;
  const opened = await decryptWithSecrets(crypto, view, passwords, secretKeys);
  const algorithm = view.contentEncryptionAlgorithm;
  const encryption = isPasswordEncryption(algorithm) ? readPasswordEncryption(algorithm) : undefined;
  const cipher = typeof encryption === "object" ? encryption.name : cipherWords(algorithm);
  const enclosed = opened.ok ? await reportOnEnclosed(opened.content, view.contentType, place) : undefined;
  const frame = frameOf(place, root.bytes);
  const facts = definedOnly<EncryptedDataFacts>({
    kind: "encryptedData",
    ...place.source,
    encoding: encodingOf(root),
    contentType: view.contentType,
    contentEncryptionAlgorithm: algorithm.name,
    decrypted: opened.ok,
    reason: opened.ok ? undefined : opened.reason,
  });
  const verdict: Verdict = opened.ok
    ? { status: "ok", headline: `EncryptedData · ${cipher} · opened`, sentence: "The content is decrypted." }
    : {
        status: "warning",
        headline: `EncryptedData · ${cipher}`,
        sentence: opened.reason,
        remedy: "Give the password or the secret key that it was encrypted with.",
      };
  return reportOnOtherContent(place, root, "EncryptedData", cipher, facts, enclosed, verdict, [
    node(frame, "opened", "decrypted", {
      value: opened.ok
        ? `${count(opened.content.length, "byte")} with ${visibleText(opened.openedWith, 100)}`
        : opened.reason,
      explanation: "Whether one of the passwords or secret keys at hand opens it.",
      citation: "RFC 5652 §8",
      status: opened.ok ? "ok" : undefined,
    }),
    node(frame, "cipher", "contentEncryptionAlgorithm", { value: cipher, from: algorithm.node }),
    contentTypeNode(place, root, view.contentType),
    node(frame, "encryptedContent", "encryptedContent", {
      value: count(view.encryptedContent?.length ?? 0, "byte"),
      from: view.encryptedContentNode,
    }),
  ]);
}

/** The report on a CompressedData (RFC 3274), unpacked where it is zlib's. */
export async function reportOnCompressedData(view: CompressedDataView, root: BerNode, place: Place): Promise<Report> {
  const { compressionAlgorithm, content } = view;
  const reading =
    compressionAlgorithm.oid === zlibCompress
      ? decompressZlib(content ?? new Uint8Array())
      : ({ ok: false, reason: `It is compressed with ${compressionAlgorithm.name}, which is not supported.` } as const);
  const enclosed = reading.ok ? await reportOnEnclosed(reading.content, view.contentType, place) : undefined;
  const frame = frameOf(place, root.bytes);
  const facts = definedOnly<CompressedDataFacts>({
    kind: "compressedData",
    ...place.source,
    encoding: encodingOf(root),
    contentType: view.contentType,
    compressionAlgorithm: compressionAlgorithm.name,
    contentLength: reading.ok ? reading.content.length : undefined,
    reason: reading.ok ? undefined : reading.reason,
  });
  const words = reading.ok ? count(reading.content.length, "byte") : reading.reason;
  const verdict: Verdict = reading.ok
    ? { status: "ok", headline: `CompressedData · ${words}`, sentence: `The content unpacks to ${words}.` }
    : { status: "error", headline: "CompressedData", sentence: reading.reason, remedy: "Get the message anew." };
  return reportOnOtherContent(place, root, "CompressedData", compressionAlgorithm.name, facts, enclosed, verdict, [
    node(frame, "compressionAlgorithm", "compressionAlgorithm", {
      value: compressionAlgorithm.name,
      explanation: "How the content is compressed.",
      citation: "RFC 3274 §1.1",
      from: compressionAlgorithm.node,
    }),
    contentTypeNode(place, root, view.contentType),
    node(frame, "content", "content", {
      value: `${count(content?.length ?? 0, "byte")}, unpacked ${words}`,
      from: view.contentNode,
    }),
  ]);
}

/** The report on a DigestedData (RFC 5652 §7), its digest checked. */
export async function reportOnDigestedData(view: DigestedDataView, root: BerNode, place: Place): Promise<Report> {
  const digest = digestByOid(view.digestAlgorithm.oid)?.name;
  const actual = digest && (await digestIfOffered(place.context.crypto, digest, view.content ?? new Uint8Array()));
  const state = actual?.ok ? (sameBytes(actual.digest, view.digest) ? "matches" : "differs") : "unsupported";
  const enclosed = await reportOnEnclosed(view.content, view.contentType, place);
  const frame = frameOf(place, root.bytes);
  const name = digestWords(view.digestAlgorithm);
  const facts: DigestedDataFacts = {
    kind: "digestedData",
    ...place.source,
    encoding: encodingOf(root),
    contentType: view.contentType,
    digestAlgorithm: name,
    digest: state,
  };
  const headline = `DigestedData · ${name}`;
  const verdict: Verdict =
    state === "matches"
      ? { status: "ok", headline, sentence: `The content has the ${name} digest that stands beside it.` }
      : state === "differs"
        ? {
            status: "error",
            headline,
            sentence: `The content does not have the ${name} digest that stands beside it: it was changed, or cut.`,
            remedy: "Get the message anew.",
          }
        : {
            status: "warning",
            headline,
            sentence: actual?.ok === false ? actual.reason : `The digest algorithm ${name} is not supported.`,
          };
  return reportOnOtherContent(place, root, "DigestedData", name, facts, enclosed, verdict, [
    node(frame, "digestAlgorithm", "digestAlgorithm", { value: name, from: view.digestAlgorithm.node }),
    node(frame, "digest", "digest", {
      value: state === "matches" ? "matches the content" : `${state}: ${hexValue(view.digest).value}`,
      status: state === "matches" ? "ok" : state === "differs" ? "error" : "warning",
      explanation: "The digest of the content.",
      citation: "RFC 5652 §7",
      from: view.digestNode,
    }),
    contentTypeNode(place, root, view.contentType),
    node(frame, "content", "content", {
      value: view.content ? contentWords(view.content) : "absent (detached)",
      from: view.contentNode,
    }),
  ]);
}

/** The type of the content that a message holds. */
export function contentTypeNode(place: Place, root: BerNode, contentType: string): ReportNode {
  return node(frameOf(place, root.bytes), "contentType", "contentType", {
    value: namedOid(contentType),
    copyValue: oidName(contentType) ?? contentType,
    explanation: "What kind of content is inside.",
    citation: "RFC 5652 §3",
  });
}

/** The report on a CMS message of one of these types: its own nodes, what is enclosed, its encoding. */
export function reportOnOtherContent(
  place: Place,
  root: BerNode,
  label: string,
  value: string,
  facts: Report["facts"],
  enclosed: Report | undefined,
  verdict: Verdict,
  nodes: readonly ReportNode[],
): Report {
  const structure = structureOf(place, root, "contentInfo");
  return assemble(place, {
    title: label,
    facts,
    bytes: root.bytes,
    root: {
      label,
      value,
      range: rangeOf(root),
      content: "message",
      children: () => [...nodes, enclosed?.root, structure?.root()],
    },
    subjects: structure ? [structure.subject] : [],
    contains: enclosed ? [enclosed] : [],
    verdict: () => verdict,
  });
}
