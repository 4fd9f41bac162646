/** A percent-encoded text decoded, as often as it was encoded. */
export interface PercentReading {
  readonly text: string;
  /** How many times it had been encoded; 0 where nothing was. */
  readonly times: number;
}

/** How often a text is decoded at most. */
const mostTimes = 4;

/**
 * Decodes the %XX of a text (RFC 3986 §2.1) and does so again while the whole of what comes out is encoded still. A `+` is
 * left alone: in base64 it is one.
 */
export function percentDecoded(text: string): PercentReading {
  let decoded = text;
  let times = 0;
  // Base64 holds no percent sign, so one that is left belongs to another encoding.
  while (times < mostTimes && /%[0-9a-f]{2}/i.test(decoded)) {
    decoded = decoded.replaceAll(/%([0-9a-f]{2})/gi, (_, digits: string) =>
      String.fromCharCode(Number.parseInt(digits, 16)),
    );
    times++;
  }
  return { text: decoded, times };
}
