import type { CertificateRole } from "../../x509/roles.js";
import type { PublicKeyFacts } from "./keyFacts.js";
import type { SecretFact, SignatureVerdict, SourceFacts } from "./sourceFacts.js";

/** An X.509 certificate (RFC 5280). */
export interface CertificateFacts extends SourceFacts {
  readonly kind: "certificate";
  readonly subject: string;
  readonly issuer: string;
  readonly serialNumber: string;
  readonly notBefore?: string;
  readonly notAfter?: string;
  readonly publicKey: PublicKeyFacts;
  readonly signatureAlgorithm: string;
  readonly role: CertificateRole;
  /** Whether its issuer's key verifies its signature; absent where the issuer is not known. */
  readonly signature?: "valid" | "invalid" | "unsupported";
  /** The issuers above it, as far as they are known, and whether they end in a self-signed one. */
  readonly chain?: { readonly issuers: readonly string[]; readonly complete: boolean };
  /** Empty where the host refuses a digest, as a FIPS mode does with MD5. */
  readonly fingerprints: { readonly md5: string; readonly sha1: string; readonly sha256: string };
}

/** A PKCS#10 request (RFC 2986). */
export interface RequestFacts extends SourceFacts {
  readonly kind: "request";
  readonly subject: string;
  readonly publicKey: PublicKeyFacts;
  readonly signatureAlgorithm?: string;
  readonly signature: SignatureVerdict;
  readonly challengePassword?: { readonly stringType: string; readonly value: SecretFact };
  readonly subjectStringTypes: readonly { readonly type: string; readonly stringType: string }[];
  readonly subjectAltNames?: readonly string[];
}

/** A certificate revocation list (RFC 5280 §5). */
export interface CrlFacts extends SourceFacts {
  readonly kind: "crl";
  readonly issuer: string;
  readonly thisUpdate?: string;
  readonly nextUpdate?: string;
  /** 1 or 2. */
  readonly version: number;
  readonly signatureAlgorithm: string;
  /** Decimal. */
  readonly crlNumber?: string;
  /** Of a delta list the number of the list that it adds to; decimal. */
  readonly baseCrlNumber?: string;
  /** Whether its issuer's key verifies its signature; absent where the issuer is not known. */
  readonly signature?: "valid" | "invalid" | "unsupported";
  readonly revokedCount: number;
}
