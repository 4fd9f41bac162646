import type { CryptoPort } from "../crypto/cryptoPort.js";
import type { KeyHolders } from "./keyHolders.js";

/** A private key that may open an envelope; `name` is what a report calls it. */
export interface CandidateKey {
  readonly name: string;
  /** DER of the PKCS#8 PrivateKeyInfo (RFC 5958). */
  readonly pkcs8: Uint8Array;
}

/** A password that may open an envelope, a key or a PKCS#12 container. Secret. */
export interface CandidatePassword {
  /** What a report calls it: `the given passphrase`. */
  readonly name: string;
  readonly password: string;
}

/** A secret key that may open what is wrapped or encrypted with it. */
export interface CandidateSecretKey {
  readonly name: string;
  readonly key: Uint8Array;
}

/** The request that a response answers, as far as the response must agree with it (RFC 8894 §3.2.1). */
export interface RequestOfResponse {
  readonly transactionID: string;
  /** Hex. */
  readonly senderNonce: string;
  /** DER of the PKCS#10 request inside, where it is known in clear: a refusal is diagnosed with it. */
  readonly pkcs10?: Uint8Array;
  /** It was signed with a certificate that the CA had issued. */
  readonly renewal?: boolean;
}

/** What is known around an artifact when it is inspected. */
export interface InspectContext {
  readonly crypto: CryptoPort;
  /** Keys that are tried on envelopes. */
  readonly keys: readonly CandidateKey[];
  /** Passwords that are tried on encrypted keys, on PKCS#12 and on envelopes for a password. */
  readonly passwords?: readonly CandidatePassword[];
  /** Secret keys that are tried on envelopes and on EncryptedData. */
  readonly secretKeys?: readonly CandidateSecretKey[];
  /** DER of certificates that are known beside the message: what GetCACert brings, and others that may be needed. */
  readonly certificates: readonly Uint8Array[];
  /** DER of the client's own certificates, which have no role among the CA's. */
  readonly clientCertificates?: readonly Uint8Array[];
  /** DER of requests that are known beside the artifact: a key says which of them it belongs to. */
  readonly requests?: readonly Uint8Array[];
  readonly request?: RequestOfResponse;
  /** What the server said to GetCACaps, as words. */
  readonly capabilities?: readonly string[];
  /** Files that a configuration names, by the name that it writes; absent where nobody looked for them. */
  readonly namedFiles?: ReadonlyMap<string, Uint8Array>;
  /** By whose rules requests are judged; NDES's where not told. */
  readonly target?: "ndes" | "rfc8894";
  /** Who else is known to have which key: the requests and certificates of a folder that is checked as a whole. */
  readonly keyHolders?: KeyHolders;
  /** Only the facts and findings are wanted: no tree is built, which saves half of the work. */
  readonly factsOnly?: boolean;
  /** The time at which validity is judged. */
  readonly now: Date;
}
