import type { BerNode } from "../asn1/berNode.js";
import { toHex } from "../asn1/hex.js";
import { decodeSmallInteger } from "../asn1/integer.js";
import { oid } from "../asn1/oids.js";
import { octetString, sameBytes } from "../asn1/octets.js";
import { decodeStringAs } from "../asn1/strings.js";
import { Tag } from "../asn1/tag.js";
import { visibleText } from "../asn1/visibleText.js";
import { readContentInfoNode } from "../cms/contentInfo.js";
import { readSignedDataNode, readSignerInfo, type SignedDataView, type SignerInfoView } from "../cms/signedData.js";
import { readTimeStamp, type TimeStampView } from "../cms/timeStamp.js";
import { verifySignerInfo } from "../cms/verify.js";
import { readAlgorithmIdentifier } from "../crypto/algorithmIdentifier.js";
import { digestByOid } from "../crypto/algorithms.js";
import type { CryptoPort } from "../crypto/cryptoPort.js";
import { digestIfOffered } from "../crypto/digestIfOffered.js";
import type { AttributeView } from "../x509/attribute.js";
import type { CertificateView } from "../x509/certificate.js";
import { identifierWords } from "./cmsNodes.js";
import { leafValue } from "./describe/leafValue.js";
import { count, type Frame, hexValue, inside, node, timeValue } from "./describe/nodes.js";
import type { NodeStatus, ReportNode } from "./report.js";

/** Attributes shown of one signer, and values of one attribute. */
const mostAttributes = 100;
const mostValues = 20;

/** What the attributes of a signer are told with. */
export interface SignerSurroundings {
  readonly crypto: CryptoPort;
  readonly signedData: SignedDataView;
  readonly signer: SignerInfoView;
  /** The signer's certificate, where it is known. */
  readonly certificate: CertificateView | undefined;
  /** Certificates among which others' signatures are verified. */
  readonly candidates: readonly CertificateView[];
}

/** What one attribute says, in words. */
interface Told {
  readonly value: string;
  readonly copyValue?: string;
  readonly status?: NodeStatus | undefined;
  readonly children?: readonly ReportNode[];
}

/** Whether a signer has attributes of other types than those. */
export function hasAttributesBesides(
  { signedAttrs, unsignedAttrs }: SignerInfoView,
  types: ReadonlySet<string>,
): boolean {
  return [signedAttrs, unsignedAttrs].some((attributes) => attributes.some(({ oid: type }) => !types.has(type)));
}

/**
 * The signed and the unsigned attributes of a signer, each in words: algorithm protection and signing certificates are
 * compared with what they protect, countersignatures and time stamps are verified. Attributes of a type in `besides` are
 * left out, for they have a place of their own.
 */
export async function signerAttributeNodes(
  frame: Frame,
  surroundings: SignerSurroundings,
  besides: ReadonlySet<string> = new Set(),
): Promise<(ReportNode | undefined)[]> {
  const { signedAttrs, signedAttrsNode, unsignedAttrs, unsignedAttrsNode } = surroundings.signer;
  const shown = (attributes: readonly AttributeView[]): AttributeView[] =>
    attributes.filter((attribute) => !besides.has(attribute.oid));
  const signed = shown(signedAttrs);
  const unsigned = shown(unsignedAttrs);
  return Promise.all([
    attributesNode(frame, "signedAttrs", signed, signedAttrsNode, surroundings),
    attributesNode(frame, "unsignedAttrs", unsigned, unsignedAttrsNode, surroundings),
  ]);
}

async function attributesNode(
  frame: Frame,
  label: "signedAttrs" | "unsignedAttrs",
  attributes: readonly AttributeView[],
  from: BerNode | undefined,
  surroundings: SignerSurroundings,
): Promise<ReportNode | undefined> {
  if (attributes.length === 0) return undefined;
  const below = inside(frame, label, from);
  const children = await Promise.all(
    attributes.slice(0, mostAttributes).map((attribute, index) => attributeNode(below, index, attribute, surroundings)),
  );
  return node(frame, label, label, { value: count(attributes.length, "attribute"), from }, children);
}

