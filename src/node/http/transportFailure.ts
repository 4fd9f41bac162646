import { visibleText } from "../../core/asn1/visibleText.js";
import type { TransportFailure, TransportFailureCode } from "../../core/scep/transport.js";

/** What brought an exchange to an end before its response was complete. */
export type Interruption =
  | { readonly kind: "cancelled" }
  | { readonly kind: "timeout"; readonly timeoutMs: number }
  | { readonly kind: "tooLarge"; readonly limit: number }
  | { readonly kind: "error"; readonly error: Error };

/** How far an exchange had come, and with whom. */
export interface ExchangeState {
  readonly url: URL;
  readonly elapsedMs: number;
  readonly connected: boolean;
  /** Set once the header of the response was there. */
  readonly response?: { readonly received: number; readonly announced?: number };
  /** Of the TLS server's certificate, as Node words it; hostile text. */
  readonly peer?: { readonly subject: string; readonly issuer: string };
  readonly tlsCaPath?: string;
}

/** `host:port` of a URL, the port written out; hostile text made visible. */
export function hostAndPort(url: URL): string {
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  return `${visibleText(url.hostname, 255)}:${port}`;
}

/** The code of a Node error; of an AggregateError (one per address tried) that of the first that has one. */
function codeOf(error: Error & { code?: unknown; errors?: unknown }): string {
  if (typeof error.code === "string") return error.code;
  const inner = Array.isArray(error.errors) ? (error.errors as unknown[]) : [];
  for (const one of inner) {
    if (one instanceof Error) return codeOf(one);
  }
  return "";
}

const untrusted = new Set([
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "CERT_UNTRUSTED",
  "INVALID_CA",
]);

const otherCertificateErrors = /^CERT_|^ERR_TLS_|^HOSTNAME_MISMATCH$|^UNABLE_TO_|^CRL_/;

/** The failure of an exchange that was interrupted: what happened and what to do, in one or two sentences. */
export function describeInterruption(interruption: Interruption, state: ExchangeState): TransportFailure {
  const host = hostAndPort(state.url);
  switch (interruption.kind) {
    case "cancelled":
      return failure("cancelled", `The request to ${host} was cancelled after ${ms(state.elapsedMs)}.`, "cancelled");
    case "timeout":
      return failure("timeout", timeoutSentence(host, interruption.timeoutMs, state), "time limit reached");
    case "tooLarge":
      return failure(
        "responseTooLarge",
        `${host} sent more than ${interruption.limit >> 20} MiB; no SCEP answer is that long, so the rest was not read. Does the URL lead to the SCEP service?`,
        `response larger than ${interruption.limit} bytes`,
      );
    case "error":
      return describeError(interruption.error, host, state);
  }
}

/** The failure of a response that points elsewhere: SCEP clients do not follow, so the setting has to change. */
export function describeRedirect(status: number, location: string, url: URL): TransportFailure {
  const target = visibleText(location, 500);
  return failure(
    "redirectRefused",
    `${hostAndPort(url)} redirects (${status}) to ${target}. SCEP clients do not follow redirects: use that address as the server's URL if it is the SCEP service, or switch the redirect off for it.`,
    `status ${status}, Location: ${target}`,
  );
}

/** The failure of a URL that no request can be sent to. */
export function describeBadUrl(url: string, detail: string): TransportFailure {
  return failure(
    "other",
    `"${visibleText(url, 200)}" is not an http or https URL. Check the server's URL.`,
    visibleText(detail, 500),
  );
}

function timeoutSentence(host: string, timeoutMs: number, state: ExchangeState): string {
  const limit = `${Math.round(timeoutMs / 100) / 10} s`;
  if (!state.connected) {
    return `${host} does not answer (no connection within ${limit}). A firewall that drops packets, a wrong address or a missing VPN does this.`;
  }
  if (!state.response) {
    return `${host} accepted the connection but sent no answer within ${limit}. Raise the time limit if the server is slow; otherwise look whether its service hangs.`;
  }
  return `${host} began to answer but did not finish within ${limit} (${cameSoFar(state.response)}). What came is kept.`;
}

function cameSoFar({ received, announced }: { received: number; announced?: number }): string {
  return announced === undefined ? `${count(received)} came` : `${number(received)} of ${count(announced)} came`;
}

function describeError(error: Error, host: string, state: ExchangeState): TransportFailure {
  const code = codeOf(error);
  const detail = visibleText(`${code} ${error.message}`.trim(), 500);
  if (state.response && !code.startsWith("HPE_")) {
    return failure(
      "responseCut",
      `${host} cut its answer short: ${cameSoFar(state.response)} before the connection closed. What came is kept. A crash of the server or a proxy in between does this.`,
      detail,
    );
  }
  if (code.startsWith("HPE_")) return failure("notHttp", notHttpSentence(code, host, state), detail);
  const tls = tlsSentence(code, error.message, host, state);
  if (tls !== undefined) return failure("tls", tls, detail);
  const [failureCode, sentence] = connectionSentence(code, host, state);
  return failure(failureCode, sentence, detail);
}

