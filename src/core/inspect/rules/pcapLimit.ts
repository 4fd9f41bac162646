import { wrappingRules } from "./wrappingRule.js";

/** `pcap.limit` */
export const pcapLimit = wrappingRules("pcap.limit", {
  severity: "warning",
  title: "More than is read",
  why: "The capture goes beyond a limit that bounds memory, or holds a protocol that is not read.",
  remedy: "Cut the capture down with editcap or a display filter to the connections that matter.",
  citation: "docs/inputs.md",
});
