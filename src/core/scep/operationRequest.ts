import { toBase64 } from "../asn1/base64.js";
import { defaultCaIdentifier, type ScepServer } from "./server.js";
import type { HttpRequest } from "./transport.js";

/** Media type of a pkiMessage (RFC 8894 §4.3). */
export const pkiMessageType = "application/x-pki-message";

const userAgent = { "User-Agent": "SCEP-Workbench", Accept: "*/*" };

/** The request of GetCACaps or GetCACert (RFC 8894 §3.5.1, §4.2), with the CA identifier as `message`. */
export function informationRequest(operation: "GetCACaps" | "GetCACert", server: ScepServer): HttpRequest {
  const identifier =
    server.caIdentifier === undefined || server.caIdentifier === "" ? defaultCaIdentifier : server.caIdentifier;
  return { method: "GET", url: operationUrl(server.url, operation, identifier), headers: userAgent };
}

/**
 * The request of a PKIOperation (RFC 8894 §4.3): by POST the message is the body, by GET it is standard base64,
 * percent-encoded so that `+`, `/` and `=` arrive as they were.
 */
export function pkiOperationRequest(method: "GET" | "POST", server: ScepServer, message: Uint8Array): HttpRequest {
  if (method === "GET") {
    return { method, url: operationUrl(server.url, "PKIOperation", toBase64(message)), headers: userAgent };
  }
  return {
    method,
    url: operationUrl(server.url, "PKIOperation"),
    headers: { ...userAgent, "Content-Type": pkiMessageType },
    body: message,
  };
}

/** The URL of an operation (RFC 8894 §4.1); a query that the server's URL has of its own is kept in front. */
export function operationUrl(base: string, operation: string, message?: string): string {
  const separator = base.includes("?") ? "&" : "?";
  const parameter = message === undefined ? "" : `&message=${encodeURIComponent(message)}`;
  return `${base}${separator}operation=${operation}${parameter}`;
}
