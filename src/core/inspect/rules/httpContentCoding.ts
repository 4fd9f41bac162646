import { wrappingRules } from "./wrappingRule.js";

/** `http.contentCoding` */
export const httpContentCoding = wrappingRules("http.contentCoding", {
  severity: "warning",
  title: "The content coding cannot be undone",
  why: "The body is compressed (Content-Encoding), and is damaged, cut, in a coding that is not read here, or unpacks to more than anybody would want. What could be unpacked is shown, else the bytes as they were sent.",
  remedy:
    "Capture the exchange anew, or have the client leave out Accept-Encoding: SCEP messages gain nothing by compression.",
  citation: "RFC 9110 §8.4",
});
