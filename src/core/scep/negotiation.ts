import type { ContentCipherName } from "../crypto/algorithms.js";
import type { DigestName } from "../crypto/cryptoPort.js";
import { type Capabilities, preferredContentEncryption, preferredDigest } from "./capabilities.js";
import type { ScepServer } from "./server.js";

/** How a PKIOperation is sent: the server's setting where it has one, else what its capabilities ask for. */
export interface Negotiation {
  readonly method: "GET" | "POST";
  readonly contentEncryption: ContentCipherName;
  readonly digest: DigestName;
}

/**
 * Chooses HTTP method, content encryption and digest (RFC 8894 §3.5, §4.1): POST where the server announces it, the
 * strongest algorithms that it announces, and single DES and MD5 where it announces none, which is what servers
 * without GetCACaps expect.
 */
export function negotiate(server: ScepServer, capabilities: Capabilities): Negotiation {
  const post = server.method === "auto" ? capabilities.has("POSTPKIOperation") : server.method === "post";
  return {
    method: post ? "POST" : "GET",
    contentEncryption:
      server.contentEncryption === "auto" ? preferredContentEncryption(capabilities) : server.contentEncryption,
    digest: server.digest === "auto" ? preferredDigest(capabilities) : server.digest,
  };
}
