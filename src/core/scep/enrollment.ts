import type { CertificateView } from "../x509/certificate.js";
import type { CaCertificates, CaCertificatesResult, CapabilitiesResult } from "./caInformation.js";
import type { PkiMessageView } from "./pkiMessage.js";
import type { Negotiation } from "./negotiation.js";
import type { HttpExchange } from "./transport.js";

/** How far an enrolment has come. */
export type EnrollmentStep = "GetCACaps" | "GetCACert" | "key" | "request" | "PKIOperation" | "reply";

/** What a person is told while a step runs. */
export const enrollmentStepSentences: Readonly<Record<EnrollmentStep, string>> = {
  GetCACaps: "Asking for the server's capabilities",
  GetCACert: "Asking for the CA's certificates",
  key: "Making a key",
  request: "Building the request",
  PKIOperation: "Sending the request",
  reply: "Checking the reply",
};

/**
 * One PKCSReq as it was sent, with all that is needed to open its reply or, while it is pending, to poll for it with
 * the same transaction (RFC 8894 §4.4). Holds private keys: it is never logged or shown as it is.
 */
export interface EnrollmentTransaction {
  readonly transactionID: string;
  readonly senderNonce: Uint8Array;
  readonly negotiation: Negotiation;
  /** DER of the PKCS#10 request; its subject is what a CertPoll names. */
  readonly request: Uint8Array;
  /** PKCS#8 DER of the key that the certificate is asked for. Secret. */
  readonly key: Uint8Array;
  /** DER of the certificate that signed the message, for whose key the reply is enveloped, and its PKCS#8 key. Secret. */
  readonly signer: { readonly certificate: Uint8Array; readonly key: Uint8Array };
  /** The certificates that the message was enveloped for and the reply is judged by; the issuing CA's subject is what a CertPoll names. */
  readonly ca: CaCertificates;
  /** DER of the pkiMessage that was sent. */
  readonly message: Uint8Array;
}

/** One thing that a client has to check of a CertRep before it believes it (RFC 8894 §3.2.1), and how that came out. */
export interface ReplyCheck {
  readonly name: "messageType" | "transactionID" | "recipientNonce" | "signature" | "signer";
  readonly passed: boolean;
  /** What was found. */
  readonly sentence: string;
}

/** What is kept of every enrolment, however it ended: each part is there as soon as it came that far. */
export interface EnrollmentRecord {
  readonly caps?: CapabilitiesResult;
  readonly caCert?: CaCertificatesResult;
  readonly transaction?: EnrollmentTransaction;
  /** The PKIOperation. */
  readonly exchange?: HttpExchange;
  /** The CertRep, where the response was one. */
  readonly reply?: PkiMessageView;
  /** What was checked of the reply (RFC 8894 §3.2.1), passed or not. */
  readonly checks: readonly ReplyCheck[];
}

/** Microsoft's HRESULT of a failure, and what is known about it. */
export interface HresultExplanation {
  /** `0x80070490` */
  readonly hex: string;
  readonly name: string;
  readonly text: string;
  readonly meaning?: string;
  readonly remedy?: string;
}

/** Why a server refused: RFC 8894 §3.2.1.4 and Microsoft's addition. */
export interface RefusalReason {
  readonly failInfo?: { readonly value: string; readonly name: string };
  readonly failInfoText?: string;
  readonly scepError?: HresultExplanation;
}

/** Why an enrolment did not come to an answer of the server's that could be used. */
export interface EnrollmentProblem {
  readonly step: EnrollmentStep;
  /** `cancelled` by the user, `input` that cannot be used, a `server` that did not play its part, or something `unexpected`. */
  readonly code: "cancelled" | "input" | "server" | "unexpected";
  /** For *Show Details*. */
  readonly detail?: string;
}

/** How an enrolment ended. `sentence` says it to a person; nothing in it is secret. */
export type EnrollmentOutcome = { readonly sentence: string; readonly record: EnrollmentRecord } & (
  | {
      readonly status: "issued";
      readonly certificate: CertificateView;
      /** The other certificates that came with it. */
      readonly others: readonly CertificateView[];
      readonly transaction: EnrollmentTransaction;
    }
  | { readonly status: "refused"; readonly reason: RefusalReason; readonly transaction: EnrollmentTransaction }
  | { readonly status: "pending"; readonly transaction: EnrollmentTransaction }
  | { readonly status: "failed"; readonly problem: EnrollmentProblem }
);
