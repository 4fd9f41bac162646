import { toHex } from "../asn1/hex.js";
import { bitString } from "../asn1/octets.js";
import { digestByOid } from "../crypto/algorithms.js";
import type { CertificateView } from "../x509/certificate.js";
import type { CertIdView } from "../x509/ocsp.js";
import type { Place } from "./assemble.js";
import { knownRoles } from "./knownCertificates.js";

/** Certificates whose digests are compared with a CertID's. */
const mostCompared = 200;

/** Finds the issuers that CertIDs name by digests among the certificates that are known. */
export class OcspIssuers {
  readonly #certificates: readonly CertificateView[];
  /** Digests of name and key by algorithm, made when one is first asked for. */
  readonly #byDigest = new Map<string, Promise<ReadonlyMap<string, CertificateView>>>();

  /** @param beside the certificates that came along */
  constructor(
    private readonly place: Place,
    beside: readonly CertificateView[],
  ) {
    const known = knownRoles(place.context).map(({ certificate }) => certificate);
    this.#certificates = [...beside, ...known].slice(0, mostCompared);
  }

  /** Every certificate that is looked at. */
  get certificates(): readonly CertificateView[] {
    return this.#certificates;
  }

  /** The issuer of a CertID; undefined where it is not known, or its digest is not one of the host's. */
  async find(id: CertIdView): Promise<CertificateView | undefined> {
    const algorithm = id.hashAlgorithm.oid;
    const index = this.#byDigest.get(algorithm) ?? this.#digest(algorithm);
    this.#byDigest.set(algorithm, index);
    return (await index).get(`${toHex(id.issuerNameHash)} ${toHex(id.issuerKeyHash)}`);
  }

  async #digest(algorithm: string): Promise<ReadonlyMap<string, CertificateView>> {
    const digest = digestByOid(algorithm);
    const index = new Map<string, CertificateView>();
    if (!digest) return index;
    const { crypto } = this.place.context;
    for (const certificate of this.#certificates) {
      const key = keyBits(certificate);
      const hash = (data: Uint8Array): Promise<string> => crypto.digest(digest.name, data).then(toHex, () => "");
      const digests = `${await hash(certificate.subject.node.encoding)} ${await hash(key)}`;
      if (!index.has(digests)) index.set(digests, certificate);
    }
    return index;
  }
}

/** The octets of subjectPublicKey, without tag, length and unused bits, of which key identifiers are digests. */
export function keyBits(certificate: CertificateView): Uint8Array {
  const key = certificate.publicKey.node.child(1);
  return (key && bitString(key)?.bytes) ?? new Uint8Array();
}
