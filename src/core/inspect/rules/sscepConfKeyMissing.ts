import { confEntry, confSection } from "../../config/conf.js";
import type { Rule } from "./rule.js";

/** What an operation cannot do without, by its section; the option that may give it instead. */
const needed: Readonly<Record<string, readonly (readonly [name: string, option: string])[]>> = {
  sscep: [
    ["URL", "-u"],
    ["CACertFile", "-c"],
  ],
  sscep_enroll: [
    ["PrivateKeyFile", "-k"],
    ["CertReqFile", "-r"],
    ["LocalCertFile", "-l"],
  ],
};

/** `sscepConf.key.missing` */
export const sscepConfKeyMissing: Rule<"sscepConf"> = {
  code: "sscepConf.key.missing",
  severity: "info",
  title: "A key that an operation needs is not set",
  why: "sscep then wants it as an option of the command line.",
  remedy: "Set the key, or give the option.",
  citation: "sscep 0.10, sscep.conf",
  appliesTo: "sscepConf",
  check: ({ conf, place }) =>
    Object.entries(needed).flatMap(([name, keys]) => {
      const header = confSection(conf, name)?.header;
      if (!header) return [];
      return keys
        .filter(([wanted]) => !confEntry(conf, name, wanted))
        .map(([wanted, option]) => ({
          ...place(header),
          message: `[${name}] does not set ${wanted}; sscep wants ${option} then.`,
        }));
    }),
};
