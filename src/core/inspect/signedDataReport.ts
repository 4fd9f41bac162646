import type { BerNode } from "../asn1/berNode.js";
import { oid } from "../asn1/oids.js";
import { readContentInfoNode } from "../cms/contentInfo.js";
import { readSignedDataNode, type SignedDataView } from "../cms/signedData.js";
import { readTimeStamp } from "../cms/timeStamp.js";
import { verifySignerInfo } from "../cms/verify.js";
import { definedOnly } from "../definedOnly.js";
import { assemble, frameOf, type Place, verdictOf } from "./assemble.js";
import { reportOnAsn1 } from "./asn1Report.js";
import { roleWords, shortName } from "./describe/certificateWords.js";
import { type CertificateList, reportOnCertificates, rolesIn } from "./certificateList.js";
import { digestWords, identifierFacts, namedOid, signatureNodes } from "./cmsNodes.js";
import { contentWords } from "./describe/messageNodes.js";
import { count, inside, node, rangeOf } from "./describe/nodes.js";
import type { CertsOnlyFacts, SignedDataFacts } from "./facts/cmsFacts.js";
import { foreignContent } from "./foreignMessage.js";
import type { Finding } from "./finding.js";
import { reportOnEnclosed } from "./enclosedContent.js";
import { signerAttributeNodes, timeStampNodes } from "./signerAttributes.js";
import { isCut } from "./pkiMessageParts.js";
import { knownRoles } from "./knownCertificates.js";
import type { Report, ReportNode, Verdict } from "./report.js";
import { encodingOf, structureOf } from "./structureOf.js";

/** Signers that are verified and shown of one message. */
const mostSigners = 20;

/** The report on a SignedData that is no SCEP message: certificates alone (RFC 8894 §3.4), or content signed by somebody. */
export async function reportOnSignedData(root: BerNode, place: Place): Promise<Report> {
  const content = readContentInfoNode(root)?.content;
  const signedData = content && readSignedDataNode(content);
  if (!signedData) return reportOnAsn1(root, place, "A SignedData that is damaged or cut short", "contentInfo");
  const certificates = await reportOnCertificates(signedData, place, root.bytes);
  // Of a message that ends before its signers nobody knows whether it had any.
  const { signerInfosNode } = signedData;
  const certsOnly = signerInfosNode ? signerInfosNode.children.length === 0 : !isCut(root);
  return certsOnly
    ? certsOnlyReport(signedData, certificates, root, place)
    : signedReport(signedData, certificates, root, place);
}

function certsOnlyReport(
  signedData: SignedDataView,
  certificates: CertificateList | undefined,
  root: BerNode,
  place: Place,
): Report {
  const structure = structureOf(place, root, "contentInfo");
  const facts: CertsOnlyFacts = { kind: "certsOnly", ...place.source, encoding: encodingOf(root) };
  const roles = rolesIn(signedData, place);
  const parts = [
    count(signedData.certificates.length, "certificate"),
    ...(signedData.crls.length > 0 ? [count(signedData.crls.length, "CRL")] : []),
  ].join(", ");
  const named = roles.map(({ certificate, role }) => `${shortName(certificate)} (${roleWords[role]})`).join("; ");
  return assemble(place, {
    title: "Certificates",
    facts,
    bytes: root.bytes,
    root: {
      label: "Certificates",
      value: parts,
      range: rangeOf(root),
      content: "message",
      explanation: "A degenerate SignedData: no signer, only certificates or revocation lists.",
      citation: "RFC 8894 §3.4; RFC 5652 §5.2",
      // The list is the artifact here, so its certificates stand at the top.
      children: () => [...(certificates?.node.children ?? []), structure?.root()],
    },
    subjects: [{ kind: "certsOnly", subject: { signedData, roles } }, ...(structure ? [structure.subject] : [])],
    contains: certificates?.reports ?? [],
    verdict: verdictOf(parts, named === "" ? "There is no certificate in it." : `It holds ${named}.`),
  });
}

