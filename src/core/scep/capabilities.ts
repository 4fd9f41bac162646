import type { DigestName } from "../crypto/cryptoPort.js";
import { latin1 } from "../asn1/strings.js";

/** The capabilities that RFC 8894 §3.5.2 defines, and those of drafts and other servers that mean something to a client. */
export const knownCapabilities = [
  "AES",
  "DES3",
  "GetNextCACert",
  "POSTPKIOperation",
  "Renewal",
  "SHA-1",
  "SHA-224",
  "SHA-256",
  "SHA-384",
  "SHA-512",
  "SCEPStandard",
  "Update",
] as const;

/** One of {@link knownCapabilities}. */
export type Capability = (typeof knownCapabilities)[number];

/** An answer to GetCACaps, read leniently: without regard to case, line ends, blanks and repetition (RFC 8894 §3.5.2). */
export interface Capabilities {
  /** The known ones, in the spelling of the RFC and the order of the answer, each once. */
  readonly known: readonly Capability[];
  /** Words that mean nothing here; a client ignores them. */
  readonly unknown: readonly string[];
  /** Whether the server says so, itself or through SCEPStandard (which means AES, POSTPKIOperation and SHA-256). */
  has(capability: Capability): boolean;
}

const impliedByStandard: readonly Capability[] = ["AES", "POSTPKIOperation", "SHA-256"];

const byLowerCase = new Map<string, Capability>(knownCapabilities.map((name) => [name.toLowerCase(), name]));

/** Reads an answer to GetCACaps; an empty one has no capabilities. */
export function parseCapabilities(body: Uint8Array | string): Capabilities {
  const text = typeof body === "string" ? body : latin1(body);
  const known = new Set<Capability>();
  const unknown = new Set<string>();
  for (const word of text.split(/[\s\0]+/)) {
    if (word === "") continue;
    const capability = byLowerCase.get(word.toLowerCase());
    if (capability) known.add(capability);
    else unknown.add(word);
  }
  return {
    known: [...known],
    unknown: [...unknown],
    has: (capability) => known.has(capability) || (known.has("SCEPStandard") && impliedByStandard.includes(capability)),
  };
}

/** The digest that a client should sign with: the strongest that the server names; MD5 where it names none, as before RFC 8894. */
export function preferredDigest(capabilities: Capabilities): DigestName {
  const order = ["SHA-512", "SHA-384", "SHA-256", "SHA-224", "SHA-1"] as const;
  return order.find((digest) => capabilities.has(digest)) ?? "MD5";
}

/** The content encryption that a client should use: AES-128 (RFC 8894 §2.9's mandatory one), else Triple DES, else single DES, as before RFC 8894. */
export function preferredContentEncryption(capabilities: Capabilities): "AES-128-CBC" | "DES-EDE3-CBC" | "DES-CBC" {
  if (capabilities.has("AES")) return "AES-128-CBC";
  return capabilities.has("DES3") ? "DES-EDE3-CBC" : "DES-CBC";
}
