/** The first clause of a sentence, without its full stop: what a line has room for. */
export function firstClause(text: string): string {
  return (/^.*?(?=[:;]\s|\.(?:\s|$))/s.exec(text)?.[0] ?? text).trim();
}