async function signedReport(
  signedData: SignedDataView,
  certificates: CertificateList | undefined,
  root: BerNode,
  place: Place,
): Promise<Report> {
  const { context } = place;
  const frame = frameOf(place, root.bytes);
  const structure = structureOf(place, root, "contentInfo");
  const known = knownRoles(context);
  const candidates = [...signedData.certificates, ...known.map(({ certificate }) => certificate)];
  const detached = signedData.eContent || place.buffer ? undefined : place.signedContent;
  const verified = detached ? { ...signedData, eContent: detached } : signedData;
  const signers = await Promise.all(
    signedData.signerInfos.slice(0, mostSigners).map(async (signer) => ({
      signer,
      verification: await verifySignerInfo(context.crypto, verified, signer, candidates),
    })),
  );
  const [first] = signers;
  const facts: SignedDataFacts = definedOnly<SignedDataFacts>({
    kind: "signedData",
    ...place.source,
    encoding: encodingOf(root),
    contentType: signedData.eContentType,
    digestAlgorithm: first && digestWords(first.signer.digestAlgorithm),
    signatureAlgorithm: first?.signer.signatureAlgorithm.name,
    signer: first && identifierFacts(first.signer.sid),
    signature: first?.verification.verdict,
  });
  const attributes = await Promise.all(
    signers.map(({ signer, verification: { certificate } }, index) =>
      signerAttributeNodes(inside(frame, `signer${index + 1}`, signer.node), {
        crypto: context.crypto,
        signedData,
        signer,
        candidates,
        certificate,
      }),
    ),
  );
  const enclosed = await reportOnEnclosed(signedData.eContent, signedData.eContentType, place);
  const stamp = signedData.eContentType === oid.tstInfo && signedData.eContent && readTimeStamp(signedData.eContent);
  const children = (): (ReportNode | undefined)[] => [
    node(frame, "eContentType", "eContentType", { value: namedOid(signedData.eContentType) }),
    node(frame, "content", "content", {
      value: signedData.eContent ? contentWords(signedData.eContent) : detachedWords(detached),
      from: signedData.eContentNode,
    }),
    ...(stamp ? timeStampNodes(frame, stamp) : []),
    ...signers.map(({ signer, verification }, index) => {
      const segment = `signer${index + 1}`;
      return node(frame, segment, "SignerInfo", { value: verification.verdict, from: signer.node }, [
        ...signatureNodes(inside(frame, segment, signer.node), signer, verification, candidates, known),
        ...(attributes[index] ?? []),
      ]);
    }),
    enclosed?.root,
    certificates?.node,
    structure?.root(),
  ];
  const verdicts = signers.map(({ verification }) => verification.detail).join(" ");
  const carried = foreignContent(signedData.eContentType);
  const allValid = signers.every(({ verification }) => verification.verdict === "valid");
  return assemble(place, {
    title: carried?.title ?? "SignedData",
    facts,
    bytes: root.bytes,
    root: {
      label: "SignedData",
      value: count(signers.length, "signer"),
      range: rangeOf(root),
      content: "message",
      children,
    },
    subjects: structure ? [structure.subject] : [],
    contains: [...(enclosed ? [enclosed] : []), ...(certificates?.reports ?? [])],
    verdict: (findings) =>
      signers.length === 0
        ? withoutSigners(findings)
        : {
            status: allValid
              ? "ok"
              : signers.some(({ verification }) => verification.verdict === "invalid")
                ? "error"
                : "warning",
            headline: `${carried?.title ?? "SignedData"} · ${signers.map(({ verification }) => verification.verdict).join(", ")}`,
            sentence: `Signed, but no SCEP message: ${carried === undefined ? "it has none of SCEP's attributes" : `its content is ${carried.content}`}. ${verdicts}`,
          },
  });
}

function detachedWords(content: Uint8Array | undefined): string {
  return content ? `detached: ${count(content.length, "byte")} beside it` : "absent (detached)";
}

/** A message whose signers are cut off or unreadable: the most serious finding says what happened to it. */
function withoutSigners([first]: readonly Finding[]): Verdict {
  const headline = "SignedData · no signer can be read";
  return first
    ? { status: "error", headline, sentence: first.message, remedy: first.remedy }
    : { status: "error", headline, sentence: "The SignedData names signers, but none of them can be read." };
}
