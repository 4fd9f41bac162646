import type { BufferLine, BytePlace } from "../../../core/inspect/browse/browseCalls.js";
import { filled, type InspectorWords } from "../words.js";
import type { ByteCache } from "./byteCache.js";
import { element, setAttribute, setText } from "./dom.js";
import { hexByte, HexLayout, textByte } from "./hexLayout.js";
import { VirtualList } from "./virtualList.js";

/** What the grid of bytes asks of the page around it. */
export interface HexViewParts {
  readonly words: InspectorWords;
  readonly rowHeight: number;
  readonly cache: ByteCache;
  /** The cursor was put on a byte here. */
  readonly moved: (buffer: number, offset: number) => void;
}

/** Bytes in a line: as many of these as there is room for. */
const widths = [16, 8, 4];
const wide = 16;
const narrowest = 4;

/** Pixels that a line has beside its characters: at its ends, and for the bar that scrolls. */
const spaceAround = 24;

/** The parts of a line's element. */
interface LineElement extends HTMLDivElement {
  readonly lineParts: {
    readonly offset: HTMLElement;
    readonly cells: readonly HTMLElement[];
    /** Holds a run for each stretch of characters that look the same. */
    readonly text: HTMLElement;
  };
}

/** Characters that look the same. */
interface TextRun {
  readonly dress: string;
  text: string;
}

/** A buffer in hex and text: lines in sight only, the selected bytes lit, a cursor that the arrow keys move. */
export class HexView {
  readonly list: VirtualList<LineElement>;
  #buffer: BufferLine | undefined;
  #layout = new HexLayout(0, wide);
  #cursor = 0;
  #lit: { start: number; end: number; header: number } = { start: 0, end: 0, header: 0 };
  #found: { start: number; end: number } | undefined;
  /** Pixels that a line may take; 0 before it is laid out. */
  #room = 0;
  /** As wide as one character. */
  readonly #character = element("span", { class: "one-character", text: "0", attributes: { "aria-hidden": "true" } });

