import { describe, expect, it } from "vitest";
import { hexByte, HexLayout, textByte } from "../../../src/webview/inspector/page/hexLayout.js";

describe("a buffer in lines", () => {
  const layout = new HexLayout(100, 16);

  it("has a last line that may be short, and an offset before each", () => {
    expect(layout.lineCount).toBe(7);
    expect(layout.label(1)).toBe("0010");
    expect(new HexLayout(0x123456, 16).label(1)).toBe("000010");
    expect(new HexLayout(0, 16).lineCount).toBe(0);
  });

  it.each([
    [17, "ArrowLeft", 16],
    [0, "ArrowLeft", 0],
    [99, "ArrowRight", 99],
    [17, "ArrowUp", 1],
    [3, "ArrowUp", 3],
    [17, "ArrowDown", 33],
    [90, "ArrowDown", 99],
    [97, "ArrowDown", 97],
    [50, "PageUp", 2],
    [50, "PageDown", 98],
    [50, "Home", 48],
    [50, "End", 63],
    [98, "End", 99],
  ])("moves the cursor from %i with %s to %i", (from, key, to) => {
    expect(layout.moved(from, key, false, 3)).toBe(to);
  });

  it("goes to the ends with Control, and leaves other keys alone", () => {
    expect(layout.moved(50, "Home", true, 3)).toBe(0);
    expect(layout.moved(50, "End", true, 3)).toBe(99);
    expect(layout.moved(50, "a", false, 3)).toBeUndefined();
  });

  it("writes a byte as hex and as a character that can be seen", () => {
    expect([0, 10, 255].map(hexByte)).toEqual(["00", "0a", "ff"]);
    expect([0x41, 0x20, 0x00, 0x7f, 0xe9].map(textByte)).toEqual(["A", " ", "·", "·", "·"]);
  });
});
