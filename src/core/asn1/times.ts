import type { BerNode } from "./berNode.js";
import { Tag } from "./tag.js";

/**
 * The instant of a UTCTime or GeneralizedTime (X.690 §8.25, §8.26; RFC 5280 §4.1.2.5). Seconds, fractions and a zone
 * other than Z are read although DER forbids them; without a zone the time is taken as UTC. Undefined where it is no time.
 */
export function decodeTime(node: BerNode): Date | undefined {
  const utc = node.isUniversal(Tag.utcTime);
  return utc || node.isUniversal(Tag.generalizedTime) ? decodeTimeContent(node, utc) : undefined;
}

/** The same for the content of a GeneralizedTime behind an implicit tag, or of a UTCTime. */
export function decodeTimeContent({ content }: Pick<BerNode, "content">, utc = false): Date | undefined {
  return tidyTime(content, utc) ?? anyTime(content, utc);
}

/**
 * The instant of a time as nearly all are written, every field with its two digits, then Z: lists have a hundred thousand of
 * them. Undefined of one that is written otherwise, or that may not exist.
 */
function tidyTime(content: Uint8Array, utc: boolean): Date | undefined {
  const start = utc ? 0 : 2;
  if (content.length !== start + 13 || content[start + 12] !== 0x5a) return undefined;
  const [year, month, day] = [pair(content, start), pair(content, start + 2), pair(content, start + 4)];
  const [hour, minute, second] = [pair(content, start + 6), pair(content, start + 8), pair(content, start + 10)];
  const century = utc ? fullYear(year) - year : pair(content, 0) * 100;
  // What has no digits is NaN and fails each of these; years below 100 mean something else to Date.
  const isThere = century >= 100 && year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysInEveryMonth;
  if (!isThere || !(hour <= 23 && minute <= 59 && second <= 59)) return undefined;
  return new Date(Date.UTC(century + year, month - 1, day, hour, minute, second));
}

const daysInEveryMonth = 28;

/** What two decimal digits say; NaN where there are none. */
function pair(content: Uint8Array, at: number): number {
  const [tens, ones] = [(content[at] as number) - 0x30, (content[at + 1] as number) - 0x30];
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

/** The year that two digits stand for (RFC 5280 §4.1.2.5.1). */
function fullYear(year: number): number {
  return year + (year >= 50 ? 1900 : 2000);
}

function anyTime(content: Uint8Array, utc: boolean): Date | undefined {
  const text = String.fromCharCode(...content.subarray(0, 40));
  const match = /^(\d{2}|\d{4})(\d{2})(\d{2})(\d{2})(\d{2})?(\d{2})?(?:[.,](\d{1,9}))?(Z|([+-])(\d{2})(\d{2})?)?$/.exec(
    text,
  );
  if (!match || (match[1] as string).length !== (utc ? 2 : 4)) return undefined;
  const [, yearText, month, day, hour, minute = "0", second = "0", fraction = "0", , sign, zoneHour, zoneMinute = "0"] =
    match;
  const year = utc ? fullYear(Number(yearText)) : Number(yearText);
  const milliseconds = Math.floor(Number(`0.${fraction}`) * 1000);
  const fields = [year, Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second), milliseconds];
  const [y, m, d, h, min, s, ms] = fields as [number, number, number, number, number, number, number];
  const time = new Date(0);
  time.setUTCFullYear(y, m, d);
  time.setUTCHours(h, min, s, ms);
  // Date rolls over what is out of range (31 February); such a time is malformed.
  if (time.getUTCMonth() !== m || time.getUTCDate() !== d || h > 23 || min > 59 || s > 59) return undefined;
  if (sign) {
    const offset = (Number(zoneHour) * 60 + Number(zoneMinute)) * 60_000;
    return new Date(time.getTime() - (sign === "+" ? offset : -offset));
  }
  return time;
}

/** Whether a time is written as DER wants it (X.690 §11.7, §11.8): with seconds, without a fraction that ends in 0, in UTC. */
export function isDerTime(node: BerNode): boolean {
  const { content } = node;
  if (tidyTime(content, node.isUniversal(Tag.utcTime))) return true;
  const text = String.fromCharCode(...content.subarray(0, 40));
  return node.isUniversal(Tag.utcTime) ? /^\d{12}Z$/.test(text) : /^\d{14}(\.\d*[1-9])?Z$/.test(text);
}
