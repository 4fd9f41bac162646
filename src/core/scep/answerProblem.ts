import { decodeText } from "../asn1/byteText.js";
import { visibleText } from "../asn1/visibleText.js";
import { looksLikeNdes } from "./server.js";
import { headerValue, type HttpExchange, type HttpResponse } from "./transport.js";

/** Why an exchange brought nothing that SCEP can go on with. */
export interface AnswerProblem {
  /**
   * `noAnswer`: no complete response (the exchange's own failure says which) · `cancelled`: the user ended it · `status`:
   * an HTTP error · `webPage`: HTML instead of a reply · `empty`: no body · `notPki`: a body of some other kind.
   */
  readonly code: "noAnswer" | "cancelled" | "status" | "webPage" | "empty" | "notPki";
  /** What the server did and what to do about it. */
  readonly sentence: string;
  /** For *Show Details*. */
  readonly detail?: string;
}

/** The operations of RFC 8894 §4.1 that the client sends. */
export type ScepOperation = "GetCACaps" | "GetCACert" | "PKIOperation";

/** A query longer than this is refused by IIS unless it was set up otherwise, which NDES's setup does. */
const longQuery = 2048;

/**
 * The longest answer that is read, in bytes: some ten times the longest that real servers give, and little enough for a
 * hostile one of nothing but tiny values to be read between two frames.
 */
const longestAnswer = 128 * 1024;

/** Whether an exchange brought a whole response of a length that can be an answer. */
export function isReadable(exchange: HttpExchange): exchange is HttpExchange & { readonly response: HttpResponse } {
  return !exchange.failure && exchange.response !== undefined && exchange.response.body.length <= longestAnswer;
}

/**
 * Says in a sentence why the response to an operation is none, for an exchange in whose body the caller found nothing
 * of use; `expected` completes "instead of …".
 */
export function describeProblem(exchange: HttpExchange, operation: ScepOperation, expected: string): AnswerProblem {
  const { failure, response } = exchange;
  if (failure) {
    return {
      code: failure.code === "cancelled" ? "cancelled" : "noAnswer",
      sentence: failure.sentence,
      detail: failure.detail,
    };
  }
  if (!response) return { code: "noAnswer", sentence: `${operation} brought no response.` };
  const page = webPage(response);
  const problem =
    page === undefined && (response.status < 200 || response.status > 299)
      ? statusProblem(exchange, response, operation)
      : page !== undefined
        ? webPageProblem(exchange, response, operation, page, expected)
        : response.body.length === 0
          ? emptyProblem(exchange, operation)
          : notPkiProblem(response, operation, expected);
  return { ...problem, detail: `${operation}: ${describeResponse(response)}` };
}

/** Status, content type and length in a few words. */
function describeResponse(response: HttpResponse): string {
  return `${response.status}, ${contentType(response)}, ${bytes(response.body.length)}`;
}

function contentType(response: HttpResponse): string {
  const value = headerValue(response, "Content-Type")?.split(";")[0]?.trim();
  return value === undefined || value === "" ? "no content type" : visibleText(value, 80);
}

function bytes(length: number): string {
  return `${length.toLocaleString("en-US")} ${length === 1 ? "byte" : "bytes"}`;
}

/** The title of an HTML page (empty where it has none); undefined where the response is no HTML. */
function webPage(response: HttpResponse): string | undefined {
  const head = decodeText(response.body.subarray(0, 8192)).text.trimStart();
  const html = /^text\/html|^application\/xhtml/i.test(headerValue(response, "Content-Type") ?? "");
  if (!/^<(!doctype html|html|head|body|\?xml)/i.test(head) && !(html && head.startsWith("<"))) return undefined;
  const title = /<title[^>]*>([^<]*)/i.exec(head)?.[1] ?? "";
  return visibleText(title.replace(/\s+/g, " ").trim(), 80);
}

function isNdes(exchange: HttpExchange): boolean {
  const server = exchange.response && headerValue(exchange.response, "Server");
  return looksLikeNdes(exchange.request.url) || /Microsoft-IIS/i.test(server ?? "");
}

function pathOf(exchange: HttpExchange): string {
  return visibleText(new URL(exchange.request.url).pathname, 200);
}

