import { describe, expect, it } from "vitest";
import { plainText } from "../../../src/vscode/plainText.js";
import { notificationText, quickPickText } from "../../../src/vscode/shownText.js";

describe("text from outside", () => {
  it("makes no link in a notification", () => {
    expect(notificationText("[Save](command:workbench.action.quit) [b](https://example.com)")).not.toMatch(/\]\(/);
  });

  it("makes no icon in a quick pick", () => {
    expect(quickPickText("$(pass) trusted")).not.toContain("$(");
  });

  it.each([
    ["\u202Egpj.exe", "\\u{202e}gpj.exe"],
    ["a\u0000b\u001B[31mc", "a\\u{0}b\\u{1b}[31mc"],
    ["zero\u200Bwidth", "zero\\u{200b}width"],
  ])("shows what cannot be seen in %j", (hostile, shown) => {
    expect(plainText(hostile, 100)).toBe(shown);
    expect(notificationText(hostile)).toBe(shown);
    expect(quickPickText(hostile)).toBe(shown);
  });

  it("is cut where it has no end", () => {
    expect(plainText("x".repeat(1000), 10)).toBe(`${"x".repeat(10)}…`);
    expect(notificationText("x".repeat(1000)).length).toBeLessThan(400);
  });
});
