import type { SourceFacts } from "./sourceFacts.js";

/** A public key's algorithm and strength. */
export interface PublicKeyFacts {
  readonly algorithm: string;
  readonly bits?: number;
  readonly curve?: string;
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