async function attributeNode(
  frame: Frame,
  index: number,
  attribute: AttributeView,
  surroundings: SignerSurroundings,
): Promise<ReportNode> {
  const segment = String(index);
  const below = inside(frame, segment, attribute.node);
  const told = await Promise.all(
    attribute.values
      .slice(0, mostValues)
      .map((value, at) => tell(attribute.oid, value, inside(below, String(at)), surroundings)),
  );
  const [first] = told;
  const status = told.find((each) => each.status === "error")?.status ?? first?.status;
  return node(
    frame,
    segment,
    visibleText(attribute.name, 100),
    {
      value: told.length === 0 ? "no value" : told.map(({ value }) => value).join("; "),
      ...(told.length === 1 && first?.copyValue !== undefined && { copyValue: first.copyValue }),
      status,
      explanation: explanations[attribute.oid]?.[0] ?? `The attribute ${attribute.oid}.`,
      citation: explanations[attribute.oid]?.[1] ?? "RFC 5652 §11",
      from: attribute.node,
    },
    told.flatMap(({ children = [] }) => children),
  );
}

const explanations: Readonly<Record<string, readonly [explanation: string, citation: string]>> = {
  [oid.contentType]: ["What kind of content is signed; always signed along.", "RFC 5652 §11.1"],
  [oid.messageDigest]: ["The digest of the content, which binds the signature to it.", "RFC 5652 §11.2"],
  [oid.signingTime]: ["When the signer says that it signed.", "RFC 5652 §11.3"],
  [oid.countersignature]: ["A signature of somebody else over this signature.", "RFC 5652 §11.4"],
  [oid.smimeCapabilities]: ["Which algorithms the signer can take, the best first.", "RFC 8551 §2.5.2"],
  [oid.signingCertificate]: ["The SHA-1 digest of the certificate that the signer means.", "RFC 5035 §5"],
  [oid.signingCertificateV2]: ["The digest of the certificate that the signer means.", "RFC 5035 §4"],
  [oid.cmsAlgorithmProtection]: [
    "The algorithms that the signer used, signed along so that nobody can exchange them.",
    "RFC 6211 §2",
  ],
  [oid.signatureTimeStampToken]: [
    "A time-stamping authority's word that the signature existed then.",
    "RFC 5126 §6.1.1",
  ],
  [oid.spcRfc3161Timestamp]: [
    "The same as a time stamp token, under Microsoft's identifier.",
    "RFC 3161; Authenticode",
  ],
  [oid.spcOpusInfo]: ["What the publisher calls the program.", "Authenticode"],
};

async function tell(type: string, value: BerNode, below: Frame, surroundings: SignerSurroundings): Promise<Told> {
  switch (type) {
    case oid.smimeCapabilities: {
      return { value: value.children.slice(0, 50).map(capabilityWords).join(", ") || "none" };
    }
    case oid.cmsAlgorithmProtection:
      return tellProtection(value, surroundings.signer);
    case oid.signingCertificate:
    case oid.signingCertificateV2:
      return tellSigningCertificate(value, type === oid.signingCertificate, surroundings);
    case oid.countersignature:
      return tellCountersignature(value, surroundings);
    case oid.signatureTimeStampToken:
    case oid.spcRfc3161Timestamp:
      return tellTimeStamp(value, below, surroundings);
    case oid.spcOpusInfo: {
      const name = value.contextChild(0)?.child(0);
      const text = name && decodeStringAs(name, name.tagNumber === 0 ? Tag.bmpString : Tag.ia5String)?.text;
      return { value: text === undefined ? "no name" : visibleText(text, 200) };
    }
    default:
      return value.constructed ? { value: `${value.tagName}, ${count(value.length, "byte")}` } : leafValue(value);
  }
}

/** An S/MIME capability; RC2's says its key bits in its parameters (RFC 8551 §2.5.2). */
function capabilityWords(capability: BerNode): string {
  const algorithm = readAlgorithmIdentifier(capability);
  const bits = algorithm?.parameters?.isUniversal(Tag.integer) ? decodeSmallInteger(algorithm.parameters) : undefined;
  return `${algorithm?.name ?? "unreadable"}${bits === undefined ? "" : ` (${bits} bits)`}`;
}

/** CMSAlgorithmProtection: digest, and signature [1]; both must be those of the SignerInfo (RFC 6211 §2). */
function tellProtection(value: BerNode, signer: SignerInfoView): Told {
  const digest = readAlgorithmIdentifier(value.child(0));
  const signature = readAlgorithmIdentifier(value.contextChild(1));
  const words = [digest?.name, signature?.name].filter((name) => name !== undefined).join(", ") || "unreadable";
  const same =
    digest?.oid === signer.digestAlgorithm.oid && (!signature || signature.oid === signer.signatureAlgorithm.oid);
  return same
    ? { value: `${words}, as the signer's`, status: "ok" }
    : { value: `${words}, but the signer's are others: somebody exchanged them`, status: "error" };
}

