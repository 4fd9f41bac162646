import { wrappingRules } from "./wrappingRule.js";

/** `pcap.gap` */
export const pcapGap = wrappingRules("pcap.gap", {
  severity: "warning",
  title: "Bytes are missing in the capture",
  why: "TCP counts its bytes, and some that were sent are not in the capture: the machine that captured was too slow, a mirror port dropped packets, or packets took another way. What comes behind the gap is shown nevertheless.",
  remedy: "Capture anew, on the client or the server itself, with a filter and a larger buffer: tcpdump -B 65536.",
  citation: "RFC 9293 §3.4",
});
