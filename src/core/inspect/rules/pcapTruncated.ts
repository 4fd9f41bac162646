import { wrappingRules } from "./wrappingRule.js";

/** `pcap.truncated` */
export const pcapTruncated = wrappingRules("pcap.truncated", {
  severity: "warning",
  title: "The capture file ends within a packet",
  why: "The file is shorter than it was meant to be: the capture is still running, the disk was full, or the copy broke off. Everything before that place is shown.",
  remedy: "Copy the file anew when the capture has ended.",
  citation: "draft-ietf-opsawg-pcap; draft-ietf-opsawg-pcapng",
});
