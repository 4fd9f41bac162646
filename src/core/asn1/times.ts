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
export function decodeTimeContent(node: Pick<BerNode, "content">, utc = false): Date | undefined {
  const text = String.fromCharCode(...node.content.subarray(0, 40));
  const match = /^(\d{2}|\d{4})(\d{2})(\d{2})(\d{2})(\d{2})?(\d{2})?(?:[.,](\d{1,9}))?(Z|([+-])(\d{2})(\d{2})?)?$/.exec(
    text,
  );
  if (!match || (match[1] as string).length !== (utc ? 2 : 4)) return undefined;
  const [, yearText, month, day, hour, minute = "0", second = "0", fraction = "0", , sign, zoneHour, zoneMinute = "0"] =
    match;
  let year = Number(yearText);
  if (utc) year += year >= 50 ? 1900 : 2000;
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
  const text = String.fromCharCode(...node.content.subarray(0, 40));
  return node.isUniversal(Tag.utcTime) ? /^\d{12}Z$/.test(text) : /^\d{14}(\.\d*[1-9])?Z$/.test(text);
}
