/** Somebody who is known to have a public key: who asks for a certificate for it, or has one. */
export interface KeyHolder {
  readonly kind: "request" | "certificate";
  /** The subject in the form of RFC 4514; hostile. */
  readonly subject: string;
  /** What a person calls the file that it stands in. */
  readonly source: string;
}

/** Who has which key, by {@link keyIdentity}. Plain data. */
export type KeyHolders = ReadonlyMap<string, readonly KeyHolder[]>;

/**
 * A short name for a SubjectPublicKeyInfo, the same for the same octets: 64 bits of FNV-1a in two halves, and the length.
 * No cryptographic hash; two keys that somebody made to have the same one would merely be told as shared.
 */
export function keyIdentity(spki: Uint8Array): string {
  let low = 0x811c9dc5;
  let high = 0x9dc5811c;
  for (const octet of spki) {
    low = Math.imul(low ^ octet, 0x01000193);
    high = Math.imul(high ^ octet ^ (low >>> 24), 0x01000193);
  }
  return `${spki.length}:${(low >>> 0).toString(36)}${(high >>> 0).toString(36)}`;
}
