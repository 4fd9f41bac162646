import type { SignatureVerdict, SourceFacts } from "./sourceFacts.js";

/** Whom a signature or a key is for: issuer and serial number, or a key identifier in hex (RFC 5652 §5.3, §6.2.1). */
export interface IdentifierFacts {
  readonly issuer: string | undefined;
  readonly serialNumber: string | undefined;
  readonly subjectKeyIdentifier: string | undefined;
}

/** One recipient of an envelope (RFC 5652 §6.2). */
export interface RecipientFacts extends IdentifierFacts {
  readonly type: "keyTrans" | "keyAgree" | "kek" | "password" | "other";
  readonly keyEncryptionAlgorithm: string | undefined;
}

/** An EnvelopedData (RFC 5652 §6). */
export interface EnvelopeFacts {
  readonly contentEncryptionAlgorithm: string;
  readonly decrypted: boolean;
  /** The name of the key, password or secret key that opened it. */
  readonly openedWith: string | undefined;
  /** Why it was not decrypted. */
  readonly reason: string | undefined;
  readonly recipients: readonly RecipientFacts[];
}

/** A degenerate SignedData, as GetCACert and a CertRep's content hold it (RFC 8894 §3.4). */
export interface CertsOnlyFacts extends SourceFacts {
  readonly kind: "certsOnly";
}

/** A SignedData that is signed, but no SCEP message (RFC 5652 §5); of several signers, the first. */
export interface SignedDataFacts extends SourceFacts {
  readonly kind: "signedData";
  readonly contentType: string;
  readonly digestAlgorithm?: string;
  readonly signatureAlgorithm?: string;
  readonly signer?: IdentifierFacts;
  readonly signature?: SignatureVerdict;
}

/** An EnvelopedData that stands alone. */
export interface EnvelopedDataFacts extends SourceFacts {
  readonly kind: "envelopedData";
  readonly envelope: EnvelopeFacts;
}

/** An AuthEnvelopedData (RFC 5083) that stands alone. */
export interface AuthEnvelopedDataFacts extends SourceFacts {
  readonly kind: "authEnvelopedData";
  readonly envelope: EnvelopeFacts;
}

/** An EncryptedData (RFC 5652 §8). */
export interface EncryptedDataFacts extends SourceFacts {
  readonly kind: "encryptedData";
  /** Dotted. */
  readonly contentType: string;
  readonly contentEncryptionAlgorithm: string;
  readonly decrypted: boolean;
  /** Why it was not decrypted. */
  readonly reason?: string;
}

/** A CompressedData (RFC 3274). */
export interface CompressedDataFacts extends SourceFacts {
  readonly kind: "compressedData";
  /** Dotted. */
  readonly contentType: string;
  readonly compressionAlgorithm: string;
  /** Octets of the content as it unpacks. */
  readonly contentLength?: number;
  /** Why it was not unpacked. */
  readonly reason?: string;
}

/** A DigestedData (RFC 5652 §7). */
export interface DigestedDataFacts extends SourceFacts {
  readonly kind: "digestedData";
  /** Dotted. */
  readonly contentType: string;
  readonly digestAlgorithm: string;
  readonly digest: "matches" | "differs" | "unsupported";
}

/** An AuthenticatedData (RFC 5652 §9). */
export interface AuthenticatedDataFacts extends SourceFacts {
  readonly kind: "authenticatedData";
  /** Dotted. */
  readonly contentType: string;
  readonly macAlgorithm: string;
  /** Whether the MAC is that of the content; `unchecked` where no key of a recipient is at hand. */
  readonly mac: "valid" | "invalid" | "unchecked";
  /** Why it is not valid. */
  readonly reason?: string;
}