/** ESSCertID and ESSCertIDv2 (RFC 5035 §3): the digest of the signer's certificate comes first. */
async function tellSigningCertificate(
  value: BerNode,
  isFirstVersion: boolean,
  { crypto, certificate }: SignerSurroundings,
): Promise<Told> {
  const identifier = value.child(0)?.child(0);
  const [first, second] = identifier?.children ?? [];
  const named = isFirstVersion ? undefined : readAlgorithmIdentifier(first);
  const hash = named ? second : first;
  const digest = isFirstVersion ? "SHA-1" : named ? digestByOid(named.oid)?.name : "SHA-256";
  if (!hash?.isUniversal(Tag.octetString)) return { value: "unreadable", status: "warning" };
  const words = `${named?.name ?? digest ?? "digest"} ${toHex(octetString(hash))}`;
  if (!digest || !certificate) return { value: words };
  const actual = await digestIfOffered(crypto, digest, certificate.der);
  if (!actual.ok) return { value: `${words}: ${actual.reason}`, status: "warning" };
  return sameBytes(actual.digest, octetString(hash))
    ? { value: `${words}, the signer's certificate`, status: "ok" }
    : { value: `${words}, which is not the signer's certificate`, status: "error" };
}

/** A countersignature is a SignerInfo over the octets of the signature that it stands beside (RFC 5652 §11.4). */
async function tellCountersignature(value: BerNode, surroundings: SignerSurroundings): Promise<Told> {
  const { crypto, signedData, signer, candidates } = surroundings;
  const counter = readSignerInfo(value);
  if (!counter) return { value: "unreadable", status: "warning" };
  const over: SignedDataView = { ...signedData, eContent: signer.signature };
  const { verdict, detail } = await verifySignerInfo(crypto, over, counter, candidates);
  const who = identifierWords(counter.sid, candidates, []);
  return verdict === "valid"
    ? { value: `valid, ${who}`, status: "ok" }
    : { value: `${who}: ${detail}`, status: verdict === "invalid" ? "error" : "warning" };
}

/** A time stamp token is a SignedData over a TSTInfo, whose imprint is the digest of the signature (RFC 5126 §6.1.1). */
async function tellTimeStamp(value: BerNode, below: Frame, surroundings: SignerSurroundings): Promise<Told> {
  const { crypto, signer, candidates } = surroundings;
  const content = readContentInfoNode(value)?.content;
  const token = content && readSignedDataNode(content);
  const stamp = token?.eContent && readTimeStamp(token.eContent);
  const [authority] = token?.signerInfos ?? [];
  if (!token || !stamp || !authority) return { value: "unreadable", status: "warning" };
  const { verdict, detail } = await verifySignerInfo(crypto, token, authority, candidates);
  const imprint = await imprintStatus(crypto, stamp, signer.signature);
  const who = identifierWords(authority.sid, [...token.certificates, ...candidates], []);
  const time = timeValue(stamp.time);
  const children = timeStampNodes(below, stamp, imprint);
  if (imprint === "error") return { value: `${time}, but of another signature`, status: "error", children };
  if (verdict === "valid") return { value: `${time}, valid, ${who}`, status: "ok", children };
  return { value: `${time}, ${who}: ${detail}`, status: verdict === "invalid" ? "error" : "warning", children };
}

/** Whether the imprint of a time stamp is the digest of those octets; undefined where its digest is not supported. */
export async function imprintStatus(
  crypto: CryptoPort,
  stamp: TimeStampView,
  stamped: Uint8Array,
): Promise<NodeStatus | undefined> {
  const digest = digestByOid(stamp.digestAlgorithm.oid)?.name;
  if (!digest) return undefined;
  const actual = await digestIfOffered(crypto, digest, stamped);
  if (!actual.ok) return undefined;
  return sameBytes(actual.digest, stamp.imprint) ? "ok" : "error";
}

/** What a time stamp says, in lines. */
export function timeStampNodes(below: Frame, stamp: TimeStampView, imprint?: NodeStatus): ReportNode[] {
  const line = (segment: string, value: string, explanation: string, status?: NodeStatus): ReportNode =>
    node(below, segment, segment, { value, status, explanation, citation: "RFC 3161 §2.4.2" });
  return [
    line("genTime", timeValue(stamp.time), "When the authority stamped."),
    line("policy", stamp.policy, "Under which policy the authority stamped."),
    line("stampSerialNumber", stamp.serialNumber, "The authority's number of this stamp."),
    line(
      "messageImprint",
      `${stamp.digestAlgorithm.name} ${hexValue(stamp.imprint).value}`,
      "The digest of what was stamped.",
      imprint,
    ),
  ];
}
