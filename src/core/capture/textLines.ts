/** One line of a text, without its line end, and where it begins. */
export interface TextLine {
  readonly text: string;
  readonly start: number;
}

/** The lines of a text, or of the part of it from `from` up to `to`, one after the other. CR, LF and CR LF end a line. */
export function* textLines(text: string, from = 0, to = text.length): Generator<TextLine, void, undefined> {
  for (let start = from; start < to;) {
    const feed = text.indexOf("\n", start);
    const stop = feed < 0 || feed >= to ? to : feed;
    const end = stop > start && text.charCodeAt(stop - 1) === 0x0d ? stop - 1 : stop;
    yield { text: text.slice(start, end), start };
    start = stop + 1;
  }
}

/** The index at which the line that holds `index` begins; where that is further away than `most`, the index so far before. */
export function lineStart(text: string, index: number, most: number): number {
  const from = Math.max(0, index - most);
  return from + text.slice(from, index).lastIndexOf("\n") + 1;
}

/** The index at which the line that holds `index` ends, in front of its line feed. */
export function lineEnd(text: string, index: number): number {
  const feed = text.indexOf("\n", index);
  return feed < 0 ? text.length : feed;
}

/** Tells the number, from 1, of the line that holds an index of a text. The text is read once, when the first is asked for. */
export function lineNumbers(text: string): (index: number) => number {
  let starts: number[] | undefined;
  return (index) => {
    starts ??= lineStarts(text);
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] as number) <= index) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let next = text.indexOf("\n"); next >= 0; next = text.indexOf("\n", next + 1)) starts.push(next + 1);
  return starts;
}
