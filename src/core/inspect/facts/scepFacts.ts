import type { EnvelopeFacts } from "./cmsFacts.js";
import type { NamedValue, SecretFact, SignatureVerdict, SourceFacts } from "./sourceFacts.js";

/** A SCEP message (RFC 8894 §3). */
export interface PkiMessageFacts extends SourceFacts {
  readonly kind: "pkiMessage";
  readonly messageType?: NamedValue;
  readonly pkiStatus?: NamedValue;
  readonly failInfo?: NamedValue;
  readonly failInfoText?: string;
  readonly scepError?: { readonly value: number; readonly hex: string; readonly name: string };
  readonly transactionID?: string;
  readonly senderNonce?: string;
  readonly recipientNonce?: string;
  readonly digestAlgorithm?: string;
  readonly signatureAlgorithm?: string;
  readonly signer?: {
    readonly issuer?: string;
    readonly serialNumber?: string;
    readonly subjectKeyIdentifier?: string;
  };
  readonly signature: SignatureVerdict;
  readonly envelope?: EnvelopeFacts;
}

/** An answer to GetCACaps (RFC 8894 §3.5). */
export interface CaCapabilitiesFacts extends SourceFacts {
  readonly kind: "caCapabilities";
  readonly capabilities: readonly string[];
  readonly unknown: readonly string[];
}

/** The page of NDES's mscep_admin. */
export interface AdminPageFacts extends SourceFacts {
  readonly kind: "adminPage";
  readonly page: "password" | "cacheFull" | "noPermission" | "noPassword" | "unknown";
  readonly thumbprint?: string;
  readonly password?: SecretFact;
  readonly validityMinutes?: number;
}

/** A client's whole enrolment; its exchanges are what it contains. */
export interface TransactionFacts extends SourceFacts {
  readonly kind: "transaction";
  readonly operation: string;
  /** What the user calls the server. */
  readonly server: string;
  readonly status: "issued" | "refused" | "pending" | "failed";
  readonly sentence: string;
  readonly subject?: string;
  readonly transactionID?: string;
}
