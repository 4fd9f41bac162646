import { definedOnly } from "../definedOnly.js";
import type { Finding } from "./finding.js";
import type { Report } from "./report.js";

/** How reports are turned into JSON. */
export interface JsonOptions {
  /** Write challenge passwords instead of `•••`. */
  readonly showSecrets: boolean;
}

/** A value that JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** The object that `decode --json` prints for some reports; its names are fixed (docs/json.md). */
export function reportsToJson(
  reports: readonly Report[],
  options: JsonOptions,
): { readonly artifacts: readonly { readonly [key: string]: Json }[] } {
  return { artifacts: reports.map((report) => reportJson(report, options)) };
}

/** One artifact of {@link reportsToJson}: what `decode --ndjson` prints on one line. */
export function reportJson(report: Report, options: JsonOptions): { readonly [key: string]: Json } {
  const { source, kind, offset, length, encoding, ...rest } = report.facts;
  const parts = report.contains.filter(({ part }) => part !== undefined);
  const contained = report.contains.filter(({ part }) => part === undefined);
  return {
    ...present({ source, kind, offset, length, encoding }),
    ...(masked(rest, options) as { [key: string]: Json }),
    ...Object.fromEntries(parts.map((part) => [part.part ?? "", reportJson(part, options)])),
    contains: contained.map((inner) => reportJson(inner, options)),
    verdict: present({ ...report.verdict }),
    findings: report.findings.map(findingToJson),
  };
}

/**
 * JSON text in which no character can be missed or re-order what is around it: control, bidirectional and zero-width
 * characters are written as `\u` escapes. `indent` is that of JSON.stringify.
 */
export function jsonText(value: Json, indent?: number): string {
  const text = JSON.stringify(value, undefined, indent);
  // Nearly all is ASCII, which is soon told.
  if (!beyondPrintable.test(text)) return text;
  return text.replaceAll(
    /[\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202f\u205f-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\udb40]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

const beyondPrintable = /[^\u0000-\u007e]/;

function findingToJson({ code, severity, message, remedy, citation, range }: Finding): {
  readonly [key: string]: Json;
} {
  const place = range ? { offset: range.start, length: range.end - range.start } : {};
  return { code, severity, message, remedy, citation, ...place };
}

function present(fields: { readonly [key: string]: Json | undefined }): { [key: string]: Json } {
  return definedOnly<{ [key: string]: Json }>(fields);
}

/** Secrets of facts are objects with that one key, so that none is printed by mistake. */
function masked(value: unknown, options: JsonOptions): Json {
  if (Array.isArray(value)) return value.map((entry: unknown) => masked(entry, options));
  if (typeof value !== "object" || value === null) return value as Json;
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined) as [string, unknown][];
  const [only] = entries;
  if (entries.length === 1 && only?.[0] === "secret" && typeof only[1] === "string") {
    return options.showSecrets ? only[1] : "•••";
  }
  return Object.fromEntries(entries.map(([key, entry]) => [key, masked(entry, options)]));
}
