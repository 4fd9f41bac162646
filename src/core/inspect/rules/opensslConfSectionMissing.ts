import { visibleText } from "../../asn1/visibleText.js";
import { confSection } from "../../config/conf.js";
import type { Rule } from "./rule.js";

/** `opensslConf.section.missing` */
export const opensslConfSectionMissing: Rule<"opensslConf"> = {
  code: "opensslConf.section.missing",
  severity: "error",
  title: "A section that is named and not there",
  why: "openssl req stops where a section that it is told to read is missing.",
  remedy: "Add the section, or correct its name.",
  citation: "openssl-req(1); config(5)",
  appliesTo: "opensslConf",
  check: ({ conf, request, place }) => {
    if (!request) return [];
    const { distinguishedName, attributes, reqExtensions } = request;
    return [distinguishedName, attributes, reqExtensions].flatMap((entry) => {
      // In a script the shell may put the name there, and the file that is included may have the section.
      if (!entry || entry.value.includes("$") || confSection(conf, entry.value)) return [];
      if (conf.problems.some(({ code }) => code === "notFollowed")) return [];
      return [
        {
          ...place(entry.valueRange),
          message: `${entry.name} names the section [ ${visibleText(entry.value, 60)} ], which is not there.`,
        },
      ];
    });
  },
};
