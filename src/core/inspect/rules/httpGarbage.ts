import { wrappingRules } from "./wrappingRule.js";

/** `http.garbage` */
export const httpGarbage = wrappingRules("http.garbage", {
  severity: "warning",
  title: "Bytes that belong to no HTTP message",
  why: "Between two messages stand bytes that are none: a body is longer than its Content-Length says, packets were lost, or something else was written into the file. The next message was found by its start line.",
  remedy: "Compare Content-Length with the body that was sent, and capture without loss.",
  citation: "RFC 9112 §2.2",
});
