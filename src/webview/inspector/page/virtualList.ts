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
}

/** A list of any length of which only the rows in sight are in the page. */
export class VirtualList<Row extends HTMLElement> {
  /** The scrolled element. */
  readonly element: HTMLDivElement;
  readonly #space: HTMLDivElement;
  readonly #view: HTMLDivElement;
  #rows = new Map<number, Row>();
  #free: Row[] = [];
  #count = 0;
  #frame: number | undefined;

  constructor(private readonly parts: VirtualListParts<Row>) {
    this.#view = element("div", { class: "virtual-view" });
    this.#space = element("div", { class: "virtual-space" }, this.#view);
    this.element = element(
      "div",
      { class: `virtual-list ${parts.class}`, ...(parts.attributes && { attributes: parts.attributes }) },
      this.#space,
    );
    this.element.addEventListener("scroll", () => this.refreshSoon(), { passive: true });
    new ResizeObserver(() => this.refresh()).observe(this.element);
  }

  /** Rows that are seen at once. */
  get page(): number {
    return Math.max(1, Math.floor(this.element.clientHeight / this.parts.rowHeight));
  }

  /** Says how many rows there are, and fills those in sight. */
  setCount(count: number): void {
    this.#count = count;
    this.refresh();
  }

  /** Fills the rows in sight again, at the next frame. */
  refreshSoon(): void {
    this.#frame ??= requestAnimationFrame(() => this.refresh());
  }

  /** Fills the rows in sight again. */
  refresh(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
    const geometry = this.#geometry();
    this.#space.style.height = `${geometry.height}px`;
    const { first, count, shift } = geometry.windowAt(this.element.scrollTop);
    const wanted = new Set<number>();
    for (let index = first; index < first + count; index++) wanted.add(index);
    const kept = this.parts.kept?.();
    if (kept !== undefined && kept < this.#count) wanted.add(kept);
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
        row = this.#free.pop() ?? this.parts.make();
        row.style.height = `${this.parts.rowHeight}px`;
        this.#rows.set(index, row);
        this.#insert(row, index);
      }
      this.parts.fill(row, index);
      row.style.transform = `translateY(${(index - first) * this.parts.rowHeight - shift}px)`;
    }
  }

  /** Brings a row into sight. */
  reveal(index: number): void {
    const geometry = this.#geometry();
    this.#space.style.height = `${geometry.height}px`;
    this.element.scrollTop = geometry.scrollTopFor(index, this.element.scrollTop);
    this.refresh();
  }

  /** The element of a row, while it is in the page. */
  rowAt(index: number): Row | undefined {
    return this.#rows.get(index);
  }

  /** The index of the row that holds an element. */
  indexOf(target: EventTarget | null): number | undefined {
    if (!(target instanceof Node)) return undefined;
    for (const [index, row] of this.#rows) if (row.contains(target)) return index;
    return undefined;
  }

  #geometry(): VirtualRows {
    return new VirtualRows(this.#count, this.parts.rowHeight, this.element.clientHeight);
  }

  /** In the order of the list, which is the order of a screen reader. */
  #insert(row: Row, index: number): void {
    const later = [...this.#rows.keys()].filter((other) => other > index);
    const next = later.length === 0 ? undefined : this.#rows.get(Math.min(...later));
    this.#view.insertBefore(row, next ?? null);
  }
}
