/** Control characters, bidirectional controls, zero-width and other invisible characters, line and paragraph separators, lone surrogates. */
const invisible =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202f\u205f-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb]|\p{Cs}|\p{Co}|[\u{e0000}-\u{e0fff}]/gu;

/** What most texts are: nothing in them is to be looked for. */
const plain = /^[ -~]*$/;

/**
 * Text out of a certificate, a message or a server, made fit to be shown on one line: what cannot be seen or would
 * re-order what is around it becomes its code point (`\u{202e}`), and what is longer than `maxLength` characters is cut
 * with an ellipsis.
 */
export function visibleText(text: string, maxLength = 1000): string {
  if (text.length <= maxLength && isPlain(text)) return text;
  const cut = text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
  if (plain.test(cut)) return cut;
  return cut.replace(invisible, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** Whether a text is ASCII that can be seen, as nearly every one is; quicker than to look for what cannot. */
function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20 || code > 0x7e) return false;
  }
  return true;
}
