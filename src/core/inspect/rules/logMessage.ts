import { wrappingRules } from "./wrappingRule.js";

/** `log.message` */
export const logMessage = wrappingRules("log.message", {
  severity: "warning",
  title: "A log that does not hold a message whole",
  why: "The program wrote less of it than it sent or received, or the log was cut there.",
  remedy:
    "Have the program write the whole of it (sscep -v -d, certmonger's scep-submit -v, pki --debug 4), or capture the traffic.",
  citation: "RFC 8894 §4.1",
});
