import { describe, expect, it } from "vitest";
import { VirtualRows } from "../../../src/webview/inspector/page/virtualRows.js";

describe("the rows in sight", () => {
  it("are as many as fit, and one more while the first is cut off", () => {
    const rows = new VirtualRows(100, 20, 200);
    expect(rows.height).toBe(2000);
    expect(rows.windowAt(0)).toEqual({ first: 0, count: 10, shift: 0 });
    expect(rows.windowAt(30)).toEqual({ first: 1, count: 11, shift: 10 });
    expect(rows.windowAt(1800)).toEqual({ first: 90, count: 10, shift: 0 });
  });

  it("of a short list are all of them", () => {
    expect(new VirtualRows(3, 20, 200).windowAt(0)).toEqual({ first: 0, count: 3, shift: 0 });
    expect(new VirtualRows(0, 20, 200).windowAt(0)).toEqual({ first: 0, count: 0, shift: 0 });
  });

  it("stay within the list while somebody pulls beyond its end", () => {
    expect(new VirtualRows(100, 20, 200).windowAt(5000)).toEqual({ first: 90, count: 10, shift: 0 });
    expect(new VirtualRows(100, 20, 200).windowAt(-50)).toEqual({ first: 0, count: 10, shift: 0 });
  });

  it("of a list higher than a browser can make are reached all the same, the last among them", () => {
    const rows = new VirtualRows(10_000_000, 20, 200);
    expect(rows.height).toBe(8_000_000);
    const { first, count, shift } = rows.windowAt(rows.height - 200);
    expect([first + count, shift]).toEqual([10_000_000, 0]);
    for (const row of [0, 1, 12_345, 5_000_000, 9_999_999]) {
      const seen = rows.windowAt(rows.scrollTopFor(row, 0));
      expect(seen.first).toBeLessThanOrEqual(row);
      expect(seen.first + seen.count).toBeGreaterThan(row);
    }
  });

  it("do not move for a row that is in sight, move as little as possible for the next, and bring a far one to the middle", () => {
    const rows = new VirtualRows(100, 20, 200);
    expect(rows.scrollTopFor(12, 100)).toBe(100);
    expect(rows.scrollTopFor(15, 100)).toBe(120);
    expect(rows.scrollTopFor(4, 100)).toBe(80);
    expect(rows.scrollTopFor(50, 100)).toBe(910);
  });
});
