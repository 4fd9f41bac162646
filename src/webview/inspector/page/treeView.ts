import type { NodeLine } from "../../../core/inspect/browse/browseCalls.js";
import type { InspectorWords } from "../words.js";
import { element, setAttribute, setText } from "./dom.js";
import { icon, statusWord } from "./icons.js";
import { type MissingRow, type TreeRow, TreeRows } from "./treeRows.js";
import { VirtualList } from "./virtualList.js";

/** What the tree asks of the page around it. */
export interface TreeViewParts {
  readonly words: InspectorWords;
  readonly rowHeight: number;
  /** Brings rows below a node. */
  readonly fetch: (id: string, from: number, count: number) => Promise<readonly NodeLine[]>;
  /** Brings everything below a node, by the node whose children they are. */
  readonly unfold: (
    id: string,
    levels: number,
  ) => Promise<{ readonly opened: readonly { readonly id: string; readonly rows: readonly NodeLine[] }[] }>;
  /** A node was selected here. */
  readonly selected: (id: string) => void;
  /** The menu of a node is wanted, at an element. */
  readonly menu: (id: string, at: { readonly x: number; readonly y: number }) => void;
  /** Something failed, in a sentence. */
  readonly failed: (error: unknown) => void;
}

/** The parts of a row's element. */
interface RowElement extends HTMLDivElement {
  readonly rowParts: {
    readonly mark: HTMLSpanElement;
    readonly label: HTMLSpanElement;
    readonly comma: HTMLSpanElement;
    readonly value: HTMLSpanElement;
    readonly offset: HTMLSpanElement;
    readonly length: HTMLSpanElement;
    readonly spoken: HTMLSpanElement;
  };
}

/** Rows that are asked for at once. */
const pageLength = 200;

/** Characters typed within so many milliseconds belong to one word. */
const typingPause = 700;

/** The tree of a report: rows in sight only, one of them in the order of the Tab key, the arrow keys between them. */
export class TreeView {
  readonly list: VirtualList<RowElement>;
  #rows: TreeRows;
  #active: string;
  /** Counts selections: of what comes late only the last counts. */
  #turn = 0;
  #typed = { text: "", at: 0 };
  readonly #coming = new Map<string, Promise<void>>();
  readonly #matches = new Set<string>();

