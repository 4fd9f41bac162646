import { rm } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeViolations, inspectFile, inspectorFrame, takeEditorPicture } from "../support/inspectorFrame.js";
import { type InspectorSamples, inspectorSamples } from "../support/inspectorSamples.js";
import { type ColorTheme, Workbench } from "../support/workbench.js";

const themes: readonly (readonly [ColorTheme, string])[] = [
  ["Light Modern", "light"],
  ["Dark Modern", "dark"],
  ["Default High Contrast", "hc-dark"],
  ["Default High Contrast Light", "hc-light"],
];

const kinds = ["success", "failure", "capture", "cut"] as const;

let samples: InspectorSamples;

beforeAll(async () => {
  samples = await inspectorSamples();
});

afterAll(() => rm(path.dirname(samples.folder), { recursive: true, force: true }));

describe.each(themes)("the inspector in the theme %s", (colorTheme, picture) => {
  let workbench: Workbench;

  beforeAll(async () => {
    workbench = await Workbench.open({ folder: samples.folder, colorTheme, viewport: { width: 1440, height: 940 } });
    await workbench.openSideBar("Explorer");
  });

  afterAll(() => workbench[Symbol.asyncDispose]());

  it.each(kinds)("shows a %s, in which axe finds nothing", async (kind) => {
    const inspector = await inspectFile(workbench, samples[kind]);
    await inspector.locator(".hex .cell.lit").first().waitFor();
    await takeEditorPicture(workbench, `inspector-${kind}-${picture}`);
    expect(await axeViolations(await inspectorFrame(workbench))).toEqual([]);
  });
});
