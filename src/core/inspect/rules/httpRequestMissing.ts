import { wrappingRules } from "./wrappingRule.js";

/** `http.requestMissing` */
export const httpRequestMissing = wrappingRules("http.requestMissing", {
  severity: "info",
  title: "The request to a response was not captured",
  why: "The capture began after the request, or took in one direction only. Without the request nobody can say which operation is answered, and nonces cannot be compared.",
  remedy: "Start the capture before the client, and take in both directions.",
  citation: "RFC 9110 §3.4",
});