  constructor(
    private readonly parts: TreeViewParts,
    root: NodeLine,
    children: readonly NodeLine[],
  ) {
    this.#rows = new TreeRows(root);
    this.#active = root.id;
    this.list = new VirtualList<RowElement>({
      class: "tree",
      rowHeight: parts.rowHeight,
      attributes: { role: "tree", "aria-label": parts.words.structure },
      make: makeRow,
      fill: (row, index) => this.#fill(row, index),
      kept: () => this.#rows.rowOf(this.#active),
    });
    const { element: tree } = this.list;
    tree.addEventListener("click", (event) => this.#click(event));
    tree.addEventListener("dblclick", (event) => this.#doubleClick(event));
    tree.addEventListener("contextmenu", (event) => this.#contextMenu(event));
    tree.addEventListener("keydown", (event) => this.#key(event));
    this.show(root, children);
  }

  /** Shows another tree. */
  show(root: NodeLine, children: readonly NodeLine[]): void {
    this.#rows = new TreeRows(root);
    this.#coming.clear();
    this.#rows.put(root.id, 0, children);
    for (const { id, opened } of children) if (opened) this.#rows.open(id);
    this.#active = root.id;
    this.list.scrollTo(0);
    this.list.setCount(this.#rows.count);
  }

  /** The selected node. */
  get active(): string {
    return this.#active;
  }

  /** Selects a node that is somewhere in the tree, opening what is above it; `steps` lead to it from the root. */
  async select(steps: readonly { readonly id: string; readonly index: number }[], focus = false): Promise<void> {
    const rows = this.#rows;
    const turn = ++this.#turn;
    let above = rows.root.line.id;
    for (const { id, index } of steps) {
      if (!rows.find(id)) {
        const from = index - (index % pageLength);
        rows.put(above, from, await this.parts.fetch(above, from, pageLength));
      }
      rows.open(above);
      above = id;
    }
    // Another tree may have come meanwhile, or something else been selected.
    if (rows === this.#rows && turn === this.#turn) this.#activate(above, focus);
  }

  /** Marks the nodes that a search found. */
  setMatches(ids: Iterable<string>): void {
    this.#matches.clear();
    for (const id of ids) this.#matches.add(id);
    this.list.refresh();
  }

  /** Opens everything, as far as that is sent at once. */
  async unfoldAll(id = this.#rows.root.line.id, levels = 64): Promise<void> {
    const rows = this.#rows;
    const { opened } = await this.parts.unfold(id, levels);
    for (const { id: parent, rows: lines } of opened) {
      rows.put(parent, 0, lines);
      rows.open(parent);
    }
    if (rows === this.#rows) this.#changed();
  }

  /** Closes everything below the root; what was selected there is left for the node that hides it. */
  foldAll(): void {
    this.#rows.closeAll();
    this.#climb();
    this.#changed();
  }

  /** Puts the focus on the selected node. */
  focus(): void {
    const index = this.#rows.rowOf(this.#active) ?? 0;
    this.list.reveal(index);
    this.list.focusRow(index);
  }

  #activate(id: string, focus: boolean): void {
    const hadFocus = focus || this.list.element.contains(document.activeElement);
    this.#active = id;
    this.list.setCount(this.#rows.count);
    const index = this.#rows.rowOf(id);
    if (index === undefined) return;
    this.list.reveal(index);
    if (hadFocus) this.list.focusRow(index);
  }

  #choose(row: TreeRow): void {
    this.#turn++;
    this.#activate(row.line.id, true);
    this.parts.selected(row.line.id);
  }

  #changed(): void {
    const hadFocus = this.list.element.contains(document.activeElement);
    this.list.setCount(this.#rows.count);
    const index = this.#rows.rowOf(this.#active);
    if (hadFocus && index !== undefined) this.list.focusRow(index);
  }

  #fill(row: RowElement, index: number): void {
    const found = this.#rows.at(index);
    const { words } = this.parts;
    if (!("line" in found)) {
      this.#fetchMissing(found.parent, found.index).catch(this.parts.failed);
      row.className = "row";
      row.style.setProperty("--level", String(found.parent.level));
      setText(row.rowParts.label, words.loading);
      const { comma, value, offset, length, spoken } = row.rowParts;
      for (const part of [comma, value, offset, length, spoken]) setText(part, "");
      row.rowParts.mark.replaceChildren();
      setRow(row, { role: "treeitem", "aria-level": String(found.parent.level + 1) });
      return;
    }
    const { line, level, isOpen, parent } = found;
    const isActive = line.id === this.#active;
    row.className = `row${isActive ? " active" : ""}${this.#matches.has(line.id) ? " match" : ""}${line.childCount > 0 ? " branch" : ""}${isOpen ? " open" : ""}`;
    row.style.setProperty("--level", String(level - 1));
    const { mark, label, comma, value, offset, length, spoken } = row.rowParts;
    setText(label, line.label);
    setText(comma, line.value === undefined ? "" : ", ");
    setText(value, line.value ?? "");
    setAttribute(value, "title", line.value);
    setText(offset, line.place ? String(line.place.start) : "");
    setText(length, line.place ? String(line.place.end - line.place.start) : "");
    if (mark.dataset["status"] !== (line.status ?? "")) {
      mark.dataset["status"] = line.status ?? "";
      mark.replaceChildren(...(line.status ? [icon(line.status)] : []));
    }
    setText(spoken, line.status ? `, ${statusWord(words, line.status)}` : "");
    setRow(row, {
      role: "treeitem",
      "aria-level": String(level),
      "aria-setsize": String(parent?.line.childCount ?? 1),
      "aria-posinset": String(found.index + 1),
      "aria-selected": String(isActive),
      "aria-expanded": line.childCount > 0 ? String(isOpen) : undefined,
    });
    row.tabIndex = isActive ? 0 : -1;
  }

  /** Until the rows around a missing one have come, whoever asked for them first. */
  #fetchMissing(parent: TreeRow, index: number): Promise<void> {
    const { id } = parent.line;
    const from = index - (index % pageLength);
    const key = `${id}\n${from}`;
    const coming = this.#coming.get(key) ?? this.#fetchRows(id, from).finally(() => this.#coming.delete(key));
    this.#coming.set(key, coming);
    return coming;
  }

  async #fetchRows(id: string, from: number): Promise<void> {
    const rows = this.#rows;
    rows.put(id, from, await this.parts.fetch(id, from, pageLength));
    if (rows === this.#rows) this.list.refresh();
  }

  #rowOf(event: Event): TreeRow | undefined {
    const index = this.list.indexOf(event.target);
    const found = index === undefined ? undefined : this.#rows.at(index);
    return found && "line" in found ? found : undefined;
  }

  #click(event: MouseEvent): void {
    const row = this.#rowOf(event);
    if (!row) return;
    if (event.target instanceof Element && event.target.closest(".twistie")) this.#toggle(row);
    this.#choose(row);
  }

  #doubleClick(event: MouseEvent): void {
    const row = this.#rowOf(event);
    if (row && !(event.target instanceof Element && event.target.closest(".twistie"))) this.#toggle(row);
  }

  #contextMenu(event: MouseEvent): void {
    const row = this.#rowOf(event);
    event.preventDefault();
    if (!row) return;
    this.#choose(row);
    this.parts.menu(row.line.id, { x: event.clientX, y: event.clientY });
  }

