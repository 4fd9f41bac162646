import { visibleText } from "../asn1/visibleText.js";
import type { CryptoPort, DigestName } from "../crypto/cryptoPort.js";
import { toHex } from "../asn1/hex.js";
import { definedOnly } from "../definedOnly.js";
import type { CertificateView } from "../x509/certificate.js";
import { type CertificationPath, findCertificationPath } from "../x509/certificationPath.js";
import type { PublicKeyView } from "../x509/publicKey.js";
import { type CertificateRole, roleOf } from "../x509/roles.js";
import type { InspectContext } from "./context.js";
import { keyNamesFor } from "./knownCertificates.js";
import { assemble, frameOf, type Place, worst } from "./assemble.js";
import { chainNode } from "./describe/chainNode.js";
import { roleWords, shortName } from "./describe/certificateWords.js";
import { extensionsNode } from "./describe/extensionNodes.js";
import { nameNode, nameValue } from "./describe/nameNodes.js";
import { inside, node, rangeOf, timeValue } from "./describe/nodes.js";
import { publicKeyNode } from "./describe/publicKeyNode.js";
import type { PublicKeyFacts } from "./facts/keyFacts.js";
import type { CertificateFacts } from "./facts/x509Facts.js";
import { issuersIn } from "./issuers.js";
import type { Report, ReportNode, Verdict } from "./report.js";
import { encodingOf, structureOf } from "./structureOf.js";
import type { Finding } from "./finding.js";

/** In place of a digest that the host does not make. */
const refused = "not available here: the cryptography of this host refuses it";

/** The report on a certificate; `role` is what it has among the others of its bundle. */
export async function reportOnCertificate(
  view: CertificateView,
  place: Place,
  role: CertificateRole = roleOf(view),
): Promise<Report> {
  const bytes = view.node.bytes;
  const frame = frameOf(place, bytes);
  const prints = await fingerprints(place.context.crypto, view.der);
  const issuers = issuersIn(place.context, place.beside);
  const path = await findCertificationPath(place.context.crypto, view, issuers, place.context.now);
  const ownKey = await ownKeyNode(frame, view.spki, place.context);
  const structure = structureOf(place, view.node, "certificate");
  const fingerprintFrame = inside(frame, "fingerprints");
  const children = (): (ReportNode | undefined)[] => [
    nameNode(frame, "subject", "subject", view.subject),
    nameNode(frame, "issuer", "issuer", view.issuer),
    node(frame, "role", "role", { value: roleWords[role] }),
    chainNode(frame, path),
    node(frame, "notBefore", "notBefore", { value: timeValue(view.notBefore), from: view.validityNode.child(0) }),
    node(frame, "notAfter", "notAfter", { value: timeValue(view.notAfter), from: view.validityNode.child(1) }),
    node(frame, "serialNumber", "serialNumber", { value: view.serialNumber, from: view.serialNumberNode }),
    publicKeyNode(frame, view.publicKey),
    ownKey,
    extensionsNode(frame, "extensions", "extensions", view),
    node(frame, "signatureAlgorithm", "signatureAlgorithm", {
      value: view.signatureAlgorithm.name,
      from: view.signatureAlgorithm.node,
    }),
    node(frame, "fingerprints", "fingerprints", { value: `SHA-256 ${prints.sha256}`, copyValue: prints.sha256 }, [
      node(fingerprintFrame, "md5", "MD5", { value: prints.md5 || refused, guide: "fingerprints" }),
      node(fingerprintFrame, "sha1", "SHA-1", { value: prints.sha1 || refused, guide: "fingerprints" }),
      node(fingerprintFrame, "sha256", "SHA-256", { value: prints.sha256, guide: "fingerprints" }),
    ]),
    structure?.root(),
  ];
  const facts: CertificateFacts = definedOnly<CertificateFacts>({
    kind: "certificate",
    ...place.source,
    encoding: encodingOf(view.node, structure),
    subject: view.subject.text,
    issuer: view.issuer.text,
    serialNumber: view.serialNumber,
    notBefore: view.notBefore?.toISOString(),
    notAfter: view.notAfter?.toISOString(),
    publicKey: publicKeyFacts(view.publicKey),
    signatureAlgorithm: view.signatureAlgorithm.name,
    role,
    signature: path.steps[0]?.signature?.verdict,
    chain: chainFacts(path),
    fingerprints: prints,
  });
  const shown = shortName(view);
  return assemble(place, {
    title: `Certificate ${shown}`,
    facts,
    bytes,
    root: {
      label: "Certificate",
      value: `${nameValue(view.subject).value} · ${roleWords[role]}`,
      copyValue: view.subject.text,
      range: rangeOf(view.node),
      content: "certificate",
      children,
    },
    subjects: [{ kind: "certificate", subject: { view, role, path } }, ...(structure ? [structure.subject] : [])],
    verdict: (findings) => certificateVerdict(view, shown, findings),
  });
}

/** The issuers of a path; absent where there is neither one nor a signature of its own. */
function chainFacts({ steps, end }: CertificationPath): CertificateFacts["chain"] | undefined {
  if (end === "issuerUnknown" && steps.length === 1) return undefined;
  return {
    issuers: steps.slice(1).map(({ certificate }) => certificate.subject.text),
    complete: end === "selfSigned",
  };
}

function certificateVerdict(view: CertificateView, shown: string, findings: readonly Finding[]): Verdict {
  const until = view.notAfter ? view.notAfter.toISOString().slice(0, 10) : "an unreadable date";
  const [first] = findings;
  const headline = `${shown} · until ${until}`;
  if (first && worst(findings) !== "info") {
    return { status: first.severity, headline, sentence: first.message, remedy: first.remedy };
  }
  return { status: "ok", headline, sentence: `The certificate of ${shown} is valid until ${until}.` };
}

/** The private keys at hand that belong to a certificate or request; undefined where there is none. */
export async function ownKeyNode(
  frame: { path: string; buffer: Uint8Array },
  spki: Uint8Array,
  context: InspectContext,
): Promise<ReportNode | undefined> {
  const names = context.keys.length === 0 ? [] : await keyNamesFor(context, spki);
  if (names.length === 0) return undefined;
  return node(frame, "privateKey", "private key", {
    value: `at hand: ${visibleText(names.join(", "), 200)}`,
    status: "ok",
    explanation: "A private key that is known here has this public half.",
    citation: "RFC 5958 §2",
  });
}

/** A public key as facts. */
export function publicKeyFacts(key: Pick<PublicKeyView, "algorithm" | "bits" | "curve">): PublicKeyFacts {
  return definedOnly<PublicKeyFacts>({ algorithm: key.algorithm, bits: key.bits, curve: key.curve });
}

/** Digests of the whole certificate, lower-case hex; empty where the host refuses one, as a FIPS mode does with MD5. */
export async function fingerprints(crypto: CryptoPort, der: Uint8Array): Promise<CertificateFacts["fingerprints"]> {
  const digest = (name: DigestName): Promise<string> => crypto.digest(name, der).then(toHex, () => "");
  const [md5, sha1, sha256] = await Promise.all([digest("MD5"), digest("SHA-1"), digest("SHA-256")]);
  return { md5, sha1, sha256 };
}
