import type { ContentCipherName } from "../core/crypto/algorithms.js";
import type { CertificateView } from "../core/x509/certificate.js";

/** The HRESULTs that the responder answers with, by the names of winerror.h. */
export const code = {
  invalidArgument: 0x80070057 | 0,
  notFound: 0x80070490 | 0,
  wrongUsage: 0x800b0110 | 0,
  certificateSignature: 0x80096004 | 0,
  badRequestSubject: 0x80094001 | 0,
  keyLength: 0x80094811 | 0,
  badTag: 0x8009310b | 0,
  badData: 0x80090005 | 0,
  badSignature: 0x80090006 | 0,
  badAlgorithm: 0x80090008 | 0,
  notSupported: 0xc00000bb | 0,
} as const;

/** failInfo of RFC 8894 §3.2.1.4, as far as the responder uses it. */
export type FailInfo = "0" | "1" | "2";

/** A request refused in SCEP: NDES answers with a failure CertRep. */
export interface Refusal {
  readonly kind: "refused";
  readonly failInfo: FailInfo;
  /** Signed 32-bit HRESULT, sent as the SCEP_ERROR attribute. */
  readonly hresult: number;
  /** The event that NDES writes to its log, where it is known. */
  readonly ndesEvent?: number;
  /** Why, in a sentence without secrets. */
  readonly reason: string;
}

/** A message that NDES cannot answer in SCEP: the client gets an HTML page with status 500, or an empty answer with status 200. */
export interface Breakdown {
  readonly kind: "serverError" | "emptyAnswer";
  readonly hresult?: number;
  readonly ndesEvent?: number;
  readonly reason: string;
}

/** A certificate issued. */
export interface Issued {
  readonly kind: "issued";
  readonly certificate: CertificateView;
  /** The content cipher of the request's envelope, which the reply's has too. */
  readonly cipher: ContentCipherName;
  /** Asked for without a challenge, under the certificate that it replaces. */
  readonly renewal: boolean;
}

/** A refusal by failInfo badRequest, which is what NDES says for nearly every cause. */
export function badRequest(hresult: number, ndesEvent: number | undefined, reason: string): Refusal {
  return { kind: "refused", failInfo: "2", hresult, ...(ndesEvent !== undefined && { ndesEvent }), reason };
}
