import { readFile } from "node:fs/promises";
import path from "node:path";
import type { FrameLocator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inspectFile, inspectorPage } from "../support/inspectorFrame.js";
import type { InspectorSamples } from "../support/inspectorSamples.js";
import { type InspectorWorkbench, openInspectorSamples } from "../support/inspectorWorkbench.js";
import type { Workbench } from "../support/workbench.js";

describe("somebody who has a mouse", () => {
  let opened: InspectorWorkbench;
  let samples: InspectorSamples;
  let workbench: Workbench;
  let inspector: FrameLocator;

  beforeAll(async () => {
    opened = await openInspectorSamples();
    ({ samples, workbench } = opened);
  });

  afterAll(() => opened[Symbol.asyncDispose]());

  const press = (name: string): Promise<void> => inspector.locator(".details").getByRole("button", { name }).click();

  const clipboard = (): Promise<string> => workbench.page.evaluate<string>("globalThis.navigator.clipboard.readText()");

  /** Selects a row of the tree by its label. */
  async function select(label: string): Promise<void> {
    await inspector
      .locator(".row")
      .filter({ has: inspector.locator(".label").getByText(label, { exact: true }) })
      .first()
      .click();
    await inspector.locator(".details-label").filter({ hasText: label }).waitFor();
  }

  /** Answers the dialog that asks where to save, once it has proposed a name. */
  async function saveAs(name: string): Promise<string> {
    const proposed = workbench.quickInput.locator("input.input, .quick-input-box input").first();
    await expect.poll(() => proposed.inputValue()).toMatch(/\.(der|bin)$/);
    const file = path.join(samples.folder, name);
    await workbench.answerQuickInput(file);
    await inspector
      .locator(".notice")
      .filter({ hasText: `Saved ${name}.` })
      .waitFor();
    return file;
  }

  it("saves the whole message with the button beside the verdict", async () => {
    inspector = await inspectFile(workbench, samples.failure);
    await inspector.locator(".head").getByRole("button", { name: "Save…" }).click();
    const whole = await readFile(await saveAs("whole.der"));
    expect(whole.equals(await readFile(path.join(samples.folder, samples.failure)))).toBe(true);
  });

  it("copies what is selected in each of the forms", async () => {
    await select("failInfo");
    const copied = async (form: string): Promise<string> => {
      await press("Copy as…");
      const before = await clipboard();
      await inspector.getByRole("menuitem", { name: form, exact: true }).click();
      await inspector.locator(".notice").filter({ hasText: "Copied." }).waitFor();
      await expect.poll(clipboard).not.toBe(before);
      return clipboard();
    };
    const hex = await copied("Hex");
    expect(hex).toMatch(/^30[0-9a-f]+$/);
    const bytes = Buffer.from(hex, "hex");
    const base64 = await copied("Base64");
    expect(Buffer.from(base64, "base64").equals(bytes)).toBe(true);
    expect((await copied("PEM")).replaceAll(/-----.*-----|\s/g, "")).toBe(base64);
    expect(await copied("C Array")).toContain(`data[${bytes.length}] = {\n  0x30, `);
    expect(await copied("Path")).toBe("CertRep > failInfo");
    expect(await copied("Value")).toMatch(/^2/);
  });

  it("saves the bytes of a node", async () => {
    await press("Save…");
    const saved = await readFile(await saveAs("attribute.bin"));
    const whole = await readFile(path.join(samples.folder, samples.failure));
    expect(whole.includes(saved)).toBe(true);
  });

  it("puts the cursor on the byte of a character beside the bytes, and what it belongs to is selected", async () => {
    const line = inspector.locator(".hex .line").nth(2);
    const cells = line.locator(".cell:visible");
    const text = line.locator(".text");
    const box = await text.boundingBox();
    const width = await cells.count();
    if (!box || width === 0) throw new Error("There is no third line.");
    const details = inspector.locator(".details");
    const before = await details.textContent();
    for (const column of [1, width - 1]) {
      await text.click({ position: { x: (box.width * (column + 0.5)) / width, y: box.height / 2 } });
      await expect.poll(() => cells.nth(column).getAttribute("class")).toMatch(/\bcursor\b/);
      expect(await inspector.locator(".hex .cell.cursor").count()).toBe(1);
      expect(await text.locator(".cursor").textContent()).toHaveLength(1);
    }
    await expect.poll(() => details.textContent()).not.toBe(before);
    await select("failInfo");
  });

  it("opens the bytes of a node in an inspector of their own", async () => {
    await press("Open in Its Own Inspector");
    await workbench.page.locator(".tab.active").filter({ hasText: "failInfo" }).waitFor();
    inspector = inspectorPage(workbench);
    await inspector.locator(".row .label").filter({ hasText: "SEQUENCE" }).first().waitFor();
    await inspector.locator(".details-label").waitFor();
    expect(await inspector.locator(".hex .cell").first().textContent()).toBe("30");
  });

  it("shows a secret once it is asked for, and not before", async () => {
    inspector = await inspectFile(workbench, samples.request);
    await select("challengePassword");
    const main = inspector.locator("main");
    expect(await main.innerText()).not.toContain(samples.challenge);
    await press("Reveal Secret");
    await expect.poll(() => inspector.locator(".details-value").innerText()).toBe(samples.challenge);
  });
});
