import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { NodeLine } from "../../../src/core/inspect/browse/browseCalls.js";
import { TreeRows } from "../../../src/webview/inspector/page/treeRows.js";

/** A line with so many children; its id says its place: `0.2.1`. */
function line(id: string, childCount: number): NodeLine {
  return { id, label: id, secret: false, childCount, opened: false };
}

const below = (id: string, count: number, childCount: number): NodeLine[] =>
  Array.from({ length: count }, (_, i) => line(`${id}.${i}`, childCount));

/** Every row from top to bottom: ids, and places of those that have not come. */
function rowsOf(tree: TreeRows): string[] {
  return Array.from({ length: tree.count }, (_, row) => {
    const found = tree.at(row);
    return "line" in found ? found.line.id : `${found.parent.line.id}?${found.index}`;
  });
}

describe("the rows of a tree", () => {
  it("are the root and what is below it, come or not", () => {
    const tree = new TreeRows(line("0", 3));
    tree.put("0", 0, below("0", 2, 0));
    expect(rowsOf(tree)).toEqual(["0", "0.0", "0.1", "0?2"]);
  });

  it("come and go where a node is opened and closed, and what was open below it is open again", () => {
    const tree = new TreeRows(line("0", 2));
    tree.put("0", 0, below("0", 2, 2));
    tree.put("0.0", 0, below("0.0", 2, 1));
    tree.open("0.0");
    tree.open("0.0.1");
    expect(rowsOf(tree)).toEqual(["0", "0.0", "0.0.0", "0.0.1", "0.0.1?0", "0.1"]);
    tree.close("0.0");
    expect(rowsOf(tree)).toEqual(["0", "0.0", "0.1"]);
    tree.open("0.0");
    expect(rowsOf(tree)).toEqual(["0", "0.0", "0.0.0", "0.0.1", "0.0.1?0", "0.1"]);
    tree.closeAll();
    expect(rowsOf(tree)).toEqual(["0", "0.0", "0.1"]);
  });

  it("say where a node stands, unless something above it is closed", () => {
    const tree = new TreeRows(line("0", 3));
    tree.put("0", 0, below("0", 3, 2));
    tree.put("0.1", 0, below("0.1", 2, 0));
    expect(tree.rowOf("0.1.1")).toBeUndefined();
    tree.open("0.1");
    tree.open("0.0");
    expect(tree.rowOf("0.1.1")).toBe(6);
    expect(tree.rowOf("0.2")).toBe(7);
    expect(tree.missing("0.0", 0, 2)).toBe(0);
    expect(tree.missing("0.1", 0, 2)).toBeUndefined();
  });

  it("of a hundred thousand children that have not come are counted all the same", () => {
    const tree = new TreeRows(line("0", 100_000));
    expect(tree.count).toBe(100_001);
    expect(tree.at(100_000)).toMatchObject({ index: 99_999 });
    tree.put("0", 50_000, [line("far", 10)]);
    tree.open("far");
    expect(tree.count).toBe(100_011);
    expect(tree.at(50_001)).toMatchObject({ line: { id: "far" } });
    expect(tree.at(50_002)).toMatchObject({ index: 0, parent: { line: { id: "far" } } });
    expect(tree.at(50_012)).toMatchObject({ index: 50_001 });
  });

  it("are those of a tree that is walked one by one, whatever is opened and closed in whatever order", () => {
    const ids = ["0.0", "0.1", "0.2", "0.0.0", "0.0.1", "0.1.0", "0.2.1", "0.2.1.0"];
    const steps = fc.array(fc.tuple(fc.constantFrom(...ids), fc.boolean()), { maxLength: 30 });
    fc.assert(
      fc.property(steps, (changes) => {
        const tree = new TreeRows(line("0", 3));
        const fill = (id: string, depth: number): void => {
          const count = id === "0" ? 3 : 2;
          tree.put(id, 0, below(id, count, depth > 1 ? 2 : 0));
          if (depth > 1) for (let i = 0; i < count; i++) fill(`${id}.${i}`, depth - 1);
        };
        fill("0", 4);
        const open = new Set(["0"]);
        for (const [id, isOpen] of changes) {
          if (isOpen) tree.open(id);
          else tree.close(id);
          if (isOpen) open.add(id);
          else open.delete(id);
        }
        const walked: string[] = [];
        const walk = (id: string, depth: number): void => {
          walked.push(id);
          if (!open.has(id) || depth === 0) return;
          for (let i = 0; i < (id === "0" ? 3 : 2); i++) walk(`${id}.${i}`, depth - 1);
        };
        walk("0", 4);
        expect(rowsOf(tree)).toEqual(walked);
        for (const [row, id] of walked.entries()) expect(tree.rowOf(id)).toBe(row);
      }),
    );
  });
});