  constructor(private readonly parts: HexViewParts) {
    const { words, rowHeight } = parts;
    this.list = new VirtualList<LineElement>({
      class: "hex",
      rowHeight,
      attributes: { role: "grid", "aria-label": words.bytes, "aria-readonly": "true" },
      make: makeLine,
      fill: (line, index) => this.#fill(line, index),
      kept: () => this.#layout.lineOf(this.#cursor),
      resized: (room) => {
        this.#room = room;
        this.#fit();
      },
    });
    const { element: grid } = this.list;
    grid.dataset["empty"] = words.noBytes;
    grid.append(this.#character);
    grid.addEventListener("click", (event) => this.#click(event));
    grid.addEventListener("keydown", (event) => this.#key(event));
  }

  /** The buffer that is shown. */
  get buffer(): number | undefined {
    return this.#buffer?.id;
  }

  /** Shows another buffer from its beginning. */
  show(buffer: BufferLine | undefined): void {
    if (this.#buffer?.id === buffer?.id) return;
    this.#buffer = buffer;
    this.#cursor = 0;
    this.#lit = { start: 0, end: 0, header: 0 };
    this.#found = undefined;
    this.list.scrollTo(0);
    this.#lay();
    // Its offsets may take more room.
    if (this.#room > 0) this.#fit();
  }

  /** Lights a range of the shown buffer; `header` of its bytes are tag and length. */
  light(range: { readonly start: number; readonly end: number } | undefined, header: number, reveal: boolean): void {
    this.#lit = range ? { ...range, header } : { start: 0, end: 0, header: 0 };
    if (range && reveal) {
      this.#cursor = Math.min(range.start, Math.max(0, this.#layout.length - 1));
      const [first, last] = [
        this.#layout.lineOf(range.start),
        this.#layout.lineOf(Math.max(range.start, range.end - 1)),
      ];
      this.list.reveal(first, last);
    }
    this.list.refresh();
  }

  /** Frames the bytes that a search found. */
  frame(place: BytePlace | undefined): void {
    const { start, end } = this.#lit;
    // What is lit is seen already.
    const isLit = place?.start === start && place.end === end;
    this.#found = place && !isLit && place.buffer === this.#buffer?.id ? place : undefined;
    if (this.#found) {
      this.#cursor = this.#found.start;
      this.list.reveal(this.#layout.lineOf(this.#cursor));
    }
    this.list.refresh();
  }

  /** Puts the focus on the byte at the cursor. */
  focus(): void {
    const line = this.#layout.lineOf(this.#cursor);
    this.list.reveal(line);
    const cell = this.list.rowAt(line)?.lineParts.cells[this.#cursor % this.#layout.width];
    cell?.focus({ preventScroll: true });
  }

  /** In pixels. */
  get #characterWidth(): number {
    return this.#character.getBoundingClientRect().width;
  }

  /** As many bytes in a line as there is room for, in pixels. */
  #fit(): void {
    const character = this.#characterWidth;
    const fits = (bytes: number): boolean => spaceAround + this.#layout.columnsOf(bytes) * character <= this.#room;
    const width = widths.find(fits) ?? narrowest;
    if (width === this.#layout.width) return;
    const hadFocus = this.list.element.contains(document.activeElement);
    const { place, page } = this.list;
    const wasSeen = Math.abs(this.#layout.lineOf(this.#cursor) - place - page / 2) <= page / 2;
    const top = place * this.#layout.width;
    this.#lay(width);
    this.list.scrollTo(Math.floor(top / width));
    if (wasSeen) this.list.reveal(this.#layout.lineOf(this.#cursor));
    if (hadFocus) this.focus();
  }

  #lay(width = this.#layout.width): void {
    this.#layout = new HexLayout(this.#buffer?.length ?? 0, width);
    const { element: grid } = this.list;
    setAttribute(grid, "aria-rowcount", String(this.#layout.lineCount));
    setAttribute(grid, "aria-colcount", String(width + 2));
    this.list.setCount(this.#layout.lineCount);
  }

  #fill(line: LineElement, index: number): void {
    const { offset, cells, text } = line.lineParts;
    const { width, length } = this.#layout;
    const runs: TextRun[] = [];
    setText(offset, this.#layout.label(index));
    setAttribute(line, "aria-rowindex", String(index + 1));
    const start = index * width;
    for (const [column, cell] of cells.entries()) {
      const at = start + column;
      const isThere = column < width && at < length;
      if (cell.hidden !== column >= width) cell.hidden = column >= width;
      const value = isThere ? this.parts.cache.at(this.#buffer?.id ?? 0, at) : undefined;
      setText(cell, isThere ? (value === undefined ? "  " : value === "secret" ? "••" : hexByte(value)) : "");
      const dress = this.#dress(cell, isThere ? at : undefined, value === "secret");
      if (!isThere) continue;
      const character = value === undefined ? " " : value === "secret" ? "•" : textByte(value);
      const run = runs.at(-1);
      if (run?.dress === dress) run.text += character;
      else runs.push({ dress, text: character });
    }
    fillText(text, runs);
  }

  /** Makes a cell look like what it holds; what its character in the text is dressed in. */
  #dress(cell: HTMLElement, at: number | undefined, isSecret: boolean): string {
    const { start, end, header } = this.#lit;
    const isLit = at !== undefined && at >= start && at < end;
    const isCursor = at !== undefined && at === this.#cursor;
    const isFound = at !== undefined && this.#found !== undefined && at >= this.#found.start && at < this.#found.end;
    const isLast = isLit && (at === end - 1 || (at + 1) % this.#layout.width === 0);
    const dress = `${isLit ? " lit" : ""}${isLit && at < start + header ? " header" : ""}${isCursor ? " cursor" : ""}${isFound ? " found" : ""}`;
    const className = `cell${dress}${isLast ? " last" : ""}`;
    if (cell.className !== className) cell.className = className;
    const tabIndex = isCursor ? 0 : -1;
    if (cell.tabIndex !== tabIndex) cell.tabIndex = tabIndex;
    setAttribute(cell, "aria-selected", at === undefined ? undefined : String(isLit));
    // Only the byte that can have the focus needs words of its own; the others are read as they stand.
    const { words } = this.parts;
    const spoken = isSecret ? words.secretByte : (cell.textContent ?? "");
    setAttribute(cell, "aria-label", isCursor ? filled(words.byteAt, at, spoken) : undefined);
    return dress;
  }

  #click(event: MouseEvent): void {
    const index = this.list.indexOf(event.target);
    const line = index === undefined ? undefined : this.list.rowAt(index);
    if (index === undefined || !line || !(event.target instanceof HTMLElement)) return;
    const { cells, text } = line.lineParts;
    const column = text.contains(event.target)
      ? Math.floor((event.clientX - text.getBoundingClientRect().left) / this.#characterWidth)
      : cells.indexOf(event.target);
    const offset = index * this.#layout.width + column;
    if (column >= 0 && column < this.#layout.width && offset < this.#layout.length) this.#moveTo(offset);
  }

  #key(event: KeyboardEvent): void {
    if (event.altKey) return;
    const withControl = event.ctrlKey || event.metaKey;
    const offset = this.#layout.moved(this.#cursor, event.key, withControl, this.list.page);
    if (offset === undefined) return;
    event.preventDefault();
    this.#moveTo(offset);
  }

  #moveTo(offset: number): void {
    if (!this.#buffer) return;
    this.#cursor = offset;
    this.focus();
    this.parts.moved(this.#buffer.id, offset);
  }
}

/** An empty line, of which all others are copies. */
let emptyLine: HTMLElement | undefined;

function makeLine(): LineElement {
  emptyLine ??= element(
    "div",
    { class: "line", attributes: { role: "row" } },
    element("span", { class: "offset", attributes: { role: "rowheader" } }),
    element(
      "span",
      { class: "cells", attributes: { role: "presentation" } },
      ...Array.from({ length: wide }, () => element("span", { class: "cell", attributes: { role: "gridcell" } })),
    ),
    element("span", { class: "text", attributes: { role: "gridcell" } }),
  );
  const line = emptyLine.cloneNode(true) as HTMLDivElement;
  const [offset, cells, text] = line.children as unknown as [HTMLElement, HTMLElement, HTMLElement];
  return Object.assign(line, { lineParts: { offset, cells: [...cells.children] as HTMLElement[], text } });
}

function fillText(text: HTMLElement, runs: readonly TextRun[]): void {
  while (text.childElementCount > runs.length) text.lastChild?.remove();
  for (const [index, { dress, text: characters }] of runs.entries()) {
    const run = text.children[index] ?? text.appendChild(element("span"));
    const className = `run${dress}`;
    if (run.className !== className) run.className = className;
    setText(run, characters);
  }
}
