import type { EnvelopeFacts, IdentifierFacts } from "./cmsFacts.js";
import type { NamedValue, SecretFact, SignatureVerdict, SourceFacts } from "./sourceFacts.js";

/** A SCEP message (RFC 8894 §3). */
export interface PkiMessageFacts extends SourceFacts {
  readonly kind: "pkiMessage";
  readonly messageType: NamedValue | undefined;
  readonly pkiStatus: NamedValue | undefined;
  readonly failInfo: NamedValue | undefined;
  readonly failInfoText: string | undefined;
  readonly scepError: { readonly value: number; readonly hex: string; readonly name: string } | undefined;
  readonly transactionID: string | undefined;
  readonly senderNonce: string | undefined;
  readonly recipientNonce: string | undefined;
  readonly digestAlgorithm: string | undefined;
  readonly signatureAlgorithm: string | undefined;
  readonly signer: IdentifierFacts | undefined;
  readonly signature: SignatureVerdict;
  readonly envelope: EnvelopeFacts | undefined;
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
