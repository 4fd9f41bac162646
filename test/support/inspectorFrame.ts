import { createRequire } from "node:module";
import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { Frame, FrameLocator } from "playwright-core";
import { projectRoot, type Workbench } from "./workbench.js";

/** The page of the inspector that is seen: a frame in a frame of VS Code. */
export function inspectorPage(workbench: Workbench): FrameLocator {
  return workbench.page.frameLocator("iframe.webview.ready:visible").frameLocator("#active-frame");
}

/** Chooses *Inspect* for a file of the explorer, as a person does. */
export function chooseInspect(workbench: Workbench, name: string): Promise<void> {
  return chooseForFile(workbench, name, "Inspect");
}

/** Chooses an entry of the menu of a file in the explorer, as a person does. */
export async function chooseForFile(workbench: Workbench, name: string, title: string): Promise<void> {
  const row = workbench.page.locator(".explorer-folders-view .monaco-list-row").filter({ hasText: name });
  await workbench.chooseFromContextMenu(row, title);
}

/**
 * Opens a file of the explorer in the inspector, as a person does, and waits until something is selected in it. What was chosen
 * and does not come up in a starting VS Code is closed and chosen again, as a person would.
 */
export async function inspectFile(workbench: Workbench, name: string): Promise<FrameLocator> {
  const inspector = inspectorPage(workbench);
  const tab = workbench.page.locator(".tab.active").filter({ hasText: name });
  for (let attempt = 1; ; attempt++) {
    await chooseInspect(workbench, name);
    try {
      await tab.waitFor();
      await inspector.locator(".details-label").waitFor();
      return inspector;
    } catch (error) {
      if (attempt === 3) throw error;
      await workbench.runCommand("View: Close Editor");
    }
  }
}

/** The frame behind the inspector that is seen, for scripts in it. */
export async function inspectorFrame(workbench: Workbench): Promise<Frame> {
  const outer = await workbench.page.locator("iframe.webview.ready:visible").elementHandle();
  const inner = await (await outer?.contentFrame())?.locator("#active-frame").elementHandle();
  const frame = await inner?.contentFrame();
  if (!frame) throw new Error("There is no inspector.");
  return frame;
}

/** What axe finds against a page, each as a line: rule, impact, and the elements concerned. */
export async function axeViolations(frame: Frame): Promise<string[]> {
  const script = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  await frame.evaluate(script);
  const violations = await frame.evaluate(
    `axe.run(document).then(({ violations }) => violations.map(({ id, impact, help, nodes }) =>
      id + " (" + impact + "): " + help + " — " + nodes.slice(0, 5).map(({ target, failureSummary }) => target + ": " + failureSummary).join("; ")))`,
  );
  return violations as string[];
}

/**
 * Takes a picture of the editor. It goes into docs/images/ when SCEP_UPDATE_IMAGES=1 asks for that, else into
 * out/test-results/.
 *
 * @param name the file's, without `.png`
 */
export async function takeEditorPicture(workbench: Workbench, name: string): Promise<void> {
  const folder = process.env["SCEP_UPDATE_IMAGES"] === "1" ? "docs/images" : "out/test-results/images";
  const file = path.join(projectRoot, folder, `${name}.png`);
  await mkdir(path.dirname(file), { recursive: true });
  const clip = await workbench.page.locator(".part.editor").boundingBox();
  if (!clip) throw new Error("There is no editor.");
  await workbench.page.mouse.move(clip.x + 30, clip.y - 12);
  await workbench.page.screenshot({ path: file, clip, animations: "disabled", caret: "hide" });
}
