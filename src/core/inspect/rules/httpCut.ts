import { wrappingRules } from "./wrappingRule.js";

/** `http.cut` */
export const httpCut = wrappingRules("http.cut", {
  severity: "error",
  title: "The request is not whole",
  why: "The request ends before its headers or its Content-Length say so, or the capture lost a part of it. A message in it may be cut short, or have zeros where bytes were lost.",
  remedy: "Capture the request anew, as a whole.",
  citation: "RFC 9112 §6.3",
});
