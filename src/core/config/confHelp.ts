import type { TextRange } from "./conf.js";
import { confLineAt, type KnownKey, sectionNames } from "./confLine.js";
import type { ConfigurationKind } from "./configurationKind.js";
import { sscepSections } from "./sscepKeys.js";

/** What is to be said of the place that somebody points at. */
export interface ConfExplanation {
  readonly range: TextRange;
  readonly heading: string;
  readonly sentences: readonly string[];
  readonly citation: string;
}

/** Something that may be typed at a place. */
export interface ConfSuggestion {
  readonly label: string;
  readonly kind: "section" | "key" | "value";
  readonly detail: string;
  /** What is put in place of `range`. */
  readonly insert: string;
  readonly range: TextRange;
}

const citations: Readonly<Record<ConfigurationKind, string>> = {
  opensslConf: "openssl-req(1), x509v3_config(5)",
  mkrequest: "openssl-req(1), x509v3_config(5)",
  sscepConf: "sscep 0.10, sscep.conf",
};

/** What each section of sscep.conf is for. */
const sscepSectionWords: Readonly<Record<string, string>> = {
  sscep: "What every operation needs.",
  sscep_getca: "For sscep getca: GetCACert.",
  sscep_getnextca: "For sscep getnextca: GetNextCACert.",
  sscep_enroll: "For sscep enroll: PKCSReq, and GetCertInitial while it is pending.",
  sscep_getcert: "For sscep getcert: GetCert.",
  sscep_getcrl: "For sscep getcrl: GetCRL.",
  sscep_engine_capi: "For the CAPI engine.",
  sscep_engine_jksengine: "For the Java key store engine.",
};

/** What a key or a value does; undefined where nothing is known of it. */
export function explainConf(text: string, offset: number, kind: ConfigurationKind): ConfExplanation | undefined {
  const line = confLineAt(text, offset, kind);
  if (!line) return undefined;
  const { part, word, range, key } = line;
  const citation = citations[kind];
  if (part === "header") {
    const words =
      kind === "sscepConf" ? sscepSectionWords[word] : word === "req" ? "What openssl req goes by." : undefined;
    return words === undefined ? undefined : { range, heading: `[ ${word} ]`, sentences: [words], citation };
  }
  if (!key) return undefined;
  if (part === "name") return { range, heading: key.name, sentences: keySentences(key), citation };
  const meaning = Object.hasOwn(key.values, word) ? key.values[word] : undefined;
  return meaning
    ? { range, heading: `${key.name} = ${word}`, sentences: [meaning], citation }
    : { range, heading: key.name, sentences: keySentences(key), citation };
}

function keySentences({ what, fallback, option }: KnownKey): readonly string[] {
  return [
    what,
    ...(fallback === undefined ? [] : [`Where it is not set: ${fallback}.`]),
    ...(option === undefined ? [] : [`On the command line: ${option}.`]),
  ];
}

/** What may be typed at a place: sections in a header, keys at the beginning of a line, values behind an equal sign. */
export function suggestConf(text: string, offset: number, kind: ConfigurationKind): readonly ConfSuggestion[] {
  const line = confLineAt(text, offset, kind);
  if (!line) return [];
  const { part, range, keys, key } = line;
  switch (part) {
    case "header": {
      const names = kind === "sscepConf" ? sscepSections : ["req", ...unwrittenSections(text)];
      return names.map((name) => ({
        label: name,
        kind: "section",
        detail: kind === "sscepConf" ? (sscepSectionWords[name] ?? "") : "",
        insert: name,
        range,
      }));
    }
    case "name": {
      const assigned = text.slice(range.end).match(/^[ \t]*=/) !== null;
      return keys.map(({ name, what }) => ({
        label: name,
        kind: "key",
        detail: what,
        insert: assigned ? name : `${name} = `,
        range,
      }));
    }
    case "value": {
      const values = key?.namesSection
        ? sectionNames(text).map((name) => [name, ""])
        : Object.entries(key?.values ?? {});
      return values.map(([value = "", meaning = ""]) => ({
        label: value,
        kind: "value",
        detail: meaning,
        insert: value,
        range,
      }));
    }
  }
}

/** The sections that a key names and that are not there yet. */
function unwrittenSections(text: string): readonly string[] {
  const written = new Set(sectionNames(text));
  const named = [
    ...text.matchAll(/\b(?:distinguished_name|attributes|req_extensions|x509_extensions)[ \t]*=[ \t]*([\w.-]+)/g),
  ];
  return [...new Set(named.map(([, name = ""]) => name))].filter((name) => !written.has(name));
}
