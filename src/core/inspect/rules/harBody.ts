import { wrappingRules } from "./wrappingRule.js";

/** `har.body` */
export const harBody = wrappingRules("har.body", {
  severity: "error",
  title: "A body that the HAR file has destroyed",
  why: "HAR keeps the body of a request as text and has no way to say that it is binary. Browsers and proxies put U+FFFD in place of every octet that is no UTF-8, and no program can bring those back. Some write each octet as the character of its number, which can be undone, or base64 with a mark of their own.",
  remedy:
    "Record the exchange again as a network capture (pcap), with the proxy of this tool, or make the client use GET, whose message is in the URL.",
  citation: "HAR 1.2, postData",
});
