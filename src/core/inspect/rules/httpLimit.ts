import { wrappingRules } from "./wrappingRule.js";

/** `http.limit` */
export const httpLimit = wrappingRules("http.limit", {
  severity: "warning",
  title: "A body larger than is kept",
  why: "The body is larger than the limit up to which bodies are kept in memory; no SCEP message is. Its beginning is shown.",
  remedy: "Save the body by itself and open that file.",
  citation: "RFC 9110 §8.6",
});
