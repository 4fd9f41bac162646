/** What in a text is not what it seems. */
export interface TextTrick {
  readonly kind: "textNul" | "textControl" | "textBidi" | "textInvisible" | "textMixedScript";
  /** What is so, to be put behind the name of the value. */
  readonly words: string;
}

const bidi = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
const invisible =
  /[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]|[\u{e0000}-\u{e0fff}]/u;
const control = /[\u0001-\u001f\u007f-\u009f]/u;

/** Letters of one script that look like Latin ones. */
const latin = /\p{Script=Latin}/u;
const lookalike = /\p{Script=Cyrillic}|\p{Script=Greek}/u;

/**
 * The tricks in a text out of a certificate: a NUL at which programs in C stop reading, controls, marks that re-order what is
 * shown (Unicode TR 36 §2), characters that cannot be seen, and words of Latin letters mixed with ones that look like them.
 */
export function textTricks(text: string): readonly TextTrick[] {
  const tricks: TextTrick[] = [];
  if (text.includes("\0")) {
    const words = `holds a NUL character (at position ${text.indexOf("\0") + 1}); programs that stop there read another text.`;
    tricks.push({ kind: "textNul", words });
  }
  for (const [kind, pattern, what] of patterns) {
    const found = pattern.exec(text);
    if (found) {
      const code = (found[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
      tricks.push({ kind, words: `holds U+${code} (at position ${found.index + 1}), ${what}` });
    }
  }
  const mixed = latin.test(text) && lookalike.test(text) ? text.split(/[^\p{L}\p{N}]+/u).find(isMixed) : undefined;
  if (mixed !== undefined) {
    tricks.push({
      kind: "textMixedScript",
      words: "mixes Latin letters with Cyrillic or Greek ones in one word; they may look like another word.",
    });
  }
  return tricks;
}

const patterns = [
  ["textControl", control, "a control character that is not shown."],
  ["textBidi", bidi, "which re-orders the text around it when it is shown."],
  ["textInvisible", invisible, "which cannot be seen."],
] as const;

function isMixed(word: string): boolean {
  return latin.test(word) && lookalike.test(word);
}
