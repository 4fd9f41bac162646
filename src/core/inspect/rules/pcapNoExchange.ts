import { count } from "../describe/nodes.js";
import type { Rule } from "./rule.js";

/** `pcap.noExchange` */
export const pcapNoExchange: Rule<"capture"> = {
  code: "pcap.noExchange",
  severity: "warning",
  title: "No SCEP in the capture",
  why: "The capture was read, and holds no HTTP exchange of SCEP or other PKI traffic. It may be encrypted, taken on another interface or at another time, or with a filter that left it out.",
  remedy: "Capture on the client or on NDES itself while the client enrols: tcpdump -i any -s 0 -w scep.pcap port 80.",
  citation: "RFC 8894 §4.1",
  appliesTo: "capture",
  check: ({ capture, name }) =>
    capture.shown > 0
      ? []
      : [
          {
            at: "exchanges",
            message: `${name} holds no exchange of SCEP or other PKI traffic${capture.tls > 0 ? `, but ${count(capture.tls, "encrypted connection")}` : ""}.`,
          },
        ],
};
