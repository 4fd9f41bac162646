import type { Conf, TextRange } from "./conf.js";
import { readConf } from "./readConf.js";

/**
 * A shell script that writes an OpenSSL configuration and makes a key and a request, in the manner of sscep's mkrequest.
 */
export interface RequestScript {
  /** The configuration that the script writes, put together from its here-documents and `echo` lines. */
  readonly conf: Conf;
  /** Where in the script a range of that configuration stands. */
  readonly locate: (range: TextRange) => TextRange;
  /** Whether the script puts an `attributes =` with that section's name into the configuration in some other way. */
  readonly mayUse: (section: string) => boolean;
  /** How long the RSA key will be, by the variable KEYBITS or by what `openssl genrsa` or `-newkey` is given. */
  readonly keyBits?: { readonly bits: number; readonly range: TextRange };
  /** The digest that `openssl req` is told to sign with: `-sha1`. */
  readonly digest?: { readonly name: string; readonly range: TextRange };
}

/** A part of the script that goes into the configuration. */
interface Fragment {
  readonly text: string;
  readonly start: number;
}

/** The longest script that is looked at. */
const longestScript = 256 * 1024;

/** Reads such a script; undefined for a text that is none. */
export function readRequestScript(text: string): RequestScript | undefined {
  if (text.length > longestScript || !/\bopenssl\b|\$\{?OPENSSL/i.test(text)) return undefined;
  const fragments = [...hereDocuments(text), ...echoes(text)]
    .filter((fragment) => looksLikeConf(fragment.text))
    .toSorted((a, b) => a.start - b.start);
  if (!fragments.some((fragment) => /^\s*\[\s*req\s*\]/m.test(fragment.text))) return undefined;
  const whole = fragments.map((fragment) => ensureLine(fragment.text)).join("");
  const keyBits = keyBitsIn(text);
  const digest = digestIn(text);
  return {
    conf: readConf(whole, { keepVariables: true }),
    locate: locator(fragments),
    mayUse: (section) => [...text.matchAll(/\battributes[ \t]*=[ \t]*([\w.-]+)/g)].some(([, name]) => name === section),
    ...(keyBits && { keyBits }),
    ...(digest && { digest }),
  };
}

function ensureLine(text: string): string {
  return text.endsWith("\n") ? text : `${text}\n`;
}

function locator(fragments: readonly Fragment[]): (range: TextRange) => TextRange {
  return ({ start, end }) => {
    let at = 0;
    for (const fragment of fragments) {
      const { length } = ensureLine(fragment.text);
      if (start < at + length) {
        const offset = fragment.start - at;
        return { start: start + offset, end: Math.min(end, at + fragment.text.length) + offset };
      }
      at += length;
    }
    return { start: 0, end: 0 };
  };
}

function* hereDocuments(text: string): Generator<Fragment> {
  for (const match of text.matchAll(/<<-?[ \t]*(?:(['"])(\w+)\1|\\?(\w+))[^\n]*\n/g)) {
    const delimiter = match[2] ?? match[3] ?? "";
    const start = match.index + match[0].length;
    const close = new RegExp(`^\\t*${delimiter}[ \\t]*\\r?$`, "m").exec(text.slice(start));
    if (close) yield { text: text.slice(start, start + close.index), start };
  }
}

function* echoes(text: string): Generator<Fragment> {
  for (const match of text.matchAll(
    /^[ \t]*echo[ \t]+(?:-[neE]+[ \t]+)?(?:"([^"\n]*)"|'([^'\n]*)'|([^>|;&"'\n]*?))[ \t]*>>?/gm,
  )) {
    const written = match[1] ?? match[2] ?? match[3] ?? "";
    const start = match.index + match[0].indexOf(written, match[0].indexOf("echo") + 4);
    if (written !== "") yield { text: written, start };
  }
}

/** Whether every line of a part could stand in a configuration, and at least one does. */
function looksLikeConf(text: string): boolean {
  const lines = text.split("\n").map((line) => line.trim());
  const told = lines.filter((line) => line !== "" && !line.startsWith("#"));
  const fitting = told.filter((line) => /^\[[^\]]*\]|^[\w.$:{}-]+\s*=|^\$\{?\w+\}?$/.test(line));
  return told.length > 0 && fitting.length === told.length;
}

function keyBitsIn(text: string): RequestScript["keyBits"] {
  const match =
    /^[ \t]*(?:export[ \t]+)?(?:KEYBITS|KEY_?SIZE|BITS)=["']?(\d{3,5})\b/im.exec(text) ??
    /\bgenrsa\b[^\n#;|&]*?[ \t](\d{3,5})\b/.exec(text) ??
    /-newkey[ \t]+rsa:(\d{3,5})\b/.exec(text);
  if (!match?.[1]) return undefined;
  const start = match.index + match[0].length - match[1].length;
  return { bits: Number(match[1]), range: { start, end: start + match[1].length } };
}

function digestIn(text: string): RequestScript["digest"] {
  const match = /\breq\b[^\n#;|&]*?[ \t]-(md5|sha1)\b/.exec(text);
  if (!match?.[1]) return undefined;
  const start = match.index + match[0].length - match[1].length - 1;
  return { name: match[1], range: { start, end: match.index + match[0].length } };
}
