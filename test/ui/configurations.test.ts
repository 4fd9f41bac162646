import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pictureFile } from "../support/scepWorkbench.js";
import { Workbench } from "../support/workbench.js";

const script = `#!/bin/sh
KEYBITS=1024
cat > request.cnf <<END
[ req ]
prompt = no
distinguished_name = req_distinguished_name
attributes = req_attributes
[ req_attributes ]
challengePassword = $2
[ req_distinguished_name ]
CN = $1
END
openssl genrsa -out local.key $KEYBITS
openssl req -new -key local.key -out local.csr -config request.cnf
`;

describe("somebody who edits a mkrequest script", () => {
  let folder: string;
  let workbench: Workbench;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "scep-workbench-conf-"));
    await writeFile(path.join(folder, "mkrequest"), script);
    workbench = await Workbench.open({
      folder,
      colorTheme: "Dark Modern",
      viewport: { width: 1060, height: 700 },
      settings: { "editor.minimap.enabled": false, "files.associations": { mkrequest: "shellscript" } },
    });
    await workbench.runCommand("View: Show Explorer");
    await workbench.page.getByRole("treeitem", { name: "mkrequest" }).dblclick();
    await workbench.page.locator(".monaco-editor .view-line", { hasText: "[ req ]" }).waitFor();
  });

  afterAll(async () => {
    await workbench[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  it("sees what NDES would refuse on the lines that say it", async () => {
    await workbench.page.locator(".squiggly-error").nth(1).waitFor();
    await workbench.runCommand("Problems: Focus on Problems View");
    const problems = workbench.page.locator(".markers-panel .monaco-list-row", { hasText: "opensslConf." });
    await problems.nth(1).waitFor();
    expect(await problems.count()).toBe(2);
    await workbench.page.locator(".view-line", { hasText: "[ req ]" }).getByText("[ req ]").hover();
    await workbench.page.locator(".monaco-hover", { hasText: "reports like a wrong password" }).waitFor();
    await workbench.screenshot(pictureFile("mkrequest-dark"));
  });

  it("mends it with a keystroke", async () => {
    // The hover of before stands over the lines.
    await workbench.page.keyboard.press("Escape");
    await workbench.page.mouse.move(600, 20);
    await workbench.page.locator(".monaco-hover").first().waitFor({ state: "hidden" });
    const menu = workbench.page.locator(".action-widget").getByText("Add string_mask = nombstr");
    // Right after the click VS Code may not have asked for fixes yet, and then says that there is none.
    for (let attempt = 1; (await menu.count()) === 0; attempt++) {
      if (attempt > 20) throw new Error("No quick fix is offered on the line.");
      await workbench.page.keyboard.press("Escape");
      await workbench.page.locator(".view-line", { hasText: "[ req ]" }).getByText("[ req ]").click();
      await workbench.page.keyboard.press("Control+.");
      await menu.waitFor({ timeout: 3000 }).catch(() => undefined);
    }
    await workbench.screenshot(pictureFile("mkrequest-quick-fix-dark"));
    await workbench.page.keyboard.press("Enter");
    await workbench.page.locator(".view-line", { hasText: /^string_mask\s=\snombstr$/ }).waitFor();
    await workbench.page.locator(".squiggly-error").nth(1).waitFor({ state: "detached" });
    expect(await workbench.page.locator(".squiggly-error").count()).toBe(1);
  });
});
