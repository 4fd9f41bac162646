import type { BerNode } from "../asn1/berNode.js";
import { type BuiltStringType, characterString, integerValue, objectIdentifier } from "../asn1/buildValue.js";
import { bitStringValue, contextConstructed, contextSetOf, sequence, setOf } from "../asn1/derWriter.js";
import { oid } from "../asn1/oids.js";
import { sameBytes } from "../asn1/octets.js";
import { signatureByOid } from "../crypto/algorithms.js";
import type { CryptoPort, DigestName } from "../crypto/cryptoPort.js";
import { signWithKey } from "../crypto/signWithKey.js";
import { HumanError } from "../humanError.js";
import type { AttributeView } from "../x509/attribute.js";
import { buildExtension, buildGeneralName, type GeneralNameInput } from "../x509/buildExtensions.js";
import { samePublicKey } from "../x509/samePublicKey.js";
import { readRequest, type RequestView } from "./request.js";

/** What is to be another in a request that exists; what is left out stays as it is, octet for octet. */
export interface RequestAmendment {
  /**
   * The challenge password: another text, another string type, or both (a text alone becomes a PrintableString, a type
   * alone takes the text that is there); `remove` takes it out. Secret.
   */
  readonly challengePassword?: { readonly text?: string; readonly stringType?: BuiltStringType } | "remove";
  /** The digest that is signed with; unless told the one that the old signature has, or SHA-256 where that is unknown. */
  readonly digest?: DigestName;
  /** The private key that is given is a new one: its public key takes the place of the old. */
  readonly newKey?: boolean;
  /** Names that join those of the subjectAltName; `critical` stays as it is unless told, and is false in a new one. */
  readonly addSubjectAltNames?: { readonly names: readonly GeneralNameInput[]; readonly critical?: boolean };
}

/**
 * Changes a PKCS#10 request (RFC 2986) and signs it anew with its private key, RSA or EC. Subject, attributes and
 * extensions that the amendment does not name keep their bytes and their order. Takes and gives DER; `pkcs8` is the DER
 * of the PrivateKeyInfo. Rejects with a {@link HumanError} where there is no request, the key is not its key (and no new
 * one), a challenge does not fit its string type or an alternative name its kind.
 */
export async function amendRequest(
  port: CryptoPort,
  der: Uint8Array,
  pkcs8: Uint8Array,
  amendment: RequestAmendment,
): Promise<Uint8Array> {
  const request = readRequest(der);
  if (!request || request.node.problems.length > 0) {
    throw new HumanError("This is no whole PKCS#10 request. Open the file that holds one, in PEM or DER.");
  }
  const spki = await port.publicKeyOf(pkcs8);
  if (amendment.newKey !== true && !samePublicKey(spki, request.spki)) {
    throw new HumanError(
      "The private key is not the one that the request was made with. Choose that key, or make a new one.",
    );
  }
  const [version, subject] = request.node.child(0)?.children ?? [];
  const attributes = amendedAttributes(request, amendment);
  const info = sequence(
    version?.encoding ?? integerValue(0),
    subject?.encoding ?? sequence(),
    amendment.newKey === true ? spki : request.spki,
    ...(attributes ? [attributes] : []),
  );
  const { algorithm, signature } = await signWithKey(port, pkcs8, amendment.digest ?? digestOf(request), info);
  return sequence(info, algorithm, bitStringValue(signature));
}

function digestOf({ signatureAlgorithm }: RequestView): DigestName {
  const scheme = signatureByOid(signatureAlgorithm.oid)?.scheme;
  return (scheme && "digest" in scheme ? scheme.digest : undefined) ?? "SHA-256";
}

/** The `[0]` with the attributes; undefined where the request has none and needs none. */
function amendedAttributes(request: RequestView, amendment: RequestAmendment): Uint8Array | undefined {
  const old = request.attributesNode;
  const { challengePassword, addSubjectAltNames: added } = amendment;
  if (!challengePassword && !added) return old?.encoding;
  let encodings = (old?.children ?? []).map((node) => node.encoding);
  const inOrder = sameBytes(contextSetOf(0, encodings), contextConstructed(0, ...encodings));
  const isOf =
    (type: string) =>
    (encoding: Uint8Array): boolean =>
      attributeOf(request, encoding)?.oid === type;
  if (challengePassword) {
    const value = challengePassword === "remove" ? undefined : challengeAttribute(request, challengePassword);
    encodings = replaced(encodings, isOf(oid.challengePassword), value);
  }
  if (added) {
    const wanted =
      request.attributes.find(({ oid: type }) => type === oid.extensionRequest) ??
      request.attributes.find(({ oid: type }) => type === oid.certExtensions);
    const type = wanted?.oid ?? oid.extensionRequest;
    const others = (wanted?.values.slice(1) ?? []).map(({ encoding }) => encoding);
    const value = sequence(
      objectIdentifier(type),
      setOf([extensionsWith(request, wanted?.values[0], added), ...others]),
    );
    encodings = replaced(encodings, isOf(type), value);
  }
  // A request whose attributes stand in DER's order keeps to it; one that does not is not put in order behind its owner's back.
  return inOrder ? contextSetOf(0, encodings) : contextConstructed(0, ...encodings);
}

function attributeOf(request: RequestView, encoding: Uint8Array): AttributeView | undefined {
  return request.attributes.find(({ node }) => node.encoding.byteOffset === encoding.byteOffset);
}

/** The list with `value` in the place of the first that fits, or at the end where none does; others that fit are left out. */
function replaced(
  list: readonly Uint8Array[],
  fits: (encoding: Uint8Array) => boolean,
  value: Uint8Array | undefined,
): Uint8Array[] {
  const first = list.findIndex(fits);
  const rest = list.filter((encoding, i) => i < first || !fits(encoding));
  if (value) rest.splice(first < 0 ? rest.length : first, 0, value);
  return rest;
}

function challengeAttribute(
  { challengePassword: old }: RequestView,
  {
    text = old?.text,
    stringType = "PrintableString",
  }: { readonly text?: string; readonly stringType?: BuiltStringType },
): Uint8Array {
  if (text === undefined) {
    throw new HumanError("The request has no challenge password that could be read. Give the password.");
  }
  if (text === "") throw new HumanError("The challenge password is empty. Give one, or remove it altogether.");
  const value = characterString(stringType, text, "The challenge password");
  return sequence(objectIdentifier(oid.challengePassword), setOf([value]));
}

/** The Extensions with more names in their subjectAltName. */
function extensionsWith(
  request: RequestView,
  extensions: BerNode | undefined,
  added: NonNullable<RequestAmendment["addSubjectAltNames"]>,
): Uint8Array {
  const old = request.extensions.find(({ oid: type }) => type === oid.subjectAltName);
  const names = old?.value?.isSequence ? old.value.children.map(({ encoding }) => encoding) : [];
  const extension = buildExtension({
    oid: oid.subjectAltName,
    critical: added.critical ?? old?.critical ?? false,
    valueDer: sequence(...names, ...added.names.map(buildGeneralName)),
  });
  const encodings = (extensions?.children ?? []).map(({ encoding }) => encoding);
  return sequence(
    ...replaced(encodings, (encoding) => encoding.byteOffset === old?.node.encoding.byteOffset, extension),
  );
}
