import { wrappingRules } from "./wrappingRule.js";

/** `pcap.fragments` */
export const pcapFragments = wrappingRules("pcap.fragments", {
  severity: "warning",
  title: "IP fragments are missing",
  why: "Of an IP datagram that was sent in fragments not all were captured, so the TCP segment in it is lost.",
  remedy: "Capture at another place, or without a filter on ports: only the first fragment has them.",
  citation: "RFC 791 §3.2; RFC 8200 §4.5",
});
