import { derValue, setOf } from "../asn1/derWriter.js";
import { sameBytes, octetString } from "../asn1/octets.js";
import { oidOf } from "../asn1/oid.js";
import { oid } from "../asn1/oids.js";
import { Tag } from "../asn1/tag.js";
import { toHex } from "../asn1/hex.js";
import { digestByOid, signatureByOid } from "../crypto/algorithms.js";
import type { CryptoPort, DigestName } from "../crypto/cryptoPort.js";
import { digestIfOffered } from "../crypto/digestIfOffered.js";
import { type SignatureResult, verifySignature } from "../crypto/signature.js";
import { findAttribute } from "../x509/attribute.js";
import type { CertificateView } from "../x509/certificate.js";
import { certificateOf } from "./certificateOf.js";
import type { SignedDataView, SignerInfoView } from "./signedData.js";

/** What became of a messageDigest attribute (RFC 5652 §11.2). */
export type MessageDigestState = "matches" | "differs" | "absent" | "unchecked";

/** Whether a SignerInfo's signature holds. */
export interface SignerVerification {
  /** As `decode --json` names it; `invalid` also where the content is not what was signed. */
  readonly verdict: "valid" | "invalid" | "signerCertificateMissing" | "unsupported";
  /** The certificate that the SignerInfo points at, out of the message or the known ones. */
  readonly certificate: CertificateView | undefined;
  /** Whether the messageDigest attribute is the digest of the content; `absent` without it, `unchecked` where the digest is unknown, or not offered by the host. */
  readonly messageDigest: MessageDigestState;
  /** What was found, in a sentence. */
  readonly detail: string;
}

/**
 * Verifies one signature of a SignedData (RFC 5652 §5.4, §5.6) over the original bytes, never a re-encoding. The
 * signer's certificate is looked for in the message first, then among `knownCertificates` (NDES sends none); whether
 * it can be trusted is not judged here. An absent content counts as one of no octets. Never rejects.
 */
export async function verifySignerInfo(
  port: CryptoPort,
  signedData: SignedDataView,
  signer: SignerInfoView,
  knownCertificates: readonly CertificateView[],
): Promise<SignerVerification> {
  const digest = digestOfSigner(signer);
  const content = signedData.eContent ?? new Uint8Array();
  const messageDigest = digest
    ? await checkMessageDigest(port, signer, digest, signedData.eContent)
    : unknownDigest(signer);
  const certificate =
    certificateOf(signer.sid, signedData.certificates) ?? certificateOf(signer.sid, knownCertificates);
  const told = (verdict: SignerVerification["verdict"], detail: string): SignerVerification => ({
    verdict,
    certificate,
    messageDigest: messageDigest.state,
    detail,
  });
  if (!certificate) return told("signerCertificateMissing", missingCertificate(signer));
  if (messageDigest.problem !== undefined) {
    return told(messageDigest.state === "unchecked" || !digest ? "unsupported" : "invalid", messageDigest.problem);
  }
  const { spki } = certificate;
  const { signatureAlgorithm, signature } = signer;
  const verify = (data: Uint8Array): Promise<SignatureResult> =>
    verifySignature(port, { spki, signatureAlgorithm, digest, data, signature });
  const { verdict, detail } = await verify(signedOctets(signer, content));
  if (verdict === "valid") {
    const problem = checkContentType(signedData, signer);
    return problem === undefined ? told(verdict, detail) : told("invalid", problem);
  }
  if (verdict === "invalid" && signer.signedAttrsNode) {
    const sorted = await verify(setOf(signer.signedAttrsNode.children.map((attribute) => attribute.encoding)));
    if (sorted.verdict === "valid") return told("valid", sentInOtherOrder);
  }
  return verdict === "invalid" && !signer.signedAttrsNode && !signedData.eContent
    ? told("invalid", signedApart)
    : told(verdict, detail);
}

