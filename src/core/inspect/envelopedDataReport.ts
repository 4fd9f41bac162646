import type { BerNode } from "../asn1/berNode.js";
import type { EnvelopedDataView } from "../cms/envelopedData.js";
import { assemble, frameOf, type Place } from "./assemble.js";
import { cipherWords } from "./cmsNodes.js";
import { envelopeFacts, envelopeNode } from "./envelopeNodes.js";
import { rangeOf } from "./describe/nodes.js";
import type { AuthEnvelopedDataFacts, EnvelopedDataFacts } from "./facts/cmsFacts.js";
import { reportOnEnclosed } from "./enclosedContent.js";
import { knownRoles } from "./knownCertificates.js";
import { openEnvelope } from "./pkiMessageParts.js";
import type { Report } from "./report.js";
import { encodingOf, structureOf } from "./structureOf.js";

/** The report on an EnvelopedData (RFC 5652 §6) or AuthEnvelopedData (RFC 5083) that stands alone, opened where a key for it is at hand. */
export async function reportOnEnvelopedData(view: EnvelopedDataView, root: BerNode, place: Place): Promise<Report> {
  const known = knownRoles(place.context);
  const candidates = known.map(({ certificate }) => certificate);
  const envelope = await openEnvelope(view, place.context, candidates);
  const structure = structureOf(place, root, "contentInfo");
  const content = await reportOnEnclosed(envelope.content, view.contentType, place);
  const label = view.authentication ? "AuthEnvelopedData" : "EnvelopedData";
  const cipher = cipherWords(view.contentEncryptionAlgorithm);
  const facts: EnvelopedDataFacts | AuthEnvelopedDataFacts = {
    kind: view.authentication ? "authEnvelopedData" : "envelopedData",
    ...place.source,
    encoding: encodingOf(root, structure),
    envelope: envelopeFacts(envelope),
  };
  return assemble(place, {
    title: label,
    facts,
    bytes: root.bytes,
    root: {
      label,
      value: cipher,
      range: rangeOf(root),
      content: "message",
      children: () => [
        envelopeNode(frameOf(place, root.bytes), envelope, candidates, known),
        content?.root,
        structure?.root(),
      ],
    },
    subjects: structure ? [structure.subject] : [],
    contains: content ? [content] : [],
    verdict: () =>
      envelope.content
        ? {
            status: "ok",
            headline: `${label} · ${cipher} · opened`,
            sentence: "The envelope is opened; its content is below.",
          }
        : {
            status: "warning",
            headline: `${label} · ${cipher}`,
            sentence: envelope.reason ?? "The envelope is not opened.",
            remedy: "Give the private key, the password or the secret key of one of its recipients.",
          },
  });
}
