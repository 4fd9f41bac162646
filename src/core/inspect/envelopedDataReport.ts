import type { BerNode } from "../asn1/berNode.js";
import { readBer } from "../asn1/berReader.js";
import type { EnvelopedDataView } from "../cms/envelopedData.js";
import { assemble, frameOf, type Place, rootNode } from "./assemble.js";
import { cipherWords, envelopeFacts, envelopeNode } from "./cmsNodes.js";
import { rangeOf } from "./describe/nodes.js";
import type { EnvelopedDataFacts } from "./facts.js";
import { reportOnContent } from "./innerContent.js";
import { knownRoles } from "./knownCertificates.js";
import { openEnvelope } from "./pkiMessageParts.js";
import type { Report } from "./report.js";
import { encodingOf, structureOf } from "./structureOf.js";

/** The report on an EnvelopedData that stands alone (RFC 5652 §6), opened where a key for it is at hand. */
export async function reportOnEnvelopedData(view: EnvelopedDataView, root: BerNode, place: Place): Promise<Report> {
  const known = knownRoles(place.context);
  const candidates = known.map(({ certificate }) => certificate);
  const envelope = await openEnvelope(view, place.context, candidates);
  const structure = structureOf(place, root, "contentInfo");
  const inner = envelope.content && readBer(envelope.content);
  const content =
    inner &&
    (await reportOnContent(
      inner,
      { ...place, buffer: root.bytes, wrapping: [], name: "The decrypted content" },
      { messageType: undefined, renewal: false },
    ));
  const cipher = cipherWords(view.contentEncryptionAlgorithm);
  const facts: EnvelopedDataFacts = {
    kind: "envelopedData",
    ...place.source,
    encoding: encodingOf(root),
    envelope: envelopeFacts(envelope),
  };
  return assemble(place, {
    title: "EnvelopedData",
    facts,
    bytes: root.bytes,
    root: rootNode(
      place,
      root.bytes,
      { label: "EnvelopedData", value: cipher, range: rangeOf(root), content: "message" },
      [envelopeNode(frameOf(place, root.bytes), envelope, candidates, known), content?.root, structure?.root],
    ),
    subjects: structure ? [structure.subject] : [],
    contains: content ? [content] : [],
    verdict: () =>
      envelope.content
        ? {
            status: "ok",
            headline: `EnvelopedData · ${cipher} · opened`,
            sentence: "The envelope is opened; its content is below.",
          }
        : {
            status: "warning",
            headline: `EnvelopedData · ${cipher}`,
            sentence: envelope.reason ?? "The envelope is not opened.",
            remedy: "Give the private key of one of its recipients.",
          },
  });
}
