import { wrappingRules } from "./wrappingRule.js";

/** `pcap.encrypted` */
export const pcapEncrypted = wrappingRules("pcap.encrypted", {
  severity: "info",
  title: "Encrypted connections",
  why: "Connections speak TLS. What is inside cannot be seen in a capture without the keys of that very connection.",
  remedy:
    "Take a HAR file from the client or a proxy, have the client write its TLS keys to a key log file and decrypt the capture with Wireshark, or use http for the time of the test.",
  citation: "RFC 8446",
});
