import type { FrameLocator, Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inspectorPage } from "../support/inspectorFrame.js";
import type { InspectorSamples } from "../support/inspectorSamples.js";
import { type InspectorWorkbench, openInspectorSamples } from "../support/inspectorWorkbench.js";
import type { Workbench } from "../support/workbench.js";

/** Presses of Tab after which everything on the page must have had its turn. */
const mostTabs = 60;

/** What is chosen in a quick input. */
interface Choice {
  /** The key that opens the quick input. */
  readonly key: string;
  readonly text: string;
  /** What has to stand first there before Enter is pressed. */
  readonly first: Locator;
  /** What is seen when it was chosen. */
  readonly leadsTo: Locator;
}

describe("somebody who has a keyboard and no mouse", () => {
  let opened: InspectorWorkbench;
  let samples: InspectorSamples;
  let workbench: Workbench;
  let inspector: FrameLocator;

  beforeAll(async () => {
    opened = await openInspectorSamples();
    ({ samples, workbench } = opened);
    inspector = inspectorPage(workbench);
  });

  afterAll(() => opened[Symbol.asyncDispose]());

  const press = (...keys: readonly string[]): Promise<void> =>
    keys.reduce((before, key) => before.then(() => workbench.page.keyboard.press(key)), Promise.resolve());

  /** What has the focus, by its name or its words. */
  const focused = (): Promise<string> =>
    inspector
      .locator(":focus")
      .evaluate((element: { ariaLabel: string | null; textContent: string | null }) =>
        (element.ariaLabel ?? element.textContent ?? "").replaceAll(/\s+/g, " ").trim(),
      );

  /** Presses Tab until what has the focus is called like that. */
  async function tabTo(name: RegExp): Promise<void> {
    for (let i = 0; i < mostTabs; i++) {
      await press("Tab");
      if ((await inspector.locator(":focus").count()) > 0 && name.test(await focused())) return;
    }
    throw new Error(`Tab does not lead to ${String(name)}.`);
  }

  /**
   * Types into a quick input that a key opens, and presses Enter once what is meant stands first there; until what that
   * leads to is seen. While VS Code starts, what is meant may not be offered yet, and an editor that comes up takes the
   * focus, and with it the Enter.
   */
  async function choose({ key, text, first, leadsTo }: Choice): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      await press(key);
      try {
        await workbench.quickInput.waitFor({ timeout: 3000 });
        await workbench.page.keyboard.type(text);
        await first.waitFor({ timeout: 3000 });
        await press("Enter");
        // The extension's host may have to start before.
        await leadsTo.waitFor({ timeout: 15_000 });
        return;
      } catch (error) {
        if (attempt === 6) throw error;
        await press("Escape");
      }
    }
  }

  const selected = async (): Promise<string> =>
    ((await inspector.locator(".row.active .label").textContent()) ?? "").trim();

  it("opens a file by its name, inspects it, and has the focus in the page", async () => {
    const name = samples.failure;
    await choose({
      key: "Control+P",
      text: name,
      first: workbench.quickInput.locator(".monaco-list-row.focused").filter({ hasText: name }),
      leadsTo: workbench.page.locator(".tab.active").filter({ hasText: name }),
    });
    const title = /^\s*SCEP: Inspect\s*$/;
    await choose({
      key: "F1",
      text: "SCEP: Inspect",
      first: workbench.quickInput.locator(".monaco-list-row.focused .label-name").filter({ hasText: title }),
      leadsTo: inspector.locator(".details-label").filter({ hasText: "NDES error" }),
    });
  });

  it("reaches every part of the page with Tab", async () => {
    for (const name of [
      /^Show the Evidence$/,
      /^Save…$/,
      /^Findings/,
      /^Search$/,
      /^Unfold All$/,
      /^Fold All$/,
      /^NDES error, 0x80070490/,
      /^Width of the tree$/,
      /^offset 221: 30$/,
      /^Definition$/,
      /^Copy as…$/,
      /^Open in Its Own Inspector$/,
    ]) {
      await tabTo(name);
    }
  });

  it("walks the tree, and the bytes and the definition follow", async () => {
    await tabTo(/^NDES error/);
    await press("Home");
    await expect.poll(selected).toBe("CertRep");
    await press("ArrowDown");
    await expect.poll(selected).toBe("pkiStatus");
    await inspector.locator(".details-label").filter({ hasText: "pkiStatus" }).waitFor();
    await expect.poll(() => inspector.locator(".hex .cell.lit").count()).toBe(19);
    await press("End");
    await expect.poll(selected).toBe("structure");
    await press("ArrowRight");
    await expect.poll(() => inspector.locator(".row.active").getAttribute("aria-expanded")).toBe("true");
    await press("ArrowRight");
    await expect.poll(selected).toBe("contentType");
    await press("ArrowLeft", "ArrowLeft");
    await expect.poll(() => inspector.locator(".row.active").getAttribute("aria-expanded")).toBe("false");
    await workbench.page.keyboard.type("fail");
    await expect.poll(selected).toBe("failInfo");
    await press("*");
    await inspector.locator(".row .label").filter({ hasText: "contentType" }).waitFor();
  });

  it("moves in the bytes, and the tree follows", async () => {
    await tabTo(/^offset 176: 30$/);
    await press("Home", "Control+Home");
    await expect.poll(focused).toBe("offset 0: 30");
    await press("Control+End");
    await expect.poll(focused).toMatch(/^offset 730: /);
    await expect.poll(selected).toBe("signature");
    await inspector.locator(".details-label").filter({ hasText: "signature" }).waitFor();
  });

  it("searches, goes from match to match, and is back in the tree with Escape", async () => {
    await press("Control+F");
    await expect.poll(focused).toBe("Search");
    await workbench.page.keyboard.insertText("2.16.840.1.113733.1.9.4");
    await inspector.locator(".search-count").filter({ hasText: "1 of 1" }).waitFor();
    await expect.poll(selected).toBe("attrType");
    await workbench.page.keyboard.press("Control+A");
    await workbench.page.keyboard.insertText("nonce");
    await expect.poll(selected).toBe("senderNonce");
    await inspector
      .locator(".search-count")
      .filter({ hasText: /^1 of \d+$/ })
      .waitFor();
    await press("Enter");
    await inspector.locator(".search-count").filter({ hasText: /^2 of/ }).waitFor();
    await press("Shift+Enter", "Shift+F3");
    await inspector
      .locator(".search-count")
      .filter({ hasText: /^(\d+) of \1$/ })
      .waitFor();
    await press("F3");
    await inspector.locator(".search-count").filter({ hasText: /^1 of/ }).waitFor();
    await press("Escape");
    await expect.poll(focused).toMatch(/^senderNonce/);
    await expect.poll(() => inspector.locator(".row.match").count()).toBe(0);
  });

  it("copies with the menu of a node", async () => {
    await press("Shift+F10");
    await expect.poll(focused).toBe("Copy: Value");
    await press("ArrowDown");
    await expect.poll(focused).toBe("Copy: Hex");
    await press("Enter");
    await inspector.locator(".notice").filter({ hasText: "Copied." }).waitFor();
    await expect.poll(focused).toMatch(/^senderNonce/);
    await press("Shift+F10");
    await expect.poll(focused).toBe("Copy: Value");
    await press("Escape");
    await expect.poll(focused).toMatch(/^senderNonce/);
  });

  it("goes from a finding to its place", async () => {
    await tabTo(/^Findings/);
    await press("Enter");
    await tabTo(/^warning: /);
    await press("Enter");
    await expect.poll(selected).toBe("content");
  });

  it("moves the bar between the panes", async () => {
    await tabTo(/^Width of the tree$/);
    const now = (): Promise<string | null> => inspector.locator(".splitter").getAttribute("aria-valuenow");
    const before = Number(await now());
    await press("ArrowRight", "ArrowRight");
    await expect.poll(now).toBe(String(before + 4));
  });
});
