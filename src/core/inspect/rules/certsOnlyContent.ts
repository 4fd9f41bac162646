import { contentWords } from "../describe/messageNodes.js";
import type { Rule } from "./rule.js";

/** `certsOnly.content` */
export const certsOnlyContent: Rule<"certsOnly"> = {
  code: "certsOnly.content",
  severity: "info",
  title: "A certs-only message with a content",
  why: "The content field of a certs-only message has to be left out; some servers send a string of no bytes.",
  remedy: "Nothing has to be done; strict clients may refuse the message.",
  citation: "RFC 8894 §3.4",
  appliesTo: "certsOnly",
  check: ({ signedData: { eContent, eContentNode } }) =>
    eContent
      ? [
          {
            at: "",
            message: `The content is ${contentWords(eContent)}; it has to be omitted.`,
            range: eContentNode && { start: eContentNode.start, end: eContentNode.end },
          },
        ]
      : [],
};
