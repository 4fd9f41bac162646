import type { TextRange } from "./conf.js";
import { closestWord } from "./closestWord.js";
import { confLineAt } from "./confLine.js";
import { sscepKeys } from "./sscepKeys.js";

/** A change of a text that puts a finding right. */
export interface ConfFix {
  /** What it does, as the title of a quick fix. */
  readonly title: string;
  readonly edit: TextRange & { readonly text: string };
  /** It is the one to take where nobody chooses. */
  readonly preferred: boolean;
}

/** The changes that put a finding right which stands on that range of a configuration or script; none where a person must. */
export function confFixes(code: string, text: string, range: TextRange): readonly ConfFix[] {
  const written = text.slice(range.start, range.end);
  switch (code) {
    case "opensslConf.stringMask.missing":
      return [
        addLine("Add string_mask = nombstr", text, range, "string_mask = nombstr", true),
        addLine(
          "Add string_mask = MASK:0x2002 (PrintableString, else UTF8String)",
          text,
          range,
          "string_mask = MASK:0x2002",
        ),
      ];
    case "opensslConf.stringMask.utf8":
    case "opensslConf.stringMask.invalid":
      return [
        replace("Set string_mask = nombstr", range, "nombstr", true),
        replace("Set string_mask = MASK:0x2002 (PrintableString, else UTF8String)", range, "MASK:0x2002"),
      ];
    case "opensslConf.defaultBits.tooSmall":
      return [replace("Make keys of 2048 bits", range, "2048", true)];
    case "opensslConf.digest.weak":
      return [replace("Sign with SHA-256", range, written.startsWith("-") ? "-sha256" : "sha256", true)];
    case "opensslConf.attributes.unused":
      return unusedAttributes(text, range);
    case "opensslConf.san.critical":
      return [replace("Leave out “critical”", range, written.replace(/^critical\s*,\s*/, ""), true)];
    case "sscepConf.key.unknown":
      return misspeltKey(range, written);
    case "sscepConf.value.invalid":
      return wrongValue(text, range, written);
    case "sscepConf.algorithm.weak":
      return [commentOut(text, range)];
    default:
      return [];
  }
}

function replace(title: string, range: TextRange, text: string, preferred = false): ConfFix {
  return { title, edit: { ...range, text }, preferred };
}

/** A line behind the one that a header stands on; in a script that writes its lines with echo, one more echo. */
function addLine(title: string, text: string, header: TextRange, line: string, preferred = false): ConfFix {
  const start = text.lastIndexOf("\n", header.start - 1) + 1;
  const feed = text.indexOf("\n", header.end);
  const end = feed < 0 ? text.length : feed;
  const whole = text.slice(start, end).replace(/\r$/, "");
  const eol = text[end - 1] === "\r" ? "\r\n" : "\n";
  const echo = /^([ \t]*echo[ \t]+)(["']?)\[.*?>>?[ \t]*(\S+)/.exec(whole);
  const indent = /^[ \t]*/.exec(whole)?.[0] ?? "";
  const added = echo ? `${echo[1]}${echo[2] || '"'}${line}${echo[2] || '"'} >> ${echo[3]}` : `${indent}${line}`;
  const at = start + whole.length;
  return { title, edit: { start: at, end: at, text: `${eol}${added}` }, preferred };
}

function unusedAttributes(text: string, range: TextRange): readonly ConfFix[] {
  const header = /^[ \t]*(?:echo[ \t]+["']?)?\[[ \t]*req[ \t]*\]/m.exec(text);
  const section = confLineAt(text, range.start, "opensslConf")?.section;
  if (!header || !section) return [];
  const place = { start: header.index, end: header.index + header[0].length };
  return [addLine(`Add attributes = ${section}`, text, place, `attributes = ${section}`, true)];
}

function misspeltKey(range: TextRange, written: string): readonly ConfFix[] {
  const names = [...new Set(sscepKeys.map(({ name }) => name))];
  const meant = names.includes(written) ? undefined : closestWord(written, names);
  return meant === undefined ? [] : [replace(`Write ${meant}`, range, meant, true)];
}

function wrongValue(text: string, range: TextRange, written: string): readonly ConfFix[] {
  const key = confLineAt(text, range.start, "sscepConf")?.key;
  if (!key) return [];
  if (/^https:/i.test(written))
    return [replace("Write http instead of https", range, written.replace(/^https/i, "http"))];
  const values = Object.keys(key.values).filter((value) => /^\w+$/.test(value));
  if (values.includes("true")) return [replace("Write true", range, "true", true)];
  const meant = closestWord(written.replaceAll("-", ""), values);
  return meant === undefined ? [] : [replace(`Write ${meant}`, range, meant, true)];
}

function commentOut(text: string, range: TextRange): ConfFix {
  const start = text.lastIndexOf("\n", range.start - 1) + 1;
  const title = "Leave it out, so that the server's capabilities decide";
  return { title, edit: { start, end: start, text: "# " }, preferred: true };
}