function webPageProblem(
  exchange: HttpExchange,
  response: HttpResponse,
  operation: ScepOperation,
  title: string,
  expected: string,
): AnswerProblem {
  const quoted = title === "" ? "" : ` "${title}"`;
  const what = `The server sent a web page${quoted} (${response.status}, ${contentType(response)}) instead of ${expected}.`;
  const why =
    response.status >= 200 && response.status <= 299
      ? "Check the path of the server's URL, and whether a proxy or a login page stands in between."
      : statusRemedy(exchange, response.status, operation);
  return { code: "webPage", sentence: `${what} ${why}` };
}

function statusProblem(exchange: HttpExchange, response: HttpResponse, operation: ScepOperation): AnswerProblem {
  const line = visibleText(
    decodeText(response.body.subarray(0, 1024))
      .text.trim()
      .split(/[\r\n]/)[0] ?? "",
    120,
  );
  const readable = line !== "" && !/\\u\{/.test(line) ? `: "${line}"` : "";
  return {
    code: "status",
    sentence: `The server answered ${operation} with HTTP ${response.status}${readable}. ${statusRemedy(exchange, response.status, operation)}`,
  };
}

function statusRemedy(exchange: HttpExchange, status: number, operation: ScepOperation): string {
  const ndes = isNdes(exchange);
  const query = new URL(exchange.request.url).search.length;
  if (exchange.request.method === "GET" && query > longQuery && [400, 404, 413, 414].includes(status)) {
    return `The query is ${query.toLocaleString("en-US")} characters long, which many servers and proxies refuse (IIS above 2,048 unless told otherwise): use POST, or raise maxQueryString and maxUrl.`;
  }
  switch (status) {
    case 400:
    case 413:
    case 414:
      return "The server finds the request malformed or too large; its log says which.";
    case 401:
      return `It demands a login, which SCEP clients do not have: allow anonymous access to ${pathOf(exchange)}.`;
    case 403:
      return `It refuses access to ${pathOf(exchange)}: look whether it allows anonymous access, wants https or blocks this address.`;
    case 404:
      return ndes
        ? `Nothing is at ${pathOf(exchange)}: NDES's path is /certsrv/mscep/mscep.dll. Check its spelling, and that the role is installed.`
        : `Nothing is at ${pathOf(exchange)}: check the path of the server's URL.`;
    case 405:
    case 501:
      return exchange.request.method === "POST"
        ? "It does not take POST: set the server's method to get."
        : "It does not know this operation; the URL may lead to something other than SCEP.";
    case 407:
      return "A proxy in between demands a login: exempt this host from the proxy.";
    case 502:
    case 504:
      return "A proxy or gateway in between cannot reach the SCEP server: look there first.";
    case 503:
      return ndes
        ? "The service is not running: look whether IIS's application pool SCEP is stopped."
        : "The service behind it is not running.";
    default:
      return status >= 500 ? serverErrorRemedy(ndes, operation) : "Check the server's URL and its log.";
  }
}

function serverErrorRemedy(ndes: boolean, operation: ScepOperation): string {
  if (!ndes) return "Its log says why.";
  return operation === "PKIOperation"
    ? "On NDES look into the Application log: event 18 says that it could not open the envelope, events 2 and 10 that its RA certificates are expired or unreadable."
    : "On NDES this is most often an expired or unreadable RA certificate (events 2 and 10 in the Application log).";
}

function emptyProblem(exchange: HttpExchange, operation: ScepOperation): AnswerProblem {
  const remedy =
    exchange.request.method === "POST"
      ? "NDES on Windows Server 2012 does this to every POST: set the server's method to get."
      : "The service could not build an answer; its log says why.";
  return { code: "empty", sentence: `The server answered ${operation} with an empty body. ${remedy}` };
}

function notPkiProblem(response: HttpResponse, operation: ScepOperation, expected: string): AnswerProblem {
  const { length } = response.body;
  const judgement = length > longestAnswer ? `, too many for ${expected}` : ` that are not ${expected}`;
  return {
    code: "notPki",
    sentence: `The server answered ${operation} with ${bytes(length)} (${contentType(response)})${judgement}. Check that the URL leads to a SCEP service; the exchange holds what came.`,
  };
}
