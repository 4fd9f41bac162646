import { wrappingRules } from "./wrappingRule.js";

/** `pcap.linkType` */
export const pcapLinkType = wrappingRules("pcap.linkType", {
  severity: "warning",
  title: "A link type that is not read",
  why: "The packets were captured on a kind of network whose headers are not known here, so nothing in them is seen.",
  remedy: "Capture on Ethernet, loopback or the any interface; or convert the capture with Wireshark.",
  citation: "tcpdump.org LINKTYPE_ values",
});
