import { readBer } from "../asn1/berReader.js";
import { objectIdentifier } from "../asn1/buildValue.js";
import { contextConstructed, sequence } from "../asn1/derWriter.js";
import { oid } from "../asn1/oids.js";
import type { Place } from "./assemble.js";
import { classify } from "./classify.js";
import type { Report } from "./report.js";

/** Messages that are opened one inside the other. */
const mostEnclosed = 16;

/** The content types that are messages in their turn; a damaged message may name anything. */
const enclosable: ReadonlySet<string> = new Set([
  oid.signedData,
  oid.envelopedData,
  oid.signedAndEnvelopedData,
  oid.digestedData,
  oid.encryptedData,
  oid.authEnvelopedData,
  oid.compressedData,
  oid.authenticatedData,
]);

/** The content types that are no CMS and may hold messages all the same: those of CMC (RFC 5272 §3.2, §4.1). */
const bare: ReadonlySet<string> = new Set([oid.pkiData, oid.pkiResponse]);

/**
 * The report on a content that was inside another one, opened in its turn: signed in enveloped in compressed, and so on.
 * Undefined where it is no message of a kind that is known (a text, a program), where there is nothing in it, or where
 * the nesting goes too deep.
 *
 * @param contentType dotted; other than `data` it says what the content is, which then has no ContentInfo around it
 */
export async function reportOnEnclosed(
  content: Uint8Array | undefined,
  contentType: string,
  place: Place,
): Promise<Report | undefined> {
  const path = `${place.path}/enclosed`;
  if (!content || content.length < 2 || path.split("/enclosed").length > mostEnclosed) return undefined;
  const isBare = contentType === oid.data || bare.has(contentType);
  if (!isBare && !enclosable.has(contentType)) return undefined;
  const bytes = isBare ? content : asContentInfo(contentType, content);
  const root = readBer(bytes);
  const kind = root ? classify(root) : "asn1";
  if (!root || (kind === "asn1" && !bare.has(contentType))) return undefined;
  return place.inspectors.value(root, kind, {
    ...place,
    path,
    label: "content",
    buffer: new Uint8Array(),
    wrapping: [],
    name: "The content",
    source: { offset: root.start, length: root.length },
  });
}

/** A content that stands without its ContentInfo, as CMS nests content types other than `data`. */
function asContentInfo(contentType: string, content: Uint8Array): Uint8Array {
  return sequence(objectIdentifier(contentType), contextConstructed(0, content));
}
