import { wrappingRules } from "./wrappingRule.js";

/** `pem.label` */
export const pemLabel = wrappingRules("pem.label", {
  severity: "warning",
  title: "A PEM label that does not fit its content",
  why: "Programs that go by the label refuse the block, or look for something in it that is not there.",
  remedy: "Write the label that belongs to the content on both lines.",
  citation: "RFC 7468 §4",
});