const sentInOtherOrder =
  "The signature is valid over the signed attributes in DER's order (RFC 5652 5.4), but they were sent in another; some receivers verify the octets as sent and refuse this message.";

const signedApart =
  "The message carries no content, and there are no signed attributes: the signature is over a content that was lost or sent apart.";

/**
 * What the signature is over: the signed attributes under the tag of SET OF instead of [0] (RFC 5652 §5.4), else the
 * content. Attributes of an indefinite length are signed in their DER header; their contents stay as they came.
 */
function signedOctets(signer: SignerInfoView, content: Uint8Array): Uint8Array {
  const node = signer.signedAttrsNode;
  if (!node) return content;
  if (node.indefinite) return derValue(0x31, node.content);
  // A Buffer's own slice would be a view, and the tag be changed in the message itself.
  const octets = new Uint8Array(node.encoding);
  octets[0] = 0x31;
  return octets;
}

/** digestAlgorithm, in which some name the signature's algorithm and mean its digest. */
function digestOfSigner({ digestAlgorithm }: SignerInfoView): DigestName | undefined {
  const known = digestByOid(digestAlgorithm.oid);
  if (known) return known.name;
  const scheme = signatureByOid(digestAlgorithm.oid)?.scheme;
  return scheme && "digest" in scheme ? scheme.digest : undefined;
}

interface MessageDigestCheck {
  readonly state: MessageDigestState;
  readonly problem?: string;
}

async function checkMessageDigest(
  port: CryptoPort,
  signer: SignerInfoView,
  digest: DigestName,
  content: Uint8Array | undefined,
): Promise<MessageDigestCheck> {
  if (!signer.signedAttrsNode) return { state: "absent" };
  const value = findAttribute(signer.signedAttrs, oid.messageDigest)?.values[0];
  if (!value?.isUniversal(Tag.octetString)) {
    return {
      state: "absent",
      problem: "There are signed attributes, but no messageDigest among them, so that nothing binds the content.",
    };
  }
  const signed = octetString(value);
  const actual = await digestIfOffered(port, digest, content ?? new Uint8Array());
  if (!actual.ok) return { state: "unchecked", problem: actual.reason };
  if (sameBytes(signed, actual.digest)) return { state: "matches" };
  if (!content) {
    return {
      state: "differs",
      problem: `The message carries no content, but something was signed: the messageDigest attribute is not the ${digest} digest of nothing. The content was lost or sent apart.`,
    };
  }
  return {
    state: "differs",
    problem: `The content is not what was signed: its ${digest} digest is ${toHex(actual.digest)}, the messageDigest attribute says ${toHex(signed)}.`,
  };
}

function unknownDigest({ digestAlgorithm, signedAttrsNode }: SignerInfoView): MessageDigestCheck {
  const problem = `The digest algorithm ${digestAlgorithm.name} is not supported.`;
  return { state: signedAttrsNode ? "unchecked" : "absent", problem };
}

/** RFC 5652 §11.1: with signed attributes contentType must be among them and agree. */
function checkContentType({ eContentType }: SignedDataView, signer: SignerInfoView): string | undefined {
  if (!signer.signedAttrsNode) return undefined;
  const value = findAttribute(signer.signedAttrs, oid.contentType)?.values[0];
  const signed = value?.isUniversal(Tag.objectIdentifier) ? oidOf(value) : undefined;
  // A missing one is told by the rules on attributes; the signature itself is not worth less.
  if (signed === undefined || signed === eContentType) return undefined;
  return `The signed contentType attribute says ${signed}, but the content is of type ${eContentType}.`;
}

function missingCertificate({ sid }: SignerInfoView): string {
  const whose =
    sid.kind === "issuerAndSerialNumber"
      ? `with serial number ${sid.serialNumber} of its issuer`
      : `with the subject key identifier ${toHex(sid.keyIdentifier)}`;
  return `The signer's certificate, the one ${whose}, is neither in the message nor known. Add it (for NDES: the RA signing certificate of GetCACert) to verify the signature.`;
}
