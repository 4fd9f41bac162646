import { type Conf, confSection } from "./conf.js";
import { readConf } from "./readConf.js";
import { readRequestScript } from "./requestScript.js";
import { requestSection } from "./requestSettings.js";
import { sscepKeys } from "./sscepKeys.js";

/** The configurations that are known. */
export type ConfigurationKind = "opensslConf" | "sscepConf" | "mkrequest";

/** A longer text is no configuration that a person wrote. */
const longestConfiguration = 1024 * 1024;

/** Keys of the section `req` by which it is told from the `[req]` of some other program's file. */
const requestKeys: ReadonlySet<string> = new Set([
  "distinguished_name",
  "default_bits",
  "default_md",
  "string_mask",
  "attributes",
  "req_extensions",
  "x509_extensions",
  "prompt",
  "utf8",
]);

const sscepNames: ReadonlySet<string> = new Set(sscepKeys.map(({ name }) => name));

/**
 * Which configuration a text is, by its content: a script that writes an OpenSSL configuration (`mkrequest`), sscep's own,
 * or one for `openssl req`. Undefined for everything else.
 */
export function configurationKind(text: string): ConfigurationKind | undefined {
  if (text.length > longestConfiguration || !/^[ \t"']*(?:echo[ \t]+["']?)?\[[ \t]*(?:req|sscep)/m.test(text))
    return undefined;
  if (readRequestScript(text)) return "mkrequest";
  const conf = readConf(text);
  if (isSscep(conf, text)) return "sscepConf";
  const request = confSection(conf, requestSection);
  return request?.entries.some(({ name }) => requestKeys.has(name)) === true ? "opensslConf" : undefined;
}

/** A section of sscep's with one of its keys in it, be it without the "=" that belongs behind it. */
function isSscep({ sections }: Conf, text: string): boolean {
  const own = sections.filter(({ name }) => /^sscep(?:_|$)/.test(name));
  if (own.length === 0) return false;
  if (own.some(({ entries }) => entries.some(({ name }) => sscepNames.has(name)))) return true;
  return [...text.matchAll(/^[ \t]*(\w+)[ \t]+\S/gm)].some(([, word = ""]) => sscepNames.has(word));
}
