import type { Severity } from "../finding.js";
import type { Rule } from "./rule.js";

interface Weakness {
  readonly severity: Severity;
  readonly words: string;
}

const ciphers: Readonly<Record<string, Weakness>> = {
  des: { severity: "warning", words: "Single DES is forbidden by RFC 8894" },
  blowfish: { severity: "warning", words: "Blowfish is no cipher of RFC 8894, and no capability announces it" },
  "3des": { severity: "info", words: "Triple DES is for servers that have no AES" },
};

const digests: Readonly<Record<string, Weakness>> = {
  md5: { severity: "warning", words: "MD5 is forbidden by RFC 8894" },
  sha1: { severity: "info", words: "SHA-1 is for servers that have no SHA-256" },
};

/** `sscepConf.algorithm.weak` */
export const sscepConfAlgorithmWeak: Rule<"sscepConf"> = {
  code: "sscepConf.algorithm.weak",
  severity: "warning",
  title: "An algorithm that is old or forbidden",
  why: "A value that is set overrules what the server announces; newer servers refuse single DES and MD5.",
  remedy: "Leave EncAlgorithm and SigAlgorithm out, so that sscep takes the best that the server announces.",
  citation: "RFC 8894 §2.9",
  appliesTo: "sscepConf",
  check: ({ conf, place }) =>
    conf.sections
      .filter(({ name }) => name === "sscep")
      .flatMap(({ entries }) =>
        entries.flatMap(({ name, value, valueRange }) => {
          const found = name === "EncAlgorithm" ? ciphers[value] : name === "SigAlgorithm" ? digests[value] : undefined;
          return found
            ? [{ ...place(valueRange), message: `${found.words}: ${name} = ${value}.`, severity: found.severity }]
            : [];
        }),
      ),
};
