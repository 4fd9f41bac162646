/** The units of a run: a character of either alphabet, a percent-encoded plus sign or slash, a slash that JSON escapes. */
const unitsInRun = 32;

/** What may stand in a run: digits of both alphabets, and what its escapes begin with. */
const inRun = new Uint8Array(128);
const isDigit = new Uint8Array(128);
for (const character of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/_-") {
  inRun[character.charCodeAt(0)] = 1;
  isDigit[character.charCodeAt(0)] = 1;
}
for (const character of "%\\") inRun[character.charCodeAt(0)] = 1;

/** A run of 32 units of base64. */
export interface Base64Run {
  readonly start: number;
  /** Where its 32nd unit ends; the run may go on there. */
  readonly end: number;
}

/**
 * The first run of base64 of 32 units, from an index of a text on: a unit is a character of the alphabets of RFC 4648, `%2B`,
 * `%2F` or `\/`. Looks at every 32nd character only where there is none.
 */
export function nextBase64Run(text: string, from: number): Base64Run | undefined {
  const { length } = text;
  let start = from;
  // Everything before this, from `start` on, was seen to be what runs are made of.
  let seen = from;
  while (start + unitsInRun <= length) {
    // A run from here on, or from any place up to the character looked at, would have that in it.
    const last = start + unitsInRun - 1;
    let before = last;
    while (before >= seen && mayBeInRun(text.charCodeAt(before))) before--;
    const broken = before >= seen;
    seen = last + 1;
    if (broken) {
      start = before + 1;
      if (before === last) continue;
    }
    let units = 0;
    let at = start;
    for (; units < unitsInRun; units++) {
      const next = unitEnd(text, at);
      if (next < 0) break;
      at = next;
    }
    if (units === unitsInRun) return { start, end: at };
    // Whichever unit a run began with, it would meet what stands here.
    start = at + 1;
    seen = Math.max(seen, start);
  }
  return undefined;
}

function mayBeInRun(code: number): boolean {
  return code < 128 && inRun[code] === 1;
}

/** Where the unit at an index ends; -1 where none stands there. */
function unitEnd(text: string, at: number): number {
  if (at >= text.length) return -1;
  const code = text.charCodeAt(at);
  if (code < 128 && isDigit[code] === 1) return at + 1;
  if (code === 0x25) return text[at + 1] === "2" && "BbFf".includes(text[at + 2] ?? "-") ? at + 3 : -1;
  return code === 0x5c && text[at + 1] === "/" ? at + 2 : -1;
}
