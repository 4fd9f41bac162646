import { readSignedData, type SignedDataView } from "../cms/signedData.js";
import { type RequestView } from "../pkcs10/request.js";
import { samePublicKey } from "../x509/samePublicKey.js";
import type { CertificateView } from "../x509/certificate.js";
import { subjectAltNames } from "../x509/extensionValues.js";
import type { GeneralNameView } from "../x509/generalName.js";
import type { NameView } from "../x509/name.js";
import { isCa, mayHaveIssued, type RoleAssignment } from "../x509/roles.js";

/** How the subject of an issued certificate compares with the one that was asked for. */
export type SubjectComparison = "same" | "reencoded" | "reordered" | "changed";

/** What a request asked for beside what the reply to it brings (RFC 8894 §3.3.2.1). */
export interface AskedAndIssued {
  readonly asked: RequestView;
  readonly issued: CertificateView;
  /** The certificate is for the key of the request. */
  readonly sameKey: boolean;
  readonly subject: SubjectComparison;
  /** Names that were asked for and are not in the certificate, and names that were not asked for. */
  readonly missingNames: readonly GeneralNameView[];
  readonly addedNames: readonly GeneralNameView[];
  /** The CA that may have issued it, out of the reply or the known certificates. */
  readonly issuer?: CertificateView;
}

/**
 * Compares a request with the certificates of a reply, the encoding of a SignedData: with the one that has the request's
 * key, else with the first that is no CA's. Undefined where there is none.
 */
export function compareIssued(
  asked: RequestView,
  content: Uint8Array,
  known: readonly RoleAssignment[],
): AskedAndIssued | undefined {
  const signedData: SignedDataView | undefined = readSignedData(content);
  const certificates = signedData?.certificates ?? [];
  const own = certificates.find(({ spki }) => samePublicKey(spki, asked.spki));
  const issued = own ?? certificates.find((certificate) => !isCa(certificate));
  if (!issued) return undefined;
  const wanted = subjectAltNames(asked);
  const given = subjectAltNames(issued);
  const issuer = [...certificates, ...known.map(({ certificate }) => certificate)].find(
    (candidate) => candidate !== issued && isCa(candidate) && mayHaveIssued(candidate, issued),
  );
  return {
    asked,
    issued,
    sameKey: own !== undefined,
    subject: compareNames(asked.subject, issued.subject),
    missingNames: without(wanted, given),
    addedNames: without(given, wanted),
    ...(issuer && { issuer }),
  };
}

/** Compares two distinguished names: their octets, then their values, then their values in any order. */
export function compareNames(asked: NameView, issued: NameView): SubjectComparison {
  if (asked.text === issued.text) return encodings(asked) === encodings(issued) ? "same" : "reencoded";
  return sortedValues(asked) === sortedValues(issued) ? "reordered" : "changed";
}

function encodings(name: NameView): string {
  return name.rdns.map((rdn) => rdn.map(({ stringType }) => stringType).join("+")).join(",");
}

function sortedValues(name: NameView): string {
  const values = name.attributes.map(({ oid, text }) => JSON.stringify([oid, text]));
  return values.toSorted().join("\n");
}

function without(names: readonly GeneralNameView[], others: readonly GeneralNameView[]): readonly GeneralNameView[] {
  const ids = new Set(others.map(nameId));
  return names.filter((name) => !ids.has(nameId(name)));
}

/** Host names and mail domains know no case (RFC 5280 §7.2, §7.5). */
function nameId({ kind, text }: GeneralNameView): string {
  return `${kind}:${kind === "DNS" || kind === "email" ? text.toLowerCase() : text}`;
}
