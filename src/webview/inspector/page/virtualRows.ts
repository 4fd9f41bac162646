/** The rows that can be seen: the first, how many, and by how many pixels the first is cut off at the top. */
export interface RowWindow {
  readonly first: number;
  readonly count: number;
  readonly shift: number;
}

/** No browser makes an element as high as it is told beyond some 30 million pixels; far below that all of them agree. */
const highest = 8_000_000;

/**
 * Which rows of a list are seen at which position of its scroll bar. Of a list too high for a browser the scroll bar is
 * shorter than the list, and each of its pixels stands for several.
 */
export class VirtualRows {
  constructor(
    readonly rowCount: number,
    readonly rowHeight: number,
    /** Height of what is seen, in pixels. */
    readonly viewHeight: number,
  ) {}

  /** The height that the scrolled element is given. */
  get height(): number {
    return Math.min(this.#contentHeight, highest);
  }

  /** The rows at a position of the scroll bar. */
  windowAt(scrollTop: number): RowWindow {
    const top = this.#topAt(scrollTop);
    const first = Math.floor(top / this.rowHeight);
    const shift = top - first * this.rowHeight;
    const count = Math.ceil((this.viewHeight + shift) / this.rowHeight);
    return { first, count: Math.max(0, Math.min(count, this.rowCount - first)), shift };
  }

  /** What is at the top at a position of the scroll bar, in rows from the beginning. */
  placeAt(scrollTop: number): number {
    return this.#topAt(scrollTop) / this.rowHeight;
  }

  /** The position of the scroll bar at which a place of the list is at the top. */
  scrollTopAt(row: number): number {
    return Math.max(0, Math.min((row * this.rowHeight) / this.#scale, this.height - this.viewHeight));
  }

  /** The position of the scroll bar at which a row is seen, moved as little as possible; in the middle if it was far away. */
  scrollTopFor(row: number, scrollTop: number): number {
    const top = scrollTop * this.#scale;
    const [start, end] = [row * this.rowHeight, (row + 1) * this.rowHeight];
    if (start >= top && end <= top + this.viewHeight) return scrollTop;
    const near = start >= top - this.rowHeight * 2 && end <= top + this.viewHeight + this.rowHeight * 2;
    const wanted = near
      ? start < top
        ? start
        : end - this.viewHeight
      : start - Math.max(0, (this.viewHeight - this.rowHeight) / 2);
    return Math.max(0, Math.min(wanted / this.#scale, this.height - this.viewHeight));
  }

  /** What is at the top, in pixels of the list. */
  #topAt(scrollTop: number): number {
    return Math.max(0, Math.min(scrollTop * this.#scale, this.#contentHeight - this.viewHeight));
  }

  get #contentHeight(): number {
    return this.rowCount * this.rowHeight;
  }

  /** Pixels of the list for one of the scroll bar. */
  get #scale(): number {
    const most = this.height - this.viewHeight;
    return most <= 0 ? 1 : (this.#contentHeight - this.viewHeight) / most;
  }
}
