import { wrappingRules } from "./wrappingRule.js";

/** `http.framing` */
export const httpFraming = wrappingRules("http.framing", {
  severity: "warning",
  title: "The headers contradict themselves about the length of the body",
  why: "Content-Length is no number, or there are several that differ. Servers and proxies may each take another part of what follows for the body.",
  remedy: "Send one Content-Length with the exact number of bytes.",
  citation: "RFC 9112 §6.3",
});