function notHttpSentence(code: string, host: string, state: ExchangeState): string {
  if (code === "HPE_HEADER_OVERFLOW") {
    return `${host} answered with a header that is too long to be read (over 64 KiB). A proxy in between may add to it.`;
  }
  if (state.response) {
    return `The answer of ${host} breaks the rules of HTTP after ${count(state.response.received)} of its body; what came is kept. A proxy in between or a broken server does this.`;
  }
  const remedy =
    state.url.protocol === "http:"
      ? "Is the port right, or does it speak TLS (https://)?"
      : "Is the port right, and is a web server behind it?";
  return `${host} answered with something that is not HTTP. ${remedy}`;
}

function connectionSentence(code: string, host: string, state: ExchangeState): [TransportFailureCode, string] {
  const name = visibleText(state.url.hostname, 255);
  const running = /\/certsrv\//i.test(state.url.pathname)
    ? "Is IIS running?"
    : "Is the server running, and is the port right?";
  switch (code) {
    case "ENOTFOUND":
    case "EAI_AGAIN":
    case "EAI_FAIL":
    case "EAI_NODATA":
    case "EAI_NONAME":
      return [
        "nameNotFound",
        `The name ${name} cannot be resolved. Check its spelling, and whether DNS or the VPN that knows it is reachable.`,
      ];
    case "ECONNREFUSED":
      return [
        "connectionRefused",
        `${host} does not answer (connection refused after ${ms(state.elapsedMs)}). ${running}`,
      ];
    case "ETIMEDOUT":
      return [
        "timeout",
        `${host} does not answer (no connection after ${ms(state.elapsedMs)}). A firewall that drops packets, a wrong address or a missing VPN does this.`,
      ];
    case "EHOSTUNREACH":
    case "ENETUNREACH":
    case "EADDRNOTAVAIL":
    case "EACCES":
    case "EPERM":
      return [
        "unreachable",
        `There is no way to ${host} from this computer (${code}). Check the network, the VPN and the firewall.`,
      ];
    case "ECONNRESET":
    case "EPIPE":
    case "ERR_STREAM_PREMATURE_CLOSE":
    case "ECONNABORTED":
      return [
        "connectionLost",
        state.connected
          ? `${host} closed the connection without an answer (after ${ms(state.elapsedMs)}). ${lostRemedy(state.url)}`
          : `${host} broke the connection off while it was made (after ${ms(state.elapsedMs)}). ${running}`,
      ];
    default:
      return [
        "other",
        `The request to ${host} failed${code === "" ? "" : ` (${visibleText(code, 60)})`}. The details hold the system's own words.`,
      ];
  }
}

function lostRemedy(url: URL): string {
  return url.protocol === "http:"
    ? "Does the port speak TLS (https://), or did the service crash?"
    : "Does the server demand a client certificate, or did the service crash?";
}

function tlsSentence(code: string, message: string, host: string, state: ExchangeState): string | undefined {
  if (state.url.protocol !== "https:") return undefined;
  const issuer = state.peer ? ` (issued by ${visibleText(state.peer.issuer, 200)})` : "";
  if (untrusted.has(code)) {
    return state.tlsCaPath === undefined
      ? `${host} shows a TLS certificate that this computer does not trust${issuer}. Name the certificate of its CA as the server's TLS CA file.`
      : `${host} shows a TLS certificate that neither this computer nor ${visibleText(state.tlsCaPath, 300)} trusts${issuer}. Put the certificate of its CA into that file.`;
  }
  switch (code) {
    case "CERT_HAS_EXPIRED":
      return `The TLS certificate of ${host} has expired${issuer}. Renew it on the server, and check this computer's clock.`;
    case "CERT_NOT_YET_VALID":
      return `The TLS certificate of ${host} is not valid yet${issuer}. Check the clocks of this computer and of the server.`;
    case "ERR_TLS_CERT_ALTNAME_INVALID":
      return `The TLS certificate of ${host} is made out for another name${
        state.peer ? ` (${visibleText(state.peer.subject, 200)})` : ""
      }. Use the name in the certificate in the server's URL, or give the server a certificate for this name.`;
    case "TLS_CA_FILE":
      return `${visibleText(state.tlsCaPath ?? "The TLS CA file", 300)} holds no certificate in PEM that can be read. Name a file with the CA's certificate in PEM.`;
    default:
      break;
  }
  const protocolError = code === "EPROTO" || code.startsWith("ERR_SSL_");
  if (protocolError && /wrong.version.number|packet.length.too.long|http.request|unknown.protocol/i.test(message)) {
    return `${host} does not speak TLS. Is it http:// instead of https://, or another port?`;
  }
  if (protocolError && /unsupported.protocol|protocol.version|no.protocols/i.test(message)) {
    return `${host} and this computer have no version of TLS in common; old servers offer 1.0 at most. Switch TLS 1.2 on at the server, or use http://.`;
  }
  if (protocolError || otherCertificateErrors.test(code)) {
    return `The TLS connection to ${host} failed (${visibleText(code, 60)})${issuer}. Check the server's certificate and TLS settings.`;
  }
  return undefined;
}

function failure(code: TransportFailureCode, sentence: string, detail: string): TransportFailure {
  return { code, sentence, detail };
}

function ms(elapsed: number): string {
  return elapsed < 10_000 ? `${Math.round(elapsed)} ms` : `${Math.round(elapsed / 1000)} s`;
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}

function count(bytes: number): string {
  return `${number(bytes)} ${bytes === 1 ? "byte" : "bytes"}`;
}
