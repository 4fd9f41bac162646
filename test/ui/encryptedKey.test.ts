import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OpensslFolder } from "../support/opensslProgram.js";
import { notifications, pictureFile } from "../support/scepWorkbench.js";
import { Workbench } from "../support/workbench.js";

const passphrase = "correct horse";

describe("somebody who mends a request whose key is encrypted", () => {
  let openssl: OpensslFolder;
  let workbench: Workbench;

  beforeAll(async () => {
    openssl = new OpensslFolder();
    openssl.run("genrsa", "-aes256", "-passout", `pass:${passphrase}`, "-out", "dev7.key", "2048");
    const request = ["req", "-new", "-sha1", "-key", "dev7.key", "-passin", `pass:${passphrase}`];
    openssl.run(...request, "-subj", "/CN=dev7.example.com", "-out", "dev7.csr");
    workbench = await Workbench.open({
      folder: openssl.path,
      viewport: { width: 1180, height: 760 },
      settings: { "editor.minimap.enabled": false },
    });
    await workbench.runCommand("View: Show Explorer");
    await workbench.page.getByRole("treeitem", { name: "dev7.csr" }).dblclick();
  });

  afterAll(async () => {
    await workbench[Symbol.asyncDispose]();
    openssl.remove();
  });

  /** Chooses a quick fix in the first line of the request; its finding stands further down. */
  async function chooseFix(title: string): Promise<void> {
    const { page } = workbench;
    await page.locator(".squiggly-warning").nth(1).waitFor();
    const action = page.locator(".action-widget").getByText(title);
    // Right after the click VS Code may not have asked for fixes yet, and then says that there is none.
    for (let attempt = 1; (await action.count()) === 0; attempt++) {
      if (attempt > 10) throw new Error("No quick fix is offered on the line.");
      await page.keyboard.press("Escape");
      await page.locator(".view-line", { hasText: "BEGIN CERTIFICATE REQUEST" }).click();
      await page.keyboard.press("Control+.");
      await action.waitFor({ timeout: 3000 }).catch(() => undefined);
    }
    await action.click();
  }

  const passphraseBox = () => workbench.quickInput.locator("input").first();

  it("is asked for the passphrase, told that a wrong one does not open the key, and may type it again", async () => {
    await chooseFix("Sign with SHA-256");
    await workbench.quickInput.getByText("The passphrase of dev7.key, the request's key.").waitFor();
    expect(await passphraseBox().getAttribute("type")).toBe("password");
    await workbench.answerQuickInput("wrong horse");
    await workbench.quickInput.getByText("This passphrase does not open dev7.key. Type it again.").waitFor();
    await workbench.screenshot(pictureFile("passphrase-wrong"));
    await workbench.answerQuickInput(passphrase);
    await workbench.quickInput.waitFor({ state: "hidden" });
    expect(await notifications(workbench)).toContain(
      "The request was signed again with dev7.key. Undo brings the request back as it was.",
    );
    await workbench.screenshot(pictureFile("passphrase-keep"));
    const center = workbench.page.locator(".notifications-center .notification-list-item");
    await center.first().hover();
    await center.getByRole("button", { name: "Keep Passphrase" }).click();
  });

  it("is not asked again when the passphrase is kept", async () => {
    const { page } = workbench;
    await page.locator(".view-line", { hasText: "BEGIN CERTIFICATE REQUEST" }).click();
    await page.keyboard.press("Control+z");
    await chooseFix("Sign with SHA-256");
    await page.locator(".squiggly-warning").nth(1).waitFor({ state: "detached" });
    expect(await workbench.quickInput.isVisible()).toBe(false);
    await workbench.runCommand("File: Save");
    const text = (): string => openssl.try("req", "-in", "dev7.csr", "-verify", "-noout", "-text").output;
    await expect.poll(text).toContain("Signature Algorithm: sha256WithRSAEncryption");
    expect(text()).toContain("verify OK");
    expect(workbench.serverOutput()).not.toContain(passphrase);
  });
});
