import { visibleText } from "../../asn1/visibleText.js";
import type { ConfEntry } from "../../config/conf.js";
import { sscepCiphers, sscepDigests, sscepKey, type SscepValueKind } from "../../config/sscepKeys.js";
import type { Rule } from "./rule.js";

/** `sscepConf.value.invalid` */
export const sscepConfValueInvalid: Rule<"sscepConf"> = {
  code: "sscepConf.value.invalid",
  severity: "error",
  title: "A value that sscep cannot use",
  why: "sscep compares Verbose and Debug with the word true, speaks http only, and knows a fixed list of algorithms.",
  remedy: "Correct the value.",
  citation: "sscep 0.10, sscep.conf",
  appliesTo: "sscepConf",
  check: ({ conf, place }) =>
    conf.sections.flatMap(({ name: section, entries }) =>
      entries.flatMap((entry) => {
        const known = sscepKey(section, entry.name);
        const found = known && judge(known.kind, entry);
        return found ? [{ ...place(entry.valueRange), ...found }] : [];
      }),
    ),
};

interface Judgement {
  readonly message: string;
  readonly remedy: string;
  readonly severity?: "warning";
}

function judge(kind: SscepValueKind, { name, value }: ConfEntry): Judgement | undefined {
  const shown = visibleText(value, 60);
  switch (kind) {
    case "true":
      if (value === "true" || /^(?:false|no|off|0)?$/i.test(value)) return undefined;
      return {
        message: `${name} = ${shown} switches nothing on: sscep compares the value with true.`,
        remedy: `Write ${name} = true.`,
        severity: "warning",
      };
    case "url":
      return judgeUrl(value, shown);
    case "number":
      if (/^\d+$/.test(value)) return undefined;
      return { message: `${name} wants a number, and “${shown}” is none.`, remedy: "Write a whole number." };
    case "encAlgorithm":
      return oneOf(sscepCiphers, "cipher", value, shown);
    case "sigAlgorithm":
      return oneOf(sscepDigests, "digest", value, shown);
    case "hostPort":
      if (/^[^\s:/]+:\d{1,5}$/.test(value)) return undefined;
      return { message: `${name} wants host:port, and “${shown}” is none.`, remedy: "Write the proxy as host:port." };
    case "serial":
      if (/^[\da-f:]+$/i.test(value)) return undefined;
      return {
        message: `${name} wants a serial number, and “${shown}” is none.`,
        remedy: "Write it in decimal, or in hexadecimal with or without colons.",
      };
    default:
      return undefined;
  }
}

function judgeUrl(value: string, shown: string): Judgement | undefined {
  if (/^http:\/\/[^/\s]+/i.test(value)) return undefined;
  return /^https:/i.test(value)
    ? {
        message: `sscep cannot speak https: it stops with “illegal URL ${shown}” unless a proxy is named.`,
        remedy: "Write the server's http address. SCEP protects its messages itself (RFC 8894 §7).",
      }
    : { message: `“${shown}” is no http address.`, remedy: "Write http://, the server's name and the path." };
}

function oneOf(words: readonly string[], what: string, value: string, shown: string): Judgement | undefined {
  if (words.includes(value)) return undefined;
  return { message: `sscep knows no ${what} “${shown}”.`, remedy: `Write one of ${words.join(", ")}.` };
}
