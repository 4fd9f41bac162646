import type { DigestName } from "../../crypto/cryptoPort.js";
import type { Finding } from "../finding.js";
import type { PublicKeyView } from "../../x509/publicKey.js";

/** What is known about a refused request: of the reply, and of the request where it is at hand. */
export interface Evidence {
  /** `2 badRequest` in its two parts; decides nothing alone. */
  readonly failInfo?: { readonly value: string; readonly name: string };
  readonly failInfoText?: string;
  /** The HRESULT of NDES's attribute, signed. */
  readonly hresult?: number;
  /** The request that was refused. */
  readonly request?: RequestEvidence;
}

/** What is known about the request. */
export interface RequestEvidence {
  /** The ASN.1 type of the challenge password; `missing` where the request has none. */
  readonly challenge: string;
  readonly publicKey: PublicKeyView;
  /** The digest of the request's own signature. */
  readonly digest?: DigestName;
  /** What the rules say of it. */
  readonly findings: readonly Finding[];
  /** It is signed with a certificate that the CA issued. */
  readonly renewal: boolean;
}

/** How sure a cause is. */
export type Likelihood = "certain" | "likely" | "possible";

/** One cause of a refusal, with what speaks for it and what to do. */
export interface Cause {
  /** Stable and dotted: `challenge.utf8String`. */
  readonly code: string;
  readonly likelihood: Likelihood;
  /** A few words that go on from "Why:": `the challenge is a UTF8String`. */
  readonly words: string;
  /** What speaks for it, each in a sentence. */
  readonly evidence: readonly string[];
  readonly remedy: string;
  readonly citation: string;
}
