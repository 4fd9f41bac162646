import { wrappingRules } from "./wrappingRule.js";

/** `pem.quoted` */
export const pemQuoted = wrappingRules("pem.quoted", {
  severity: "info",
  title: "A PEM block within a quotation",
  why: "Each of its lines stands behind something: the > of a mail, the time stamp of a log, the quotation marks of a source file; or its line ends are written as escapes. What is around it was taken away.",
  remedy: "Take it away before the block is given to another program.",
  citation: "RFC 7468 §2",
});
