import type { NamedValue, SignatureVerdict, SourceFacts } from "./sourceFacts.js";

/** A certificate as OCSP names it (RFC 6960 §4.1.1). */
export interface CertIdFacts {
  readonly serialNumber: string;
  readonly hashAlgorithm: string;
  readonly issuerNameHash: string;
  readonly issuerKeyHash: string;
  /** The issuer, where its certificate is known. */
  readonly issuer?: string;
}

/** An OCSP request (RFC 6960 §4.1). */
export interface OcspRequestFacts extends SourceFacts {
  readonly kind: "ocspRequest";
  readonly requests: readonly CertIdFacts[];
  readonly nonce?: string;
  readonly requestorName?: string;
  /** Of a signed request. */
  readonly signature?: SignatureVerdict;
}

/** An OCSP response (RFC 6960 §4.2). */
export interface OcspResponseFacts extends SourceFacts {
  readonly kind: "ocspResponse";
  readonly responseStatus: NamedValue;
  /** The responder's name, or the SHA-1 of its key. */
  readonly responder?: string;
  readonly producedAt?: string;
  readonly responses?: readonly (CertIdFacts & {
    readonly status: "good" | "revoked" | "unknown";
    readonly thisUpdate?: string;
    readonly nextUpdate?: string;
    readonly revocationTime?: string;
    readonly revocationReason?: string;
  })[];
  readonly nonce?: string;
  readonly signatureAlgorithm?: string;
  readonly signature?: SignatureVerdict;
}
