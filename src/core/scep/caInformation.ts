import { decodeText } from "../asn1/byteText.js";
import { readPem } from "../asn1/pem.js";
import { visibleText } from "../asn1/visibleText.js";
import { readSignedData } from "../cms/signedData.js";
import { type CertificateView, readCertificate } from "../x509/certificate.js";
import { encryptionCertificate, type RoleAssignment, signingCertificate, splitRoles } from "../x509/roles.js";
import { type AnswerProblem, describeProblem, isReadable } from "./answerProblem.js";
import { type Capabilities, parseCapabilities } from "./capabilities.js";
import { informationRequest } from "./operationRequest.js";
import type { ScepServer } from "./server.js";
import type { HttpExchange, Transport, TransportFailureCode } from "./transport.js";

/** What a request to a server needs beside its settings. */
export interface ClientOptions {
  readonly transport: Transport;
  /** Ends what is running at once. */
  readonly signal?: AbortSignal;
}

/** The answer to GetCACaps; where there is none, no capabilities, and why. */
export interface CapabilitiesResult {
  readonly exchange: HttpExchange;
  readonly capabilities: Capabilities;
  readonly problem?: AnswerProblem;
  /** False where the server cannot be reached at all, so that asking on is of no use. */
  readonly reachable: boolean;
  /** What a person is told. */
  readonly sentence: string;
}

/** A CA's certificates and who does what among them. */
export interface CaCertificates {
  readonly certificates: readonly CertificateView[];
  readonly roles: readonly RoleAssignment[];
  /** The one that requests are enveloped for; absent where none may be. */
  readonly encryption?: CertificateView;
  /** The one whose key should sign replies. */
  readonly signing?: CertificateView;
}

/** The answer to GetCACert, or why it is none. */
export type CaCertificatesResult = { readonly exchange: HttpExchange; readonly sentence: string } & (
  | {
      readonly ok: true;
      /** One bare certificate, or a degenerate SignedData (RFC 8894 §4.2.1). */
      readonly form: "certificate" | "certsOnly";
      readonly ca: CaCertificates;
    }
  | { readonly ok: false; readonly problem: AnswerProblem }
);

/** What is looked at of an answer to GetCACaps, in bytes; real ones have some hundred. */
const longestCapabilities = 64 * 1024;

/** A longer text, in bytes, is not searched for PEM blocks, which no standard has a server send anyway. */
const longestPem = 32 * 1024;

/** Failures after which another request to the same server can still succeed: NDES before 2008 R2 drops GetCACaps so. */
const transient: readonly TransportFailureCode[] = ["connectionLost", "responseCut", "responseTooLarge"];

/**
 * Asks for a server's capabilities (RFC 8894 §3.5). Never rejects; an HTTP error or an empty answer means none, with
 * which a client goes on.
 */
export async function getCaCaps(server: ScepServer, options: ClientOptions): Promise<CapabilitiesResult> {
  const exchange = await options.transport.exchange(informationRequest("GetCACaps", server), bounds(server, options));
  const { response, failure } = exchange;
  const page = response && /^\s*</.test(decodeText(response.body.subarray(0, 64)).text);
  const answered = response !== undefined && !failure && response.status >= 200 && response.status <= 299 && !page;
  if (answered && response.body.length > 0) {
    const capabilities = parseCapabilities(response.body.subarray(0, longestCapabilities));
    const words = [...capabilities.known, ...capabilities.unknown.map((word) => visibleText(word, 40))];
    const shown = words.length > 40 ? [...words.slice(0, 40), "…"] : words;
    const sentence = words.length > 0 ? `Capabilities: ${shown.join(", ")}.` : "The server names no capabilities.";
    return { exchange, capabilities, reachable: true, sentence };
  }
  const problem = describeProblem(exchange, "GetCACaps", "a list of capabilities");
  const reachable = failure === undefined || transient.includes(failure.code);
  return {
    exchange,
    capabilities: parseCapabilities(""),
    problem,
    reachable,
    sentence: answered
      ? "The server names no capabilities, as servers before RFC 8894 do: single DES, MD5 and GET are what they expect."
      : problem.sentence,
  };
}

/** Asks for the CA's and RA's certificates (RFC 8894 §4.2) and tells their roles apart. Never rejects. */
export async function getCaCert(server: ScepServer, options: ClientOptions): Promise<CaCertificatesResult> {
  const exchange = await options.transport.exchange(informationRequest("GetCACert", server), bounds(server, options));
  const read = isReadable(exchange) ? readCaCertificates(exchange.response.body) : undefined;
  if (!read) {
    const problem = describeProblem(exchange, "GetCACert", "the CA's certificates");
    return { ok: false, exchange, problem, sentence: problem.sentence };
  }
  const ca = caCertificates(read.certificates);
  const { length } = ca.certificates;
  const recipient = ca.encryption
    ? `Requests are enveloped for ${visibleText(ca.encryption.subject.text, 200)}.`
    : "None of them may encipher keys, so no request can be enveloped.";
  return {
    ok: true,
    exchange,
    form: read.form,
    ca,
    sentence: `The server shows ${length} ${length === 1 ? "certificate" : "certificates"}. ${recipient}`,
  };
}

/** Tells the roles in a set of certificates apart. */
export function caCertificates(certificates: readonly CertificateView[]): CaCertificates {
  const encryption = encryptionCertificate(certificates);
  const signing = signingCertificate(certificates);
  return {
    certificates,
    roles: splitRoles(certificates),
    ...(encryption && { encryption }),
    ...(signing && { signing }),
  };
}

/** What bounds each exchange with that server. */
export function bounds(
  server: ScepServer,
  options: ClientOptions,
): { timeoutMs: number; signal?: AbortSignal; tlsCa?: { readonly pem: string; readonly path: string } } {
  return {
    timeoutMs: server.timeoutSeconds * 1000,
    ...(options.signal && { signal: options.signal }),
    ...(server.tlsCa && { tlsCa: server.tlsCa }),
  };
}

/** The certificates in a body, whatever its media type says: bare, in a SignedData, or either in PEM. */
function readCaCertificates(
  body: Uint8Array,
): { form: "certificate" | "certsOnly"; certificates: readonly CertificateView[] } | undefined {
  const single = readCertificate(body);
  if (single) return { form: "certificate", certificates: [single] };
  const bundle = readSignedData(body)?.certificates ?? [];
  if (bundle.length > 0) return { form: "certsOnly", certificates: bundle };
  if (body[0] === 0x30 || body.length > longestPem) return undefined;
  const blocks = readPem(decodeText(body).text);
  const certificates = blocks.flatMap(({ der }) => {
    const certificate = readCertificate(der);
    return certificate ? [certificate] : (readSignedData(der)?.certificates ?? []);
  });
  if (certificates.length === 0) return undefined;
  return { form: certificates.length === 1 ? "certificate" : "certsOnly", certificates };
}
