import { toHex } from "../asn1/hex.js";
import type { CertificateView } from "../x509/certificate.js";
import type { IssuerLookup } from "../x509/certificationPath.js";
import type { NameView } from "../x509/name.js";
import type { InspectContext } from "./context.js";
import { knownRoles } from "./knownCertificates.js";

/** Certificates by their subject. */
type BySubject = ReadonlyMap<string, readonly CertificateView[]>;

/** The index of a context's certificates, which serves every artifact that is inspected with them. */
const indexes = new WeakMap<readonly Uint8Array[], BySubject>();

/**
 * Finds issuers among the certificates that came along (`beside`) and those that the context knows.
 */
export function issuersIn(context: InspectContext, beside: readonly CertificateView[] = []): IssuerLookup {
  const known = indexes.get(context.certificates) ?? indexOf(knownRoles(context).map(({ certificate }) => certificate));
  indexes.set(context.certificates, known);
  const near = beside.length > 0 ? indexOf(beside) : undefined;
  return (name) => [...(near?.get(keyOf(name)) ?? []), ...(known.get(keyOf(name)) ?? [])];
}

function indexOf(certificates: readonly CertificateView[]): BySubject {
  const index = new Map<string, CertificateView[]>();
  for (const certificate of certificates) {
    const key = keyOf(certificate.subject);
    const same = index.get(key);
    if (same) same.push(certificate);
    else index.set(key, [certificate]);
  }
  return index;
}

function keyOf(name: NameView): string {
  return toHex(name.node.encoding);
}
