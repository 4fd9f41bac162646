import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { projectRoot, Workbench } from "../support/workbench.js";

describe("a workspace that is not trusted", () => {
  let folder: string;
  let workbench: Workbench;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "scep-workbench-ui-"));
    for (const name of ["certificate.pem", "other.pem"]) {
      await cp(path.join(projectRoot, "test/host/support/certificate.pem"), path.join(folder, name));
    }
    await mkdir(path.join(folder, ".vscode"));
    // A server that came with the workspace, which nobody has looked at.
    const servers = [{ name: "from the workspace", url: "http://127.0.0.1:9/scep" }];
    const settings = JSON.stringify({ "scepWorkbench.servers": servers });
    await writeFile(path.join(folder, ".vscode/settings.json"), settings);
    workbench = await Workbench.open({
      folder,
      workspaceTrust: true,
      settings: { "security.workspace.trust.startupPrompt": "never", "security.workspace.trust.banner": "never" },
    });
    await workbench.openSideBar("SCEP");
  });

  afterAll(async () => {
    await workbench[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  it("brings no servers, and says how it comes to be trusted", async () => {
    await workbench.welcomeButton("Servers", "Manage Workspace Trust").waitFor();
    expect(await workbench.treeRows("Servers")).toEqual([]);
  });

  it("has commands that decode and none that talk to a network", async () => {
    const titles = await workbench.commandTitles("SCEP: ");
    expect(titles).toContain("SCEP: Decode File…");
    expect(titles).toContain("SCEP: Decode Clipboard");
    for (const title of [
      "Enroll Certificate…",
      "Get CA Capabilities",
      "Get CA Certificates",
      "Add Server…",
      "Start Local Responder",
    ]) {
      expect(titles).not.toContain(`SCEP: ${title}`);
    }
  });

  it("lets its files be decoded from the explorer, and opens Messages at each of them", async () => {
    for (const name of ["certificate.pem", "other.pem"]) {
      await workbench.openSideBar("Explorer");
      const file = workbench.page.locator(".explorer-folders-view [role=treeitem]").filter({ hasText: name });
      await workbench.chooseFromContextMenu(file, "Decode with SCEP Workbench");
      await workbench.treeRow("Messages", name).waitFor();
      await expect
        .poll(async () => (await workbench.treeRows("Messages"))[0])
        .toMatchObject({ label: name, expanded: true });
      const [entry, sentence] = await workbench.treeRows("Messages");
      expect(entry?.description).toMatch(/dev7\.example\.com/);
      expect(sentence).toMatchObject({ level: 2, label: expect.stringMatching(/valid until/) as string });
    }
  });
});
