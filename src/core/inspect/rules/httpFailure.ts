import type { Rule } from "./rule.js";

/** `http.failure` */
export const httpFailure: Rule<"exchange"> = {
  code: "http.failure",
  severity: "error",
  title: "No complete answer came",
  why: "The name did not resolve, nobody listens there, TLS failed, the connection broke off, or the answer did not come in time.",
  remedy: "Check the server's address and port, that its service runs, and what stands between client and server.",
  citation: "RFC 8894 §4.1",
  appliesTo: "exchange",
  check: ({ exchange: { failure } }) => (failure ? [{ at: "failure", message: failure.sentence }] : []),
};
