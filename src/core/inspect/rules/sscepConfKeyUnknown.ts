import { visibleText } from "../../asn1/visibleText.js";
import { closestWord } from "../../config/closestWord.js";
import { sscepKey, sscepKeys, type SscepSection, sscepSections } from "../../config/sscepKeys.js";
import type { Rule } from "./rule.js";

/** `sscepConf.key.unknown` */
export const sscepConfKeyUnknown: Rule<"sscepConf"> = {
  code: "sscepConf.key.unknown",
  severity: "warning",
  title: "A key that sscep does not read",
  why: "sscep looks its keys up by name and section and passes over every other in silence, so that a misspelt key does nothing.",
  remedy: "Correct the name, or move the key into the section that it belongs to.",
  citation: "sscep 0.10, sscep.conf",
  appliesTo: "sscepConf",
  check: ({ conf, place }) =>
    conf.sections
      // Sections of other names configure OpenSSL's engines, each with keys of its own.
      .filter(({ name }) => isOwn(name))
      .flatMap(({ name: section, entries }) =>
        entries
          .filter(({ name }) => !sscepKey(section, name))
          .map(({ name, nameRange }) => ({ ...place(nameRange), ...words(section, name) })),
      ),
};

function isOwn(name: string): name is SscepSection {
  return sscepSections.some((section) => section === name);
}

function words(section: string, name: string): { message: string; remedy?: string } {
  const shown = visibleText(name, 60);
  const elsewhere = sscepKeys.filter((known) => known.name === name).map((known) => `[${known.section}]`);
  if (elsewhere.length > 0) {
    const places = elsewhere.join(", ");
    return {
      message: `sscep reads ${shown} from ${places}, not from [${section}].`,
      remedy: `Move the line to ${places}.`,
    };
  }
  const meant = closestWord(name, [...new Set(sscepKeys.map((known) => known.name))]);
  return {
    message: `sscep knows no key ${shown}.`,
    ...(meant !== undefined && { remedy: `Did you mean ${meant}? Case matters.` }),
  };
}
