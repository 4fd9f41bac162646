/** A BEGIN or END line of PEM, sound or damaged. */
export interface PemMarker {
  readonly kind: "BEGIN" | "END";
  readonly label: string;
  readonly start: number;
  readonly end: number;
  /** It is written exactly as RFC 7468 wants it. */
  readonly sound: boolean;
}

/**
 * What mail programs and word processors make of a hyphen: the dashes of Unicode, as they look when their bytes are read
 * one by one as UTF-8's and as Windows-1252's.
 */
const dash = String.raw`(?:[\u2010-\u2015\u2212\u0096\u0097]|\u00e2[\u0080\u20ac][\u0090-\u0095\u2018\u2019\u201c\u201d\u2022]|\u00e2[\u0088\u02c6][\u0092\u2019])`;
const dashes = String.raw`(?:--|-?${dash})(?:-|${dash}){0,8}`;
const marker = String.raw`${dashes}[ \t]{0,4}(BEGIN|END)(?:[ \t]{1,4}|%20|\+)([A-Z0-9][A-Za-z0-9 #/()._+-]{0,78}?)[ \t]{0,4}${dashes}`;

/** Every BEGIN and END line of a text, in their order, however its hyphens are written. */
export function readMarkers(text: string): PemMarker[] {
  if (!/(?:BEGIN|END)[ \t%+]/.test(text)) return [];
  const found: PemMarker[] = [];
  for (const match of text.matchAll(new RegExp(marker, "g"))) {
    const kind = match[1] as PemMarker["kind"];
    const label = match[2] as string;
    found.push({
      kind,
      label,
      start: match.index,
      end: match.index + match[0].length,
      sound: match[0] === `-----${kind} ${label}-----`,
    });
  }
  return found;
}
