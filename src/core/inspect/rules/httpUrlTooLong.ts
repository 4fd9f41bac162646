import { grouped } from "../describe/nodes.js";
import type { Rule } from "./rule.js";

/** Characters of a query that IIS takes by default, and bytes of a request header that http.sys takes. */
const queryDefault = 2048;
const headerDefault = 16_384;

/** `http.url.tooLong` */
export const httpUrlTooLong: Rule<"exchange"> = {
  code: "http.url.tooLong",
  severity: "info",
  title: "The URL is longer than servers take by default",
  why: "A request by GET carries the whole message in its URL. IIS refuses a query over 2,048 characters (404.15) unless maxQueryString is raised, which NDES's setup does for its own application, and http.sys a header over 16,384 bytes; proxies have limits of their own.",
  remedy: "Send by POST where the server knows it, or raise maxQueryString, maxUrl and the limits of http.sys.",
  citation: "RFC 8894 §4.1; IIS requestFiltering requestLimits",
  appliesTo: "exchange",
  check: ({ exchange: { request, response } }) => {
    const at = request.url.indexOf("?");
    const query = at < 0 ? 0 : request.url.length - at - 1;
    if (request.method !== "GET" || query <= queryDefault) return [];
    const beyond = request.url.length > headerDefault;
    return [
      {
        at: "request-line",
        message: `The query is ${grouped(query)} characters long; ${
          beyond ? `http.sys takes ${grouped(headerDefault)} bytes` : `IIS takes ${grouped(queryDefault)}`
        } unless it is set up for more.`,
        // Where it went through it is only worth knowing.
        severity: response?.status === 200 ? "info" : beyond ? "error" : "warning",
      },
    ];
  },
};
