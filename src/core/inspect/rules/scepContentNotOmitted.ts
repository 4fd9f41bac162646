import { contentWords } from "../describe/messageNodes.js";
import type { Rule } from "./rule.js";

/** `scep.content.notOmitted` */
export const scepContentNotOmitted: Rule<"pkiMessage"> = {
  code: "scep.content.notOmitted",
  severity: "warning",
  title: "A FAILURE or PENDING reply has content",
  why: 'A reply that brings no certificate must leave its content out. NDES puts one 00 byte there, others a string of no bytes. sscep says "illegal size of payload" for that; it carries no information.',
  remedy: "Nothing has to be done: the content says nothing, and the reason stands in the signed attributes.",
  citation: "RFC 8894 §3.3.2",
  appliesTo: "pkiMessage",
  check: ({ attributes: { pkiStatus }, signedData: { eContent, eContentNode } }) => {
    if (!eContent || (pkiStatus?.value !== "2" && pkiStatus?.value !== "3")) return [];
    const name = pkiStatus.value === "2" ? "FAILURE" : "PENDING";
    return [
      {
        at: "content",
        message: `The content of this ${name} is ${contentWords(eContent)}; it has to be omitted.`,
        range: eContentNode && { start: eContentNode.start, end: eContentNode.end },
      },
    ];
  },
};
