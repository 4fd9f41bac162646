import { wrappingRules } from "./wrappingRule.js";

/** `pcap.damaged` */
export const pcapDamaged = wrappingRules("pcap.damaged", {
  severity: "error",
  title: "The capture file is damaged",
  why: "Where the next packet belongs stands something that can be none: the file was overwritten, transferred as text, or not written to its end. Everything before that place is shown.",
  remedy: "Copy the file anew in binary, or repair it with pcapfix.",
  citation: "draft-ietf-opsawg-pcap; draft-ietf-opsawg-pcapng",
});
