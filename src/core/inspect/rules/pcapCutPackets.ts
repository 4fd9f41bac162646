import { wrappingRules } from "./wrappingRule.js";

/** `pcap.cutPackets` */
export const pcapCutPackets = wrappingRules("pcap.cutPackets", {
  severity: "warning",
  title: "Packets were cut when they were captured",
  why: "The capture was taken with a snap length (snaplen) shorter than the packets, so that the end of each long one is missing. Messages in them have zeros there: they can be recognised, but not be read in full or verified.",
  remedy: "Capture anew with whole packets: tcpdump -s 0.",
  citation: "tcpdump(8), -s",
});
