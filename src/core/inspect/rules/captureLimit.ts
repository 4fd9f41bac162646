import { wrappingRules } from "./wrappingRule.js";

/** `capture.limit` */
export const captureLimit = wrappingRules("capture.limit", {
  severity: "info",
  title: "More messages than are opened at once",
  why: "The input holds more of them than anybody looks at one by one. The first ones are opened.",
  remedy: "Cut the file into smaller ones, or take out what is of interest.",
  citation: "the limits of docs/inputs.md",
});
