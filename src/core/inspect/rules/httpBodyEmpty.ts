import type { Rule } from "./rule.js";

/** `http.body.empty` */
export const httpBodyEmpty: Rule<"exchange"> = {
  code: "http.body.empty",
  severity: "error",
  title: "The answer is empty",
  why: "The server says that all is well and sends nothing. NDES on Windows Server 2012 answers every POST so, although it announces POSTPKIOperation; other servers do it when they cannot build a reply.",
  remedy: "Send by GET instead of POST; if that brings nothing either, look at the server's logs.",
  citation: "RFC 8894 §4.1",
  appliesTo: "exchange",
  check: ({ exchange: { response }, operation }) =>
    response &&
    response.status === 200 &&
    response.body.length === 0 &&
    !response.bodyUnknown &&
    operation?.toLowerCase() !== "getcacaps"
      ? [{ at: "status", message: "The server answered with status 200 and an empty body." }]
      : [],
};
