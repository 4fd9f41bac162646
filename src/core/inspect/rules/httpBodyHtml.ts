import type { Rule } from "./rule.js";

/** `http.body.html` */
export const httpBodyHtml: Rule<"exchange"> = {
  code: "http.body.html",
  severity: "error",
  title: "A web page came instead of a reply",
  why: "Something other than the SCEP service answered, or the service could not: IIS's error page, a login page, a proxy, the plain page of mscep.dll. Clients report it as a wrong MIME type or an unreadable message.",
  remedy:
    "Read the page; check the URL's path and what stands between client and server. On NDES with status 500 look for the events 2 and 10.",
  citation: "RFC 8894 §4.1",
  appliesTo: "exchange",
  check: ({ exchange, page }) =>
    page && exchange.response
      ? [
          {
            at: "response",
            message: `The server sent a web page${page.title ? ` ("${page.title}")` : ""} with status ${exchange.response.status} instead of a reply.`,
          },
        ]
      : [],
};
