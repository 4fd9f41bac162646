import { visibleText } from "../../asn1/visibleText.js";
import type { Rule } from "./rule.js";

/** `opensslConf.attributes.unused` */
export const opensslConfAttributesUnused: Rule<"opensslConf"> = {
  code: "opensslConf.attributes.unused",
  severity: "warning",
  title: "A challengePassword that does not get into the request",
  why: "openssl req takes the attributes of a request from the section that attributes names, and from no other.",
  remedy: "Add attributes = and that section's name to the section [ req ].",
  citation: "openssl-req(1), attributes",
  appliesTo: "opensslConf",
  check: ({ request, script, place }) => {
    const challenge = request?.challenge;
    if (!challenge || challenge.used || script?.mayUse(challenge.section.name)) return [];
    return [
      {
        ...place(challenge.entry.nameRange),
        message: `The challengePassword stands in [ ${visibleText(challenge.section.name, 60)} ], which attributes in [ req ] does not name, so no request has it.`,
      },
    ];
  },
};
