import { element } from "./dom.js";
import { VirtualRows } from "./virtualRows.js";

/** How a list makes its rows. */
export interface VirtualListParts<Row extends HTMLElement> {
  readonly class: string;
  /** In pixels. */
  readonly rowHeight: number;
  /** Makes an empty row. */
  readonly make: () => Row;
  /** Fills a row with what stands at an index. */
  readonly fill: (row: Row, index: number) => void;
  /** Attributes of the scrolled element: its role and name. */
  readonly attributes?: Readonly<Record<string, string | undefined>>;
  /** The row that has the focus or would take it: kept in the page also where it is out of sight. */
  readonly kept?: () => number | undefined;
  /** Told the width that rows have, in pixels, before they are filled at a size that is new. */
  readonly resized?: (width: number) => void;
}

/**
 * A list of any length of which only the rows in sight are in the page. Whatever changes is drawn once, with the next
 * frame, and as soon as somebody asks for a row: what a browser has to measure in between costs more than all the rest.
 */
export class VirtualList<Row extends HTMLElement> {
  /** The scrolled element. */
  readonly element: HTMLDivElement;
  readonly #space: HTMLDivElement;
  readonly #view: HTMLDivElement;
  #rows = new Map<number, Row>();
  #free: Row[] = [];
  #count = 0;
  #frame: number | undefined;
  /** Height of what is seen; undefined before the browser has laid it out. */
  #height: number | undefined;
  /** Where the scroll bar stands, as far as we were told. */
  #top = 0;
  /** Where the scroll bar is to go before the next drawing, one step after the other. */
  #moves: ((rows: VirtualRows, top: number) => number)[] = [];
  /** The row that gets the focus with the next drawing. */
  #toFocus: number | undefined;

  constructor(private readonly parts: VirtualListParts<Row>) {
    this.#view = element("div", { class: "virtual-view" });
    this.#space = element("div", { class: "virtual-space" }, this.#view);
    this.element = element(
      "div",
      { class: `virtual-list ${parts.class}`, ...(parts.attributes && { attributes: parts.attributes }) },
      this.#space,
    );
    this.element.addEventListener(
      "scroll",
      () => {
        const top = this.element.scrollTop;
        if (top === this.#top) return;
        this.#top = top;
        this.refresh();
      },
      { passive: true },
    );
    new ResizeObserver(([entry]) => {
      if (!entry) return;
      this.#height = entry.contentRect.height;
      parts.resized?.(entry.contentRect.width);
      this.#draw();
    }).observe(this.element);
  }

  /** Rows that are seen at once. */
  get page(): number {
    return Math.max(1, Math.floor((this.#height ?? 0) / this.parts.rowHeight));
  }

  /** Says how many rows there are, and fills those in sight. */
  setCount(count: number): void {
    this.#count = count;
    this.#space.style.height = `${this.#geometry(0).height}px`;
    this.refresh();
  }

  /** Fills the rows in sight again. */
  refresh(): void {
    this.#frame ??= requestAnimationFrame(() => this.#draw());
  }

  /** Brings rows into sight: all of them where there is room, else the first. */
  reveal(first: number, last = first): void {
    this.#moves.push((rows, top) => {
      const fits = (last - first) * rows.rowHeight < rows.viewHeight;
      return rows.scrollTopFor(first, fits ? rows.scrollTopFor(last, top) : top);
    });
    this.refresh();
  }

  /** Goes to a place of the list, in rows from its top. */
  scrollTo(row: number): void {
    this.#moves = [(rows) => rows.scrollTopAt(row)];
    this.refresh();
  }

  /** The place of the list that is seen, in rows from its top. */
  get place(): number {
    return this.#geometry(this.#height ?? 0).placeAt(this.#top);
  }

  /** The element of a row, while it is in the page. */
  rowAt(index: number): Row | undefined {
    if (this.#frame !== undefined) this.#draw();
    return this.#rows.get(index);
  }

  /** Puts the focus on a row that is in sight or kept; before anything is laid out, as soon as it is. */
  focusRow(index: number): void {
    this.#toFocus = index;
    this.#draw();
  }

  /** The index of the row that holds an element. */
  indexOf(target: EventTarget | null): number | undefined {
    if (!(target instanceof Node)) return undefined;
    for (const [index, row] of this.#rows) if (row.contains(target)) return index;
    return undefined;
  }

  #draw(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
    // Before it is laid out nobody knows what will be in sight; the observer of its size draws then.
    if (this.#height === undefined) return;
    const { rowHeight, fill, kept, make } = this.parts;
    const geometry = this.#geometry(this.#height);
    const top = this.#moves.reduce((at, move) => move(geometry, at), this.#top);
    this.#moves = [];
    // Where the scroll bar stands there already, the browser is not asked to measure anything.
    if (top !== this.#top) {
      this.element.scrollTop = top;
      this.#top = this.element.scrollTop;
    }
    const { first, count, shift } = geometry.windowAt(this.#top);
    const wanted = new Set<number>();
    for (let index = first; index < first + count; index++) wanted.add(index);
    const focused = kept?.();
    if (focused !== undefined && focused < this.#count) wanted.add(focused);
    for (const [index, row] of this.#rows) {
      if (!wanted.has(index)) {
        this.#rows.delete(index);
        row.remove();
        this.#free.push(row);
      }
    }
    for (const index of wanted) {
      let row = this.#rows.get(index);
      if (!row) {
        row = this.#free.pop() ?? make();
        row.style.height = `${rowHeight}px`;
        this.#rows.set(index, row);
        this.#insert(row, index);
      }
      fill(row, index);
      row.style.transform = `translateY(${(index - first) * rowHeight - shift}px)`;
    }
    if (this.#toFocus !== undefined) this.#rows.get(this.#toFocus)?.focus({ preventScroll: true });
    this.#toFocus = undefined;
  }

  #geometry(viewHeight: number): VirtualRows {
    return new VirtualRows(this.#count, this.parts.rowHeight, viewHeight);
  }

  /** In the order of the list, which is the order of a screen reader. */
  #insert(row: Row, index: number): void {
    const later = [...this.#rows.keys()].filter((other) => other > index);
    const next = later.length === 0 ? undefined : this.#rows.get(Math.min(...later));
    this.#view.insertBefore(row, next ?? null);
  }
}
