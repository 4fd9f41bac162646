import { attributeKeys, extensionKeys, type OpensslKey, requestKeys, subjectKeys } from "./opensslKeys.js";
import { sscepCiphers, sscepDigests, type SscepKey, sscepKeys } from "./sscepKeys.js";
import type { ConfigurationKind } from "./configurationKind.js";
import type { TextRange } from "./conf.js";

/**
 * The line of a configuration that somebody is typing or pointing at, told by itself: while it is typed the whole is
 * hardly ever in order.
 */
export interface ConfLine {
  /** The section that it stands in; empty before the first header. */
  readonly section: string;
  /** What the section is for, of an OpenSSL configuration. */
  readonly keys: readonly KnownKey[];
  readonly part: "header" | "name" | "value";
  /** The word at the place. */
  readonly word: string;
  readonly range: TextRange;
  /** The key whose value it is. */
  readonly key?: KnownKey;
}

/** A key of either program, as far as help with it goes. */
export interface KnownKey {
  readonly name: string;
  readonly what: string;
  readonly fallback?: string;
  readonly option?: string;
  readonly values: Readonly<Record<string, string>>;
  readonly namesSection: boolean;
}

/** How far back a section's header is looked for. */
const mostLookedBack = 200_000;

/** What stands at an offset of a text; undefined in a comment and where no configuration is. */
export function confLineAt(text: string, offset: number, kind: ConfigurationKind): ConfLine | undefined {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const feed = text.indexOf("\n", offset);
  const line = text.slice(start, feed < 0 ? text.length : feed).replace(/\r$/, "");
  const lead = /^[ \t]*(?:echo[ \t]+["']?)?/.exec(line)?.[0].length ?? 0;
  const body = line.slice(lead).replace(/["']?[ \t]*>>?[^>]*$/, "");
  if (body.startsWith("#") || offset < start + lead) return undefined;
  const before = text.slice(Math.max(0, start - mostLookedBack), start);
  const section = sectionBefore(before);
  const keys = knownKeys(kind, section, text);
  const at = start + lead;
  if (body.startsWith("[")) {
    const opening = /^\[(?:[ \t]*(?=[^\]\s])|[ \t]?)/.exec(body)?.[0].length ?? 1;
    const name = /^[^\]]*?(?=[ \t]*(?:\]|$))/.exec(body.slice(opening))?.[0] ?? "";
    const from = at + opening;
    return { section, keys, part: "header", word: name, range: { start: from, end: from + name.length } };
  }
  const assignment = /^([^=\s]*)([ \t]*=[ \t]*)(.*?)[ \t]*$/.exec(body);
  if (!assignment) {
    const word = /^[\w.]*/.exec(body)?.[0] ?? "";
    return { section, keys, part: "name", word, range: { start: at, end: at + word.length } };
  }
  const [, name = "", equal = "", value = ""] = assignment;
  const key = keys.find((known) => known.name === name);
  if (offset <= at + name.length) {
    return {
      section,
      keys,
      part: "name",
      word: name,
      range: { start: at, end: at + name.length },
      ...(key && { key }),
    };
  }
  const from = at + name.length + equal.length;
  const range = { start: from, end: from + value.length };
  return { section, keys, part: "value", word: value, range, ...(key && { key }) };
}

/** The names of the sections that a text has, or that its keys name. */
export function sectionNames(text: string): readonly string[] {
  const names = [...text.matchAll(/^[ \t]*(?:echo[ \t]+["']?)?\[[ \t]*([^\]\n]*?)[ \t]*\]/gm)].map(
    ([, name = ""]) => name,
  );
  return [...new Set(names)];
}

function sectionBefore(before: string): string {
  return sectionNames(before).length === 0
    ? ""
    : ([...before.matchAll(/^[ \t]*(?:echo[ \t]+["']?)?\[[ \t]*([^\]\n]*?)[ \t]*\]/gm)].at(-1)?.[1] ?? "");
}

function knownKeys(kind: ConfigurationKind, section: string, text: string): readonly KnownKey[] {
  if (kind === "sscepConf") return sscepKeys.filter((key) => key.section === section).map(ofSscep);
  return opensslKeysOf(section, text).map(ofOpenssl);
}

function opensslKeysOf(section: string, text: string): readonly OpensslKey[] {
  if (section === "req") return requestKeys;
  // What a section is for is said by the key that names it.
  const naming = [...text.matchAll(/^[^\n#]*?\b(\w+)[ \t]*=[ \t]*([\w.-]+)/gm)].find(
    ([, , value]) => value === section,
  )?.[1];
  switch (naming) {
    case "distinguished_name":
      return subjectKeys;
    case "attributes":
      return attributeKeys;
    default:
      return section === "" ? [] : extensionKeys;
  }
}

function ofOpenssl({ name, what, fallback, values = {}, namesSection }: OpensslKey): KnownKey {
  return { name, what, ...(fallback !== undefined && { fallback }), values, namesSection: namesSection === true };
}

function ofSscep({ name, what, fallback, option, kind }: SscepKey): KnownKey {
  return {
    name,
    what,
    ...(fallback !== undefined && { fallback }),
    ...(option !== undefined && { option }),
    values: sscepValues(kind),
    namesSection: false,
  };
}

function sscepValues(kind: SscepKey["kind"]): Readonly<Record<string, string>> {
  switch (kind) {
    case "true":
      return { true: "Switch it on; any other word leaves it off.", false: "Leave it off." };
    case "encAlgorithm":
      return Object.fromEntries(sscepCiphers.map((cipher) => [cipher, ""]));
    case "sigAlgorithm":
      return Object.fromEntries(sscepDigests.map((digest) => [digest, ""]));
    case "url":
      return { "http://": "The server's address; NDES's path is /certsrv/mscep/mscep.dll." };
    default:
      return {};
  }
}
