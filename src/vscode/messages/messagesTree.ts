import { type Disposable, type Event, EventEmitter, type TreeDataProvider, type TreeItem } from "vscode";
import type { MessageEntry } from "./messageEntry.js";
import type { MessageStore } from "./messageStore.js";
import { entryRow } from "./reportRows.js";
import type { Row } from "./row.js";
import { rowTreeItem } from "./rowTreeItem.js";

/** *Messages* as a tree: newest entry first, everything below made when it is expanded. */
export class MessagesTree implements TreeDataProvider<Row>, Disposable {
  #rows = new Map<string, Row>();
  readonly #changed = new EventEmitter<void>();
  readonly #subscription: Disposable;

  readonly onDidChangeTreeData: Event<void> = this.#changed.event;

  constructor(private readonly store: MessageStore) {
    this.#subscription = store.onDidChange(() => this.#changed.fire());
  }

  /** The row of an entry: the same object as long as the entry is kept as it is. */
  rowOf(entry: MessageEntry): Row {
    const known = this.#rows.get(entry.id);
    if (known?.entry === entry) return known;
    const row = entryRow(entry);
    this.#rows.set(entry.id, row);
    return row;
  }

  getChildren(row?: Row): Row[] {
    if (row) return [...row.children];
    const { entries } = this.store;
    const kept = new Set(entries.map(({ id }) => id));
    for (const id of this.#rows.keys()) if (!kept.has(id)) this.#rows.delete(id);
    return entries.map((entry) => this.rowOf(entry));
  }

  /** Has VS Code ask for all rows again. */
  refresh(): void {
    this.#changed.fire();
  }

  getTreeItem(row: Row): TreeItem {
    return rowTreeItem(row);
  }

  getParent(row: Row): Row | undefined {
    return row.parent;
  }

  async resolveTreeItem(item: TreeItem, row: Row): Promise<TreeItem> {
    const { rowTooltip } = await import("./rowTooltip.js");
    item.tooltip = rowTooltip(row);
    return item;
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
    this.#rows.clear();
  }
}
