/**
 * Text from outside on one line: what cannot be seen becomes its code point. What the core's visibleText does, in the
 * few words that fit into what is loaded at the start.
 */
export function plainText(text: string, maxLength: number): string {
  const cut = text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
  return cut.replace(/[\p{C}\u2028\u2029]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}
