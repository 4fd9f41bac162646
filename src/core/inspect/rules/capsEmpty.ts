import type { Rule } from "./rule.js";

/** `caps.empty` */
export const capsEmpty: Rule<"capabilities"> = {
  code: "caps.empty",
  severity: "warning",
  title: "The server names no capability",
  why: "A client that goes by it uses GET, single DES and MD5, which many servers and libraries refuse today. NDES before Windows Server 2012 answers so.",
  remedy: "Set cipher, digest and method for this server by hand to the best that it takes.",
  citation: "RFC 8894 §3.5.1",
  appliesTo: "capabilities",
  check: ({ capabilities }) =>
    capabilities.known.length === 0 ? [{ at: "", message: "The answer to GetCACaps names no capability." }] : [],
};
