import type { BerNode } from "../asn1/berNode.js";
import { decryptEnvelope, reasonWithoutKeys } from "../cms/decrypt.js";
import type { DecryptionKey, OtherSecrets, UsedSecret } from "../cms/recipientKeys.js";
import { readContentInfoNode } from "../cms/contentInfo.js";
import { readSignedDataNode, type SignedDataView } from "../cms/signedData.js";
import { verifySignerInfo } from "../cms/verify.js";
import { type RequestView, readRequestNode } from "../pkcs10/request.js";
import { parseCapabilities } from "../scep/capabilities.js";
import { envelopeIn, readScepAttributes, scepSignerOf, type ScepAttributes } from "../scep/pkiMessage.js";
import { readBer } from "../asn1/berReader.js";
import { readAttributes } from "../x509/attribute.js";
import type { CertificateView } from "../x509/certificate.js";
import type { EnvelopedDataView } from "../cms/envelopedData.js";
import type { CandidatePassword, InspectContext } from "./context.js";
import { compareIssued } from "./issuedCertificate.js";
import { decryptionKeys, knownRoles } from "./knownCertificates.js";
import type { OpenedEnvelope, PkiMessageSubject } from "./subject.js";

/** A SCEP message taken apart as far as the keys and certificates at hand go; undefined where it cannot even be begun. */
export async function readMessage(root: BerNode, context: InspectContext): Promise<PkiMessageSubject | undefined> {
  const content = readContentInfoNode(root)?.content;
  const signedData = content && readSignedDataNode(content);
  if (!signedData) return undefined;
  const known = knownRoles(context);
  const candidates = [...signedData.certificates, ...known.map(({ certificate }) => certificate)];
  const signerInfo = scepSignerOf(signedData);
  const signedAttrs = signerInfo?.signedAttrs ?? attributesOfCutSigner(signedData);
  const attributes = readScepAttributes(signedAttrs);
  const envelopeView = envelopeIn(signedData);
  const envelope = envelopeView && (await openEnvelope(envelopeView, context, candidates));
  const own = ownRequest(attributes, context);
  const inner = envelope ? envelope.content : signedData.eContent;
  const request = (inner && requestIn(inner)) ?? (own && requestIn(own));
  const asked = attributes.messageType?.value === "3" ? askedFor(attributes, context) : undefined;
  const comparison = asked && inner && compareIssued(asked, inner, known);
  return {
    attributes,
    signedAttrs,
    signedData,
    signerInfo,
    cut: isCut(root),
    verification: signerInfo
      ? await verifySignerInfo(context.crypto, signedData, signerInfo, candidates)
      : { verdict: "invalid", detail: "The message ends before its signature does, so there is nothing to verify." },
    envelope,
    request,
    ownRequest: envelope?.content ? undefined : own,
    comparison,
    known,
    candidates,
    capabilities: context.capabilities && parseCapabilities(context.capabilities.join("\n")),
  };
}

/** The content of a request whose maker is known and still has it in clear, though only the server can open it. */
function ownRequest(attributes: ScepAttributes, { request }: InspectContext): Uint8Array | undefined {
  const isRequest = attributes.messageType?.value === "19" || attributes.messageType?.value === "17";
  return isRequest && request && attributes.transactionID?.value === request.transactionID ? request.pkcs10 : undefined;
}

/** The request that a reply answers, where it is known in clear. */
function askedFor(attributes: ScepAttributes, { request }: InspectContext): RequestView | undefined {
  const answers = request && attributes.transactionID?.value === request.transactionID;
  return answers && request.pkcs10 ? requestIn(request.pkcs10) : undefined;
}

/** Everything of a context that may open what recipients get, and what each of that is called. */
export async function secretsOf(
  context: InspectContext,
  candidates: readonly CertificateView[],
): Promise<{
  readonly keys: readonly DecryptionKey[];
  readonly others: OtherSecrets;
  readonly nameOf: (how: UsedSecret) => string | undefined;
}> {
  const { secretKeys = [] } = context;
  const passwords = [...(context.passwords ?? []), ...challengeOf(context)];
  const lists = { key: context.keys, password: passwords, secretKey: secretKeys };
  return {
    keys: await decryptionKeys(context, candidates),
    others: {
      passwords: passwords.map(({ password }) => password),
      secretKeys: secretKeys.map(({ key }) => key),
      certificates: candidates,
    },
    nameOf: ({ openedBy, keyIndex }) => lists[openedBy][keyIndex]?.name,
  };
}

/** Opens an envelope with the keys, passwords and secret keys of a context. */
export async function openEnvelope(
  view: EnvelopedDataView,
  context: InspectContext,
  candidates: readonly CertificateView[],
): Promise<OpenedEnvelope> {
  // Of a reply that was found, most often.
  if (!hasSecrets(context)) return { view, reason: reasonWithoutKeys(view) };
  const { keys, others, nameOf } = await secretsOf(context, candidates);
  const reading = await decryptEnvelope(context.crypto, view, keys, others);
  if (!reading.ok) return { view, reason: reading.reason };
  const openedWith = nameOf(reading);
  return { view, content: reading.content, ...(openedWith !== undefined && { openedWith }) };
}

function hasSecrets({ keys, passwords = [], secretKeys = [], request }: InspectContext): boolean {
  return keys.length + passwords.length + secretKeys.length > 0 || request?.pkcs10 !== undefined;
}

/** A server envelopes its reply for the challenge password where the client's key cannot decrypt (RFC 8894 §3.1). */
function challengeOf({ request }: InspectContext): readonly CandidatePassword[] {
  const password = request?.pkcs10 && requestIn(request.pkcs10)?.challengePassword?.text;
  return password === undefined ? [] : [{ name: "the request's challengePassword", password }];
}

/** Of a signer whose signature is missing because the input ends there, the attributes that are there. */
function attributesOfCutSigner({ signerInfosNode }: SignedDataView): PkiMessageSubject["signedAttrs"] {
  return readAttributes(signerInfosNode?.child(0)?.contextChild(0));
}

function requestIn(content: Uint8Array): RequestView | undefined {
  const node = readBer(content);
  return node && readRequestNode(node);
}

/** Whether the input ends inside a value; a defect further in is found at the root as well, for the root is cut with it. */
export function isCut(root: BerNode): boolean {
  return root.problems.some(({ code }) => code === "truncated" || code === "endOfContentsMissing");
}
