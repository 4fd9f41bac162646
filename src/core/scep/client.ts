import { toHex } from "../asn1/hex.js";
import { visibleText } from "../asn1/visibleText.js";
import type { CryptoPort } from "../crypto/cryptoPort.js";
import { HumanError } from "../humanError.js";
import { describeProblem, isReadable } from "./answerProblem.js";
import { bounds, type CaCertificates, type ClientOptions, getCaCaps, getCaCert } from "./caInformation.js";
import type {
  EnrollmentOutcome,
  EnrollmentRecord,
  EnrollmentStep,
  EnrollmentTransaction,
  HresultExplanation,
} from "./enrollment.js";
import {
  type GivenRequest,
  type NewRequest,
  prepareRequest,
  prepareSigner,
  requestKey,
  type Signer,
} from "./enrollmentRequest.js";
import { negotiate, type Negotiation } from "./negotiation.js";
import { pkiOperationRequest } from "./operationRequest.js";
import { openReply, recipientOf } from "./envelopes.js";
import { issuedSentence, pendingSentence, refusalReason, refusedSentence } from "./outcome.js";
import { type PkiMessageView, readPkiMessage } from "./pkiMessage.js";
import { checkReply } from "./replyChecks.js";
import type { ScepServer } from "./server.js";
import { ServerFailure } from "./serverFailure.js";

/** What is to be enrolled, and where. */
export interface EnrollmentInput {
  readonly server: ScepServer;
  readonly request: NewRequest | GivenRequest;
  /** Signs the message; a self-signed certificate does where there is none. */
  readonly signer?: Signer;
}

/** What an enrolment needs of its host, and how it is watched. */
export interface EnrollmentOptions extends ClientOptions {
  readonly crypto: CryptoPort;
  /** Called as each step begins. */
  readonly onProgress?: (step: EnrollmentStep) => void;
  /** Names the HRESULTs of NDES's failures (core/ndes/hresult.ts). */
  readonly explainHresult?: (value: number) => HresultExplanation;
  /** The time at which the signer's certificate is made. */
  readonly now?: Date;
}

/**
 * Enrols a certificate (RFC 8894 §4.3): GetCACaps, GetCACert, then a PKCSReq by the method and with the algorithms that
 * the server announces or its settings force, and the checks of the reply. Never rejects: the outcome says how it ended,
 * and its record keeps every exchange, also where a later step failed.
 */
export async function enroll(input: EnrollmentInput, options: EnrollmentOptions): Promise<EnrollmentOutcome> {
  return new Enrollment(input, options).run();
}

/** One enrolment while it runs. */
class Enrollment {
  #step: EnrollmentStep = "GetCACaps";
  #record: EnrollmentRecord = { checks: [] };

  constructor(
    private readonly input: EnrollmentInput,
    private readonly options: EnrollmentOptions,
  ) {}

  async run(): Promise<EnrollmentOutcome> {
    try {
      const negotiation = await this.#capabilities();
      const ca = await this.#caCertificates();
      const transaction = await this.#build(negotiation, ca);
      const reply = await this.#send(transaction);
      return await this.#conclude(transaction, reply);
    } catch (error) {
      return this.#failed(error);
    }
  }

