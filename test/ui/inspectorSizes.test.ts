import type { Frame } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeViolations, inspectFile, inspectorFrame, takeEditorPicture } from "../support/inspectorFrame.js";
import type { InspectorSamples } from "../support/inspectorSamples.js";
import { type InspectorWorkbench, openInspectorSamples } from "../support/inspectorWorkbench.js";
import type { Workbench } from "../support/workbench.js";

const kinds = ["failure", "capture", "cut"] as const;

let opened: InspectorWorkbench;
let samples: InspectorSamples;
let workbench: Workbench;

beforeAll(async () => {
  opened = await openInspectorSamples();
  ({ samples, workbench } = opened);
});

afterAll(() => opened[Symbol.asyncDispose]());

/** What is wider than the page, or cut off in a box that does not scroll sideways: a line each. */
function sidewaysIn(frame: Frame): Promise<string[]> {
  return frame.evaluate<string[]>(`(() => {
    const page = document.documentElement;
    const told = page.scrollWidth > page.clientWidth ? ["the page: " + page.scrollWidth + " > " + page.clientWidth] : [];
    for (const box of document.querySelectorAll("main *")) {
      const { left, right, width, height } = box.getBoundingClientRect();
      if (width === 0 || height === 0 || getComputedStyle(box).visibility === "hidden") continue;
      const inScroller = [...function* () { for (let at = box.parentElement; at; at = at.parentElement) yield at; }()]
        .some((above) => above !== document.body && getComputedStyle(above).overflowX !== "visible");
      const named = box.tagName + "." + box.className + " " + box.textContent.slice(0, 40);
      if (!inScroller && (left < -1 || right > page.clientWidth + 1)) told.push(named + ": " + left + " to " + right);
      if (box.matches("button") && box.scrollWidth > box.clientWidth + 1) told.push(named + ": cut at " + box.clientWidth);
    }
    return told;
  })()`);
}

/** The lines of bytes of which something is beyond the right edge of their pane, which are none where all are seen. */
function linesCutOff(frame: Frame): Promise<string[]> {
  return frame.evaluate<string[]>(`(() => {
    const pane = document.querySelector(".hex");
    const right = pane.getBoundingClientRect().left + pane.clientWidth;
    const lines = [...pane.querySelectorAll(".line")];
    const cut = lines.filter((line) => line.querySelector(".text").getBoundingClientRect().right > right);
    return lines.length === 0 ? ["There are no lines."] : cut.map((line) => line.textContent);
  })()`);
}

/** As many CSS pixels as that are left to the inspector. */
async function narrowTo(width: number): Promise<Frame> {
  const frame = await inspectorFrame(workbench);
  // The side bar may be on its way out.
  await expect
    .poll(
      async () => {
        const now = await frame.evaluate<number>("innerWidth");
        const { width: whole, height } = workbench.page.viewportSize() ?? { width: 1440, height: 940 };
        if (now !== width) await workbench.page.setViewportSize({ width: whole - now + width, height });
        return now;
      },
      { timeout: 20_000 },
    )
    .toBe(width);
  return frame;
}

describe("the inspector where there is little room", () => {
  it.each(kinds)("shows all of a %s one below the other in 320 pixels", async (kind) => {
    await workbench.page.setViewportSize({ width: 1440, height: 940 });
    const inspector = await inspectFile(workbench, samples[kind]);
    await workbench.page.keyboard.press("Control+B");
    try {
      const frame = await narrowTo(320);
      await takeEditorPicture(workbench, `inspector-narrow-${kind}`);
      await frame.evaluate("scrollTo(0, document.documentElement.scrollHeight)");
      await takeEditorPicture(workbench, `inspector-narrow-end-${kind}`);
      const tops = await frame.evaluate<number[]>(
        `[".tree-pane", ".byte-pane", ".details"].map((part) => document.querySelector(part).getBoundingClientRect().top)`,
      );
      expect(tops).toEqual(tops.toSorted((a, b) => a - b));
      expect(await sidewaysIn(frame)).toEqual([]);
      await expect.poll(() => linesCutOff(frame)).toEqual([]);
      await inspector.locator(".hex .cell.lit").first().scrollIntoViewIfNeeded();
      await takeEditorPicture(workbench, `inspector-narrow-bytes-${kind}`);
      expect(await axeViolations(frame)).toEqual([]);
      await inspector.locator(".details .button").last().click({ trial: true });
    } finally {
      await workbench.page.setViewportSize({ width: 1440, height: 940 });
      await workbench.page.keyboard.press("Control+B");
    }
  });

  it.each(kinds)("shows a %s at twice its size", async (kind) => {
    // Half the pixels of CSS are what a zoom of 200 % leaves.
    await workbench.page.setViewportSize({ width: 1440, height: 940 });
    await inspectFile(workbench, samples[kind]);
    await workbench.page.setViewportSize({ width: 720, height: 470 });
    try {
      const frame = await inspectorFrame(workbench);
      await takeEditorPicture(workbench, `inspector-zoomed-${kind}`);
      expect(await sidewaysIn(frame)).toEqual([]);
      expect(await axeViolations(frame)).toEqual([]);
    } finally {
      await workbench.page.setViewportSize({ width: 1440, height: 940 });
    }
  });
});

describe("the inspector of somebody whose system", () => {
  it.each(kinds)("forces colours shows a %s in them", async (kind) => {
    await workbench.page.emulateMedia({ forcedColors: "active" });
    await inspectFile(workbench, samples[kind]);
    const frame = await inspectorFrame(workbench);
    expect(await frame.evaluate("matchMedia('(forced-colors: active)').matches")).toBe(true);
    await takeEditorPicture(workbench, `inspector-forced-${kind}`);
    expect(await axeViolations(frame)).toEqual([]);
    await workbench.page.emulateMedia({ forcedColors: null });
  });

  it("wants nothing to move gets a page in which nothing does", async () => {
    await workbench.page.emulateMedia({ reducedMotion: "reduce" });
    await inspectFile(workbench, samples.failure);
    const frame = await inspectorFrame(workbench);
    const moving = await frame.evaluate(`[...document.querySelectorAll("*")].filter((one) => {
      const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(one);
      return parseFloat(transitionDuration) > 0 || animationName !== "none" || scrollBehavior === "smooth";
    }).length + document.getAnimations().length`);
    expect(moving).toBe(0);
    expect(await axeViolations(frame)).toEqual([]);
    await workbench.page.emulateMedia({ reducedMotion: null });
  });
});
