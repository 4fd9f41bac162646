import { latin1 } from "../core/asn1/strings.js";

/**
 * The value of a query parameter, the name compared without case; undefined where it is absent. Percent escapes are
 * undone, a `+` stays what it is: to IIS a query is no form, and base64 is full of plus signs.
 */
export function queryParameter(query: string, name: string): string | undefined {
  for (const pair of query.split("&")) {
    const equals = pair.indexOf("=");
    const found = equals < 0 ? pair : pair.slice(0, equals);
    if (unescape(found).toLowerCase() === name.toLowerCase()) return unescape(equals < 0 ? "" : pair.slice(equals + 1));
  }
  return undefined;
}

/** Octets, not UTF-8: what a parameter may hold here is ASCII, and anything else is kept as it is. */
function unescape(text: string): string {
  return text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (run) => latin1(Buffer.from(run.replaceAll("%", ""), "hex")));
}