  #enter(step: EnrollmentStep): void {
    this.options.signal?.throwIfAborted();
    this.#step = step;
    this.options.onProgress?.(step);
  }

  #keep(part: Partial<EnrollmentRecord>): void {
    this.#record = { ...this.#record, ...part };
  }

  async #capabilities(): Promise<Negotiation> {
    this.#enter("GetCACaps");
    const caps = await getCaCaps(this.input.server, this.options);
    this.#keep({ caps });
    if (!caps.reachable) throw new ServerFailure(caps.sentence, caps.problem?.detail);
    return negotiate(this.input.server, caps.capabilities);
  }

  async #caCertificates(): Promise<CaCertificates> {
    this.#enter("GetCACert");
    const caCert = await getCaCert(this.input.server, this.options);
    this.#keep({ caCert });
    if (!caCert.ok) throw new ServerFailure(caCert.sentence, caCert.problem.detail);
    return caCert.ca;
  }

  async #build(negotiation: Negotiation, ca: CaCertificates): Promise<EnrollmentTransaction> {
    const { crypto, now = new Date() } = this.options;
    this.#enter("key");
    const key = await requestKey(crypto, this.input.request);
    this.#enter("request");
    const recipient = recipientOf(ca);
    const prepared = await prepareRequest(crypto, this.input.request, key, negotiation.digest);
    const signer = await prepareSigner(crypto, this.input.signer, prepared, negotiation.digest, now);
    const [{ buildEnvelopedData }, { buildPkiMessage }] = await Promise.all([
      import("../cms/buildEnvelopedData.js"),
      import("./buildPkiMessage.js"),
    ]);
    const cipher = negotiation.contentEncryption;
    const content = await buildEnvelopedData(crypto, { content: prepared.request, cipher, recipient });
    const transactionID = await transactionIdOf(crypto, prepared.spki);
    const senderNonce = crypto.randomBytes(16);
    const message = await buildPkiMessage(crypto, {
      messageType: "19",
      transactionID,
      senderNonce,
      content,
      signerCertificate: signer.certificate,
      signerKey: signer.key,
      digest: negotiation.digest,
      certificates: [signer.certificate],
    });
    const { request } = prepared;
    const transaction = { transactionID, senderNonce, negotiation, request, key, signer, ca, message };
    this.#keep({ transaction });
    return transaction;
  }

  async #send({ negotiation, message }: EnrollmentTransaction): Promise<PkiMessageView> {
    this.#enter("PKIOperation");
    const { server } = this.input;
    const request = pkiOperationRequest(negotiation.method, server, message);
    const exchange = await this.options.transport.exchange(request, bounds(server, this.options));
    this.#keep({ exchange });
    const reply = isReadable(exchange) ? readPkiMessage(exchange.response.body) : undefined;
    if (!reply) {
      const { sentence, detail } = describeProblem(exchange, "PKIOperation", "a SCEP reply (CertRep)");
      throw new ServerFailure(sentence, detail);
    }
    this.#keep({ reply });
    return reply;
  }

  async #conclude(transaction: EnrollmentTransaction, reply: PkiMessageView): Promise<EnrollmentOutcome> {
    this.#enter("reply");
    const checks = await checkReply(this.options.crypto, reply, transaction);
    this.#keep({ checks });
    const record = this.#record;
    const failed = checks.find(({ passed }) => !passed);
    const doubt = failed ? ` But the reply cannot be trusted. ${failed.sentence}` : "";
    switch (reply.pkiStatus?.value) {
      case "0": {
        if (failed)
          throw new ServerFailure(`The server says SUCCESS, but the reply cannot be trusted. ${failed.sentence}`);
        const { certificate, others } = await openReply(this.options.crypto, reply, transaction);
        const sentence = issuedSentence(certificate);
        return { status: "issued", sentence, record, certificate, others, transaction };
      }
      case "2": {
        const reason = refusalReason(reply, this.options.explainHresult);
        return { status: "refused", sentence: `${refusedSentence(reason)}${doubt}`, record, reason, transaction };
      }
      case "3":
        return {
          status: "pending",
          sentence: `${pendingSentence(transaction.transactionID)}${doubt}`,
          record,
          transaction,
        };
      default:
        throw new ServerFailure(
          reply.pkiStatus
            ? `The reply's pkiStatus is ${visibleText(reply.pkiStatus.value, 40)}, which RFC 8894 does not know. Look at the reply; the server's log may say more.`
            : "The reply has no pkiStatus, so it says neither yes nor no. Look at the reply; the server's log may say more.",
        );
    }
  }

  #failed(error: unknown): EnrollmentOutcome {
    const step = this.#step;
    const record = this.#record;
    if (this.options.signal?.aborted) {
      return {
        status: "failed",
        sentence: "The enrolment was cancelled.",
        record,
        problem: { step, code: "cancelled" },
      };
    }
    const detail = error instanceof ServerFailure || HumanError.is(error) ? error.detail : String(error);
    const code = error instanceof ServerFailure ? "server" : HumanError.is(error) ? "input" : "unexpected";
    const sentence =
      error instanceof Error && code !== "unexpected"
        ? error.message
        : `The enrolment stopped at the step ${step} for a reason that was not foreseen; the details say what the program met.`;
    return { status: "failed", sentence, record, problem: { step, code, ...(detail !== undefined && { detail }) } };
  }
}

/** SHA-1 of the public key in upper-case hex, as jscep and strongSwan make it: the same key is the same transaction (RFC 8894 §3.2.1.1). */
async function transactionIdOf(crypto: CryptoPort, spki: Uint8Array): Promise<string> {
  return toHex(await crypto.digest("SHA-1", spki)).toUpperCase();
}
