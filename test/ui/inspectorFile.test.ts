import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { FrameLocator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeViolations, inspectFile, inspectorFrame, takeEditorPicture } from "../support/inspectorFrame.js";
import type { InspectorSamples } from "../support/inspectorSamples.js";
import { type InspectorWorkbench, openInspectorSamples } from "../support/inspectorWorkbench.js";
import { ndesFailure, ndesSite } from "../support/ndesReply.js";
import type { Workbench } from "../support/workbench.js";

describe("a file that changes while it is inspected", () => {
  const name = "reply.der";
  let opened: InspectorWorkbench;
  let samples: InspectorSamples;
  let workbench: Workbench;
  let inspector: FrameLocator;
  let file: string;
  let replyWith: (transactionID: string) => Promise<Uint8Array>;

  beforeAll(async () => {
    opened = await openInspectorSamples(async ({ folder }) => {
      file = path.join(folder, name);
      const site = await ndesSite();
      replyWith = (transactionID) => ndesFailure(site, { transactionID });
      await writeFile(file, await replyWith("FIRST"));
    });
    ({ samples, workbench } = opened);
  });

  afterAll(() => opened[Symbol.asyncDispose]());

  const label = (text: string) => inspector.locator(".row .label").getByText(text, { exact: true }).first();
  const value = () => inspector.locator(".details-value").first();

  it("is read anew, and what was selected stays selected, with the focus", async () => {
    inspector = await inspectFile(workbench, name);
    await label("transactionID").click();
    await value().filter({ hasText: "FIRST" }).waitFor();
    await writeFile(file, await replyWith("SECOND"));
    await value().filter({ hasText: "SECOND" }).waitFor();
    expect(await inspector.locator(".row.active .label").textContent()).toBe("transactionID");
    expect(await inspector.locator(".row:focus .label").textContent()).toBe("transactionID");
    // One page took the other's place: a key moves one selection.
    await workbench.page.keyboard.press("ArrowDown");
    await expect.poll(() => inspector.locator(".row.active").count()).toBe(1);
    await expect.poll(() => inspector.locator(".row.active .label").textContent()).not.toBe("transactionID");
    expect(await inspector.locator(".missing").textContent()).toBe("");
  });

  it("begins with the evidence where what was selected is gone", async () => {
    await label("failInfo").click();
    await inspector.locator(".details-label").filter({ hasText: "failInfo" }).waitFor();
    await writeFile(file, await readFile(path.join(samples.folder, samples.request)));
    await inspector.locator("h1").filter({ hasText: "dev7.example.com" }).waitFor();
    await inspector.locator(".details-label").waitFor();
    expect(await inspector.locator(".row .label").filter({ hasText: "failInfo" }).count()).toBe(0);
  });

  it("says in a sentence that it is gone, shows what it held, and takes it up again when it is back", async () => {
    await rm(file);
    const missing = inspector.locator(".missing");
    await missing.filter({ hasText: "reply.der is no longer there." }).waitFor();
    expect(await missing.getAttribute("role")).toBe("status");
    await inspector.locator("h1").filter({ hasText: "dev7.example.com" }).waitFor();
    await takeEditorPicture(workbench, "inspector-missing-file");
    expect(await axeViolations(await inspectorFrame(workbench))).toEqual([]);
    await writeFile(file, await replyWith("THIRD"));
    await label("transactionID").click();
    await value().filter({ hasText: "THIRD" }).waitFor();
    expect(await missing.textContent()).toBe("");
  });
});
