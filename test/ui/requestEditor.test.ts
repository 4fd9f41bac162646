import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pictureFile } from "../support/scepWorkbench.js";
import { projectRoot, Workbench } from "../support/workbench.js";

describe("somebody who opens a certificate request in the text editor", () => {
  let folder: string;
  let workbench: Workbench;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "scep-workbench-csr-"));
    await copyFile(
      path.join(projectRoot, "test/corpus/requests/mkrequest/as-shipped.csr"),
      path.join(folder, "dev7.csr"),
    );
    workbench = await Workbench.open({
      folder,
      colorTheme: "Dark Modern",
      viewport: { width: 1180, height: 760 },
      settings: { "editor.minimap.enabled": false },
    });
    await workbench.runCommand("View: Show Explorer");
    await workbench.page.getByRole("treeitem", { name: "dev7.csr" }).dblclick();
  });

  afterAll(async () => {
    await workbench[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  it("sees above it what it is and how it stands, under it what NDES would refuse, and in a hover all of that in words", async () => {
    const { page } = workbench;
    await page.locator(".codelens-decoration", { hasText: "dev7 · RSA 1024 · ✗ 2 errors, ⚠ 1 warning" }).waitFor();
    await page.locator(".squiggly-error").first().waitFor();
    await workbench.runCommand("Problems: Focus on Problems View");
    const problems = page.locator(".markers-panel .monaco-list-row", { hasText: "csr." });
    await problems.nth(2).waitFor();
    expect(await problems.count()).toBe(3);
    await page
      .locator(".view-line")
      .nth(1)
      .hover({ position: { x: 60, y: 8 } });
    await page.locator(".monaco-hover", { hasText: "proof of possession" }).waitFor();
    await workbench.screenshot(pictureFile("csr-dark"));
  });
});
