import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inspectorPage } from "../support/inspectorFrame.js";
import { hasOpenssl, OpensslFolder } from "../support/opensslProgram.js";
import { Workbench } from "../support/workbench.js";

const passphrase = "correct horse battery staple";
const password = "a password of an envelope";
/** What an entry of *Messages* says of an envelope that is open. */
const opened = /AES-128-CBC · opened/;

const mistyped = "correct horse battery stable";

describe.skipIf(!hasOpenssl)("what is closed (needs openssl)", () => {
  const openssl = new OpensslFolder();
  let workbench: Workbench;

  beforeAll(async () => {
    openssl.write("content", "hello");
    const files = ["-keyout", "own.key", "-out", "own.pem"];
    const made = ["req", "-x509", "-newkey", "rsa:2048", "-days", "9", "-subj", "/CN=own", "-passout"];
    openssl.run(...made, `pass:${passphrase}`, ...files);
    openssl.run("cms", "-encrypt", "-aes128", "-in", "content", "-outform", "DER", "-out", "key.der", "own.pem");
    const withPassword = ["cms", "-encrypt", "-aes128", "-pwri_password", password, "-in", "content"];
    openssl.run(...withPassword, "-outform", "DER", "-out", "password.der");
    const folder = path.join(openssl.path, "workspace");
    await mkdir(folder);
    for (const name of ["key.der", "password.der"]) await writeFile(path.join(folder, name), openssl.read(name));
    workbench = await Workbench.open({ folder, viewport: { width: 1440, height: 940 } });
  });

  afterAll(async () => {
    await workbench[Symbol.asyncDispose]();
    openssl.remove();
  });

  const prompt = () => workbench.quickInput.locator(".quick-input-message");
  const entry = (file: string) => workbench.treeRow("Messages", file);

  /** Decodes a file of the explorer, and begins to open its entry of *Messages*. */
  async function begin(file: string, how: string): Promise<void> {
    await workbench.openSideBar("Explorer");
    const row = workbench.page.locator(".explorer-folders-view .monaco-list-row").filter({ hasText: file });
    await workbench.chooseFromContextMenu(row, "Decode with SCEP Workbench");
    await workbench.openSideBar("SCEP");
    await entry(file).waitFor();
    await workbench.chooseFromContextMenu(entry(file), "Open with Key…");
    await workbench.pickQuickInput(how);
  }

  /** Chooses a file in the dialog, which puts its own proposal over what is typed before it has listed a folder. */
  async function chooseFile(file: string): Promise<void> {
    const row = workbench.quickInput.locator(".monaco-list-row").filter({ hasText: path.basename(file) });
    for (let attempt = 1; ; attempt++) {
      await workbench.fillQuickInput(file);
      try {
        await row.first().click({ timeout: 5000 });
        return;
      } catch (error) {
        if (attempt === 5) throw error;
      }
    }
  }

  it("opens with a key file and its passphrase, which is asked for again where it is wrong", async () => {
    await begin("key.der", "Key File…");
    await chooseFile(path.join(openssl.path, "own.key"));
    await prompt().filter({ hasText: "The passphrase of own.key" }).waitFor();
    expect(await workbench.quickInput.locator("input.input").first().getAttribute("type")).toBe("password");
    await workbench.answerQuickInput(mistyped);
    await prompt().filter({ hasText: "This passphrase does not open own.key. Type it again." }).waitFor();
    await workbench.answerQuickInput(passphrase);
    await entry("key.der").filter({ hasText: opened }).waitFor();
  });

  it("is shown as text from its inspector", async () => {
    await workbench.chooseFromContextMenu(entry("key.der"), "Inspect");
    const inspector = inspectorPage(workbench);
    await inspector.locator(".head").getByRole("button", { name: "Open as Text", exact: true }).click();
    const text = workbench.page.locator(".editor-instance .view-lines");
    await text.filter({ hasText: "EnvelopedData" }).waitFor();
    await expect.poll(() => text.innerText()).toMatch(/decrypted.+with.own\.key/);
  });

  it("opens with a password, which is asked for again where it is wrong", async () => {
    await workbench.runCommand("SCEP: Clear Messages");
    await begin("password.der", "Password…");
    await prompt().filter({ hasText: "The password that the message is encrypted with" }).waitFor();
    await workbench.answerQuickInput(mistyped);
    await prompt()
      .filter({ hasText: /^This password opens nothing in .*\. Type another one\./ })
      .waitFor();
    await workbench.answerQuickInput(password);
    await entry("password.der").filter({ hasText: opened }).waitFor();
  });

  it("stays closed where the person gives up", async () => {
    await workbench.runCommand("SCEP: Clear Messages");
    await begin("password.der", "Password…");
    await workbench.answerQuickInput(mistyped);
    await prompt().filter({ hasText: "This password opens nothing" }).waitFor();
    await workbench.page.keyboard.press("Escape");
    await workbench.quickInput.waitFor({ state: "hidden" });
    await entry("password.der").waitFor();
    expect(await entry("password.der").innerText()).not.toMatch(opened);
  });

  it("leaves nothing of what was typed in a log", async () => {
    const logs = await workbench.logs();
    expect(logs.length).toBeGreaterThan(1000);
    for (const typed of [passphrase, password, mistyped]) expect(logs).not.toContain(typed);
  });
});