  #toggle({ line, isOpen }: TreeRow): void {
    if (isOpen) this.#rows.close(line.id);
    else this.#rows.open(line.id);
    this.#climb();
    this.#changed();
  }

  /** What is selected is seen: if something above it was closed, that is selected. */
  #climb(): void {
    const before = this.#active;
    for (let at = this.#rows.find(this.#active); at && this.#rows.rowOf(at.line.id) === undefined; at = at.parent) {
      this.#active = at.parent?.line.id ?? this.#active;
    }
    if (before !== this.#active) this.parts.selected(this.#active);
  }

  #key(event: KeyboardEvent): void {
    const row = this.#rows.find(this.#active);
    const index = this.#rows.rowOf(this.#active);
    if (!row || index === undefined || event.altKey) return;
    if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) {
      const box = this.list.rowAt(index)?.getBoundingClientRect();
      event.preventDefault();
      this.parts.menu(row.line.id, { x: (box?.left ?? 0) + 24, y: box?.bottom ?? 0 });
      return;
    }
    if (event.ctrlKey || event.metaKey) return;
    const handled = this.#move(row, index, event.key);
    if (handled) event.preventDefault();
  }

  #move(row: TreeRow, index: number, key: string): boolean {
    const last = this.#rows.count - 1;
    switch (key) {
      case "ArrowDown":
        return this.#goTo(Math.min(last, index + 1));
      case "ArrowUp":
        return this.#goTo(Math.max(0, index - 1));
      case "PageDown":
        return this.#goTo(Math.min(last, index + this.list.page));
      case "PageUp":
        return this.#goTo(Math.max(0, index - this.list.page));
      case "Home":
        return this.#goTo(0);
      case "End":
        return this.#goTo(last);
      case "ArrowRight":
        if (row.line.childCount === 0) return true;
        if (row.isOpen) return this.#goTo(index + 1);
        this.#toggle(row);
        return true;
      case "ArrowLeft":
        if (row.isOpen && row.parent) this.#toggle(row);
        else if (row.parent) this.#choose(row.parent);
        return true;
      case "Enter":
      case " ":
        if (key === " " && this.#typed.text !== "" && Date.now() - this.#typed.at < typingPause) return this.#type(key);
        if (row.line.childCount > 0 && row.parent) this.#toggle(row);
        return true;
      case "*":
        this.#unfoldSiblings(row).catch(this.parts.failed);
        return true;
      default:
        return key.length === 1 && this.#type(key);
    }
  }

  #goTo(index: number): boolean {
    const found = this.#rows.at(index);
    if ("line" in found) this.#choose(found);
    else this.#goToMissing(found, index).catch(this.parts.failed);
    return true;
  }

  async #goToMissing(missing: MissingRow, index: number): Promise<void> {
    const rows = this.#rows;
    await this.#fetchMissing(missing.parent, missing.index);
    const found = rows === this.#rows ? rows.at(index) : undefined;
    if (found && "line" in found) this.#choose(found);
  }

  async #unfoldSiblings(row: TreeRow): Promise<void> {
    if (row.parent) await this.unfoldAll(row.parent.line.id, 2);
  }

  /** Typing the beginning of a label leads to the next row with it. */
  #type(key: string): boolean {
    const now = Date.now();
    const text = now - this.#typed.at < typingPause ? this.#typed.text + key.toLowerCase() : key.toLowerCase();
    this.#typed = { text, at: now };
    const { count } = this.#rows;
    const start = this.#rows.rowOf(this.#active) ?? 0;
    const first = text.length === 1 ? 1 : 0;
    // Of a long tree the nearest thousands of rows are looked at.
    for (let i = first; i < Math.min(count, 5000); i++) {
      const found = this.#rows.at((start + i) % count);
      if ("line" in found && found.line.label.toLowerCase().startsWith(text)) {
        this.#choose(found);
        return true;
      }
    }
    return true;
  }
}

function makeRow(): RowElement {
  const mark = element("span", { class: "mark" });
  const label = element("span", { class: "label" });
  const value = element("span", { class: "value" });
  const comma = element("span", { class: "hidden-words" });
  const offset = element("span", { class: "number", attributes: { "aria-hidden": "true" } });
  const length = element("span", { class: "number", attributes: { "aria-hidden": "true" } });
  const spoken = element("span", { class: "hidden-words" });
  const twistie = element("span", { class: "twistie" }, icon("twistie"));
  const row = element("div", {}, twistie, mark, label, comma, value, spoken, offset, length);
  return Object.assign(row, { rowParts: { mark, label, comma, value, offset, length, spoken } });
}

const rowAttributes = [
  "role",
  "aria-level",
  "aria-setsize",
  "aria-posinset",
  "aria-selected",
  "aria-expanded",
] as const;

function setRow(
  row: HTMLElement,
  values: { readonly [Name in (typeof rowAttributes)[number]]?: string | undefined },
): void {
  for (const name of rowAttributes) setAttribute(row, name, values[name]);
}
