import { mkdir } from "node:fs/promises";
import path from "node:path";
import { errors } from "playwright-core";
import { projectRoot, type Workbench } from "./workbench.js";

/** The pages of *Enroll Certificate…* for a new request, the server's included. */
const wizardPages = 7;

/** Opens the extension's side bar, so wide that sentences have room. */
export async function openWideSideBar(workbench: Workbench, width: number): Promise<void> {
  const { page } = workbench;
  await workbench.openSideBar("SCEP");
  const sideBar = page.locator(".part.sidebar");
  const box = await sideBar.boundingBox();
  if (!box) throw new Error("There is no side bar.");
  const edge = box.x + box.width;
  await page.mouse.move(edge, 700);
  await page.mouse.down();
  await page.mouse.move(edge + width - box.width, 700, { steps: 4 });
  await page.mouse.up();
  await page.waitForFunction(`document.querySelector(".part.sidebar").clientWidth > ${width - 30}`);
}

/** Starts the local responder with the button of the empty view, and waits until it has been asked. */
export async function startResponderFromWelcome(workbench: Workbench): Promise<void> {
  const button = workbench.welcomeButton("Servers", "Start Local Responder");
  const server = workbench.treeRow("Servers", "Local responder");
  await button.waitFor();
  // VS Code draws the empty view anew while it starts, and a click can fall on a button that is being replaced.
  while (!(await server.isVisible())) {
    if (await button.isVisible()) await button.click();
    await server.waitFor({ timeout: 5000 }).catch((error: unknown) => {
      if (!(error instanceof errors.TimeoutError)) throw error;
    });
  }
  await workbench.treeRow("Messages", "GetCACert → Local responder").waitFor();
}

/** Presses Enter on the pages of *Enroll Certificate…* up to, and not on, the last one. */
export async function enterToLastPage(workbench: Workbench): Promise<void> {
  await workbench.runCommand("SCEP: Enroll Certificate…");
  for (let step = 1; step < wizardPages; step++) {
    await atPage(workbench, step);
    await workbench.page.keyboard.press("Enter");
  }
  await atPage(workbench, wizardPages);
}

/** Waits for a page of the wizard. */
export async function atPage(workbench: Workbench, step: number): Promise<void> {
  await workbench.quickInput.getByText(`Enroll Certificate (${step}/${wizardPages})`).waitFor();
}

/** The text of the notification center, opened for it: toasts are not shown where VS Code is driven by tests. */
export async function notifications(workbench: Workbench): Promise<string> {
  await workbench.runCommand("Notifications: Show Notifications");
  const center = workbench.page.locator(".notifications-center.visible");
  await center.waitFor();
  return (await center.locator(".notification-list-item").allInnerTexts()).join("\n");
}

/** Where a picture goes, from the project's root: into the documentation where that is to be renewed, else to the results of the run. */
export function pictureFile(name: string): string {
  const folder = process.env["SCEP_UPDATE_IMAGES"] === "1" ? "docs/images" : "out/test-results/images";
  return path.join(folder, `${name}.png`);
}

/**
 * Takes a picture of the side bar. It goes into docs/images/ when SCEP_UPDATE_IMAGES=1 asks for that, else into
 * out/test-results/, so that a run of the tests leaves the project as it was.
 *
 * @param name the file's, without `.png`
 */
export async function takePicture(workbench: Workbench, name: string): Promise<void> {
  const file = path.join(projectRoot, pictureFile(name));
  await mkdir(path.dirname(file), { recursive: true });
  const clip = await workbench.page.locator(".part.sidebar").boundingBox();
  if (!clip) throw new Error("There is no side bar.");
  // Away from the rows: what the mouse points at is drawn differently.
  await workbench.page.mouse.move(clip.x + clip.width + 60, clip.y + clip.height / 2);
  await workbench.page.locator(".monaco-hover").first().waitFor({ state: "hidden" });
  await workbench.page.screenshot({ path: file, clip, animations: "disabled", caret: "hide" });
}
