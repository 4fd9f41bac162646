/** Characters that a byte takes in hex, that are left free behind the eighth, and between the three parts of a line; as in the style. */
const cellWidth = 2.7;
const gapInside = 0.75;
const gapBetween = 1.2;

/** How a buffer is laid out in lines, and how the cursor moves in it. */
export class HexLayout {
  constructor(
    /** Bytes of the buffer. */
    readonly length: number,
    /** Bytes in a line. */
    readonly width: number,
  ) {}

  get lineCount(): number {
    return Math.ceil(this.length / this.width);
  }

  lineOf(offset: number): number {
    return Math.floor(offset / this.width);
  }

  /** `00001f`, with as many digits as the last offset needs. */
  label(line: number): string {
    return (line * this.width).toString(16).padStart(this.#digits, "0");
  }

  /** Characters that a line of so many bytes takes: its offset, each byte in hex and as text, and what is between these. */
  columnsOf(bytes: number): number {
    return this.#digits + bytes * (cellWidth + 1) + gapInside + 2 * gapBetween;
  }

  get #digits(): number {
    return Math.max(4, (this.length - 1).toString(16).length);
  }

  /**
   * Where a key moves the cursor to; undefined for a key that does not move it.
   *
   * @param page lines that are seen at once
   */
  moved(offset: number, key: string, withControl: boolean, page: number): number | undefined {
    const start = this.lineOf(offset) * this.width;
    const last = this.length - 1;
    switch (key) {
      case "ArrowLeft":
        return this.#within(offset - 1);
      case "ArrowRight":
        return this.#within(offset + 1);
      case "ArrowUp":
        return offset < this.width ? offset : offset - this.width;
      case "ArrowDown":
        return offset + this.width > last
          ? this.lineOf(offset) === this.lineOf(last)
            ? offset
            : last
          : offset + this.width;
      case "PageUp":
        return this.#within(offset - page * this.width);
      case "PageDown":
        return this.#within(offset + page * this.width);
      case "Home":
        return withControl ? 0 : start;
      case "End":
        return withControl ? last : Math.min(last, start + this.width - 1);
      default:
        return undefined;
    }
  }

  #within(offset: number): number {
    return Math.max(0, Math.min(offset, this.length - 1));
  }
}

/** A byte as two hex digits. */
export function hexByte(octet: number): string {
  return octet.toString(16).padStart(2, "0");
}

/** A byte as the text column shows it: itself where it is a visible ASCII character, else a dot. */
export function textByte(octet: number): string {
  return octet > 0x20 && octet < 0x7f ? String.fromCharCode(octet) : octet === 0x20 ? " " : "·";
}
