/**
 * The named values of `decode --json`: their names are fixed (see docs/json.md); more may be added, none renamed.
 */

import type { CertificateRole } from "../x509/roles.js";

/** A value that is printed as `•••` unless a person asked for secrets. */
export interface SecretFact {
  readonly secret: string;
}

/** A coded value beside its name in the field: `{ value: "2", name: "FAILURE" }`. */
export interface NamedValue {
  readonly value: string;
  readonly name: string;
}

/** Where an artifact was found. */
export interface SourceFacts {
  /** The file, and inside a container what it is: `scep.pcap#3 response`. */
  readonly source?: string;
  readonly offset?: number;
  readonly length?: number;
  readonly encoding?: "DER" | "BER";
}

/** Whether a signature holds, and if not, what stands in the way. */
export type SignatureVerdict = "valid" | "invalid" | "signerCertificateMissing" | "unsupported";

/** One recipient of an envelope (RFC 5652 §6.2). */
export interface RecipientFacts {
  readonly type: "keyTrans" | "keyAgree" | "kek" | "password" | "other";
  readonly issuer?: string;
  readonly serialNumber?: string;
  readonly subjectKeyIdentifier?: string;
  readonly keyEncryptionAlgorithm?: string;
}

/** An EnvelopedData (RFC 5652 §6). */
export interface EnvelopeFacts {
  readonly contentEncryptionAlgorithm: string;
  readonly decrypted: boolean;
  /** The name of the key, password or secret key that opened it. */
  readonly openedWith?: string;
  /** Why it was not decrypted. */
  readonly reason?: string;
  readonly recipients: readonly RecipientFacts[];
}

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
  readonly signer?: {
    readonly issuer?: string;
    readonly serialNumber?: string;
    readonly subjectKeyIdentifier?: string;
  };
  readonly signature?: SignatureVerdict;
}

/** A public key's algorithm and strength. */
export interface PublicKeyFacts {
  readonly algorithm: string;
  readonly bits?: number;
  readonly curve?: string;
}

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

/** One HTTP exchange; what its bodies are stands in `request` and `response`. */
export interface HttpExchangeFacts extends SourceFacts {
  readonly kind: "httpExchange";
  readonly method: string;
  readonly url: string;
  readonly status?: number;
  readonly contentType?: string;
  readonly failure?: string;
  /** Bytes of the bodies as they were on the wire's end: what was asked, what came back. */
  readonly requestLength?: number;
  readonly responseLength?: number;
  /** Wall-clock time of the start, ISO 8601, and how long it took. */
  readonly startedAt?: string;
  readonly durationMs?: number;
}

/** A capture of packets as a whole; the exchanges in it stand by themselves. */
export interface CaptureFacts extends SourceFacts {
  readonly kind: "capture";
  /** `pcap`, `pcapng`, with `, gzip` where it is compressed. */
  readonly format: string;
  readonly packets: number;
  readonly firstPacket?: string;
  readonly lastPacket?: string;
  /** TCP connections, and what they carry. */
  readonly connections: {
    readonly all: number;
    readonly http: number;
    readonly tls: number;
    readonly http2: number;
    readonly other: number;
  };
  /** HTTP exchanges of any kind, those that are artifacts of their own, and the hosts of the others. */
  readonly exchanges: number;
  readonly shown: number;
  readonly leftOut: readonly { readonly host: string; readonly exchanges: number }[];
  /** Bytes of TCP data that are not in the capture. */
  readonly lostBytes: number;
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

/** A private key; what it is, never the key itself. */
export interface PrivateKeyFacts extends SourceFacts {
  readonly kind: "privateKey";
  readonly format: string;
  readonly publicKey?: PublicKeyFacts;
  /** How it is encrypted, where it is: `PBES2 (scrypt, AES-256-CBC)`. */
  readonly encryption?: string;
  /** Whether an encrypted key was opened. */
  readonly decrypted?: boolean;
  /** The certificates and requests that the key belongs to, by their subjects. */
  readonly belongsTo?: readonly string[];
  /** What a key in a form of SSH's says beside its key. */
  readonly comment?: string;
}

/** A public key as SSH writes it. */
export interface SshPublicKeyFacts extends SourceFacts {
  readonly kind: "sshPublicKey";
  readonly publicKey: PublicKeyFacts;
  readonly comment?: string;
}

/** A PKCS #12 container (RFC 7292). */
export interface Pkcs12Facts extends SourceFacts {
  readonly kind: "pkcs12";
  readonly mac: "valid" | "wrong" | "absent" | "unsupported";
  /** Bags of any kind that could be seen. */
  readonly bags: readonly {
    readonly type: string;
    readonly friendlyName?: string;
    readonly localKeyID?: string;
    readonly encryption?: string;
  }[];
  /** Why a part of it stays closed. */
  readonly reason?: string;
}

/** What a configuration has `openssl req` make. */
export interface RequestSettingsFacts {
  readonly stringMask?: string;
  readonly utf8?: string;
  readonly defaultBits?: string;
  readonly defaultMd?: string;
  /** It gives the request a challengePassword. */
  readonly challengePassword: boolean;
}

/** A configuration for `openssl req` (config(5)). */
export interface OpensslConfFacts extends SourceFacts {
  readonly kind: "opensslConf";
  readonly request?: RequestSettingsFacts;
}

/** A script that writes such a configuration and makes a request with it, in the manner of sscep's mkrequest. */
export interface MkrequestFacts extends SourceFacts {
  readonly kind: "mkrequest";
  readonly request?: RequestSettingsFacts;
  readonly keyBits?: number;
}

/** An sscep.conf: the keys that say to whom and how, under their own names. */
export interface SscepConfFacts extends SourceFacts {
  readonly kind: "sscepConf";
  readonly settings: { readonly [key: string]: string };
}

/** A public key that stands alone. */
export interface PublicKeyArtifactFacts extends SourceFacts {
  readonly kind: "publicKey";
  readonly format: "SubjectPublicKeyInfo" | "PKCS#1";
  readonly publicKey: PublicKeyFacts;
  /** Of an RSA key, decimal. */
  readonly publicExponent?: string;
  /** SHA-256 of the whole key as it is encoded. */
  readonly sha256?: string;
}

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

/** ASN.1 that is none of the above. */
export interface Asn1Facts extends SourceFacts {
  readonly kind: "asn1";
  readonly description: string;
}

/** Bytes of which nothing can be said. */
export interface UnknownFacts extends SourceFacts {
  readonly kind: "unknown";
  readonly description: string;
}

/** The facts of any artifact, told apart by `kind`. */
export type Facts =
  | PkiMessageFacts
  | CertsOnlyFacts
  | SignedDataFacts
  | CertificateFacts
  | RequestFacts
  | CrlFacts
  | CaCapabilitiesFacts
  | AdminPageFacts
  | HttpExchangeFacts
  | CaptureFacts
  | TransactionFacts
  | PrivateKeyFacts
  | PublicKeyArtifactFacts
  | OcspRequestFacts
  | OcspResponseFacts
  | SshPublicKeyFacts
  | Pkcs12Facts
  | EnvelopedDataFacts
  | AuthEnvelopedDataFacts
  | EncryptedDataFacts
  | CompressedDataFacts
  | DigestedDataFacts
  | AuthenticatedDataFacts
  | OpensslConfFacts
  | MkrequestFacts
  | SscepConfFacts
  | Asn1Facts
  | UnknownFacts;
