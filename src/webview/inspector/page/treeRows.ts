import type { NodeLine } from "../../../core/inspect/browse/browseCalls.js";

/** A node of the tree that has come from the extension. */
export interface TreeRow {
  readonly line: NodeLine;
  readonly parent: TreeRow | undefined;
  /** Its index among its siblings. */
  readonly index: number;
  /** 1 for the root. */
  readonly level: number;
  readonly isOpen: boolean;
}

/** A row that is there but has not come yet. */
export interface MissingRow {
  readonly parent: TreeRow;
  readonly index: number;
}

interface Branch extends TreeRow {
  readonly parent: Branch | undefined;
  isOpen: boolean;
  /** By their index; those that have not come are missing. */
  readonly children: Map<number, Branch>;
  /** The children that are open, by their index. */
  openChildren: Branch[];
  /** Rows that it takes, itself included. */
  size: number;
}

/**
 * The rows of a tree of which most may not have come yet: which row is which node, without going through those before it
 * one by one.
 */
export class TreeRows {
  readonly #root: Branch;
  readonly #byId = new Map<string, Branch>();

  constructor(root: NodeLine) {
    this.#root = this.#branch(root, undefined, 0);
    this.open(root.id);
  }

  get root(): TreeRow {
    return this.#root;
  }

  /** Rows that the tree takes. */
  get count(): number {
    return this.#root.size;
  }

  /** The node with that id, if it has come. */
  find(id: string): TreeRow | undefined {
    return this.#byId.get(id);
  }

  /** What stands in a row. */
  at(row: number): TreeRow | MissingRow {
    let branch = this.#root;
    let left = row;
    while (left > 0) {
      left -= 1;
      let index = 0;
      let inside: Branch | undefined;
      for (const open of branch.openChildren) {
        const before = open.index - index;
        if (left < before) break;
        left -= before;
        index = open.index;
        if (left < open.size) {
          inside = open;
          break;
        }
        left -= open.size;
        index += 1;
      }
      if (!inside) {
        const child = branch.children.get(index + left);
        return child ?? { parent: branch, index: index + left };
      }
      branch = inside;
    }
    return branch;
  }

  /** The row of a node that has come; undefined while something above it is closed. */
  rowOf(id: string): number | undefined {
    let row = 0;
    for (let at = this.#byId.get(id); at; at = at.parent) {
      const { parent } = at;
      if (!parent) return row;
      if (!parent.isOpen) return undefined;
      row += 1 + at.index;
      for (const open of parent.openChildren) if (open.index < at.index) row += open.size - 1;
    }
    return undefined;
  }

  /** Takes children of a node, from an index on. */
  put(id: string, from: number, lines: readonly NodeLine[]): void {
    const parent = this.#byId.get(id);
    if (!parent) return;
    for (const [i, line] of lines.entries()) {
      if (!parent.children.has(from + i)) parent.children.set(from + i, this.#branch(line, parent, from + i));
    }
  }

  /** The first child of a node, from an index on, that has not come; undefined where all up to `to` have. */
  missing(id: string, from: number, to: number): number | undefined {
    const parent = this.#byId.get(id);
    for (let i = from; parent && i < Math.min(to, parent.line.childCount); i++) if (!parent.children.has(i)) return i;
    return undefined;
  }

  /** Opens a node that has children. */
  open(id: string): void {
    const branch = this.#byId.get(id);
    if (!branch || branch.isOpen || branch.line.childCount === 0) return;
    branch.isOpen = true;
    if (branch.parent) {
      const { openChildren } = branch.parent;
      const at = openChildren.findIndex(({ index }) => index > branch.index);
      openChildren.splice(at < 0 ? openChildren.length : at, 0, branch);
    }
    this.#resize(branch);
  }

  /** Closes a node; what is open below it is open again when it is. */
  close(id: string): void {
    const branch = this.#byId.get(id);
    if (!branch?.isOpen || !branch.parent) return;
    branch.isOpen = false;
    branch.parent.openChildren = branch.parent.openChildren.filter((open) => open !== branch);
    this.#resize(branch);
  }

  /** Closes everything below the root. */
  closeAll(): void {
    for (const branch of this.#byId.values()) {
      branch.openChildren = [];
      branch.isOpen = branch === this.#root;
      branch.size = 1;
    }
    this.#resize(this.#root);
  }

  #branch(line: NodeLine, parent: Branch | undefined, index: number): Branch {
    const level = (parent?.level ?? 0) + 1;
    const branch = { line, parent, index, level, isOpen: false, children: new Map(), openChildren: [], size: 1 };
    this.#byId.set(line.id, branch);
    return branch;
  }

  #resize(branch: Branch): void {
    for (let at: Branch | undefined = branch; at; at = at.parent) {
      const below = at.openChildren.reduce((sum, { size }) => sum + size - 1, at.line.childCount);
      at.size = at.isOpen ? 1 + below : 1;
    }
  }
}
