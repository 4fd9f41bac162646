import { visibleText } from "../../asn1/visibleText.js";
import { sscepInputFiles } from "../../config/sscepFiles.js";
import type { Rule } from "./rule.js";

/** `sscepConf.file.missing` */
export const sscepConfFileMissing: Rule<"sscepConf"> = {
  code: "sscepConf.file.missing",
  severity: "warning",
  title: "A file that sscep will read is not there",
  why: "sscep stops where a key, a request or a CA certificate is missing. Names count from the folder that it is started in.",
  remedy: "Make the file (getca writes the CA certificates), or correct its name.",
  citation: "sscep 0.10, sscep.conf",
  appliesTo: "sscepConf",
  check: ({ conf, place }, { namedFiles }) => {
    if (!namedFiles) return [];
    return sscepInputFiles(conf)
      .filter(({ candidates }) => candidates.every((candidate) => !namedFiles.has(candidate)))
      .map(({ entry }) => ({
        ...place(entry.valueRange),
        message: `${entry.name} names ${visibleText(entry.value, 120)}, which is not there.`,
      }));
  },
};
