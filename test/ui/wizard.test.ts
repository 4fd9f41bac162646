import { createPrivateKey } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writePem } from "../../src/core/asn1/pem.js";
import { buildRequest } from "../../src/core/pkcs10/buildRequest.js";
import { parseDistinguishedName } from "../../src/core/x509/buildName.js";
import { nodeCrypto } from "../../src/node/nodeCrypto.js";
import { type LoopbackServer, serveSilence } from "../support/loopback.js";
import { atPage, openWideSideBar } from "../support/scepWorkbench.js";
import { Workbench } from "../support/workbench.js";

const passphrase = "correct horse battery staple";

describe("Enroll Certificate", () => {
  let folder: string;
  let workbench: Workbench;
  let silent: LoopbackServer;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "scep-workbench-ui-"));
    const key = await nodeCrypto.generateRsaKeyPair(2048);
    const subject = parseDistinguishedName("CN=given.example.com");
    const request = await buildRequest(nodeCrypto, { subject, spki: key.spki, key: key.pkcs8, digest: "SHA-256" });
    await writeFile(path.join(folder, "given.csr"), writePem("CERTIFICATE REQUEST", request));
    await writeFile(path.join(folder, "given.key"), writePem("PRIVATE KEY", key.pkcs8));
    const locked = await nodeCrypto.generateRsaKeyPair(2048);
    const other = parseDistinguishedName("CN=locked.example.com");
    const its = await buildRequest(nodeCrypto, {
      subject: other,
      spki: locked.spki,
      key: locked.pkcs8,
      digest: "SHA-256",
    });
    await writeFile(path.join(folder, "locked.csr"), writePem("CERTIFICATE REQUEST", its));
    const pem = createPrivateKey({ key: Buffer.from(locked.pkcs8), format: "der", type: "pkcs8" }).export({
      type: "pkcs8",
      format: "pem",
      cipher: "aes-256-cbc",
      passphrase,
    });
    await writeFile(path.join(folder, "locked.key"), pem);
    silent = await serveSilence();
    workbench = await Workbench.open({
      folder,
      viewport: { width: 1060, height: 900 },
      settings: {
        "scepWorkbench.responder.port": 0,
        "scepWorkbench.servers": [{ name: "silent", url: `http://127.0.0.1:${silent.port}/scep`, timeoutSeconds: 600 }],
      },
    });
    await openWideSideBar(workbench, 700);
    await workbench.treeRow("Servers", "silent").waitFor();
  });

  afterAll(async () => {
    await workbench[Symbol.asyncDispose]();
    await silent.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it("starts the local responder from its first page, and goes back with the answers kept", async () => {
    await workbench.runCommand("SCEP: Enroll Certificate…");
    await atPage(workbench, 1);
    await workbench.quickInput.locator(".monaco-list-row").filter({ hasText: "Start Local Responder" }).click();
    await atPage(workbench, 2);
    await workbench.page.keyboard.press("Enter");
    await atPage(workbench, 3);
    await workbench.answerQuickInput("CN=back.example.com");
    await atPage(workbench, 4);
    const input = workbench.quickInput.locator("input").first();
    expect(await input.inputValue()).toBe("DNS:back.example.com");
    await workbench.quickInput.getByRole("button", { name: "Back" }).click();
    await atPage(workbench, 3);
    expect(await input.inputValue()).toBe("CN=back.example.com");
    await workbench.fillQuickInput("CN=,");
    await workbench.quickInput
      .getByText(/character|empty|value/i)
      .first()
      .waitFor();
    await workbench.page.keyboard.press("Escape");
    await workbench.quickInput.waitFor({ state: "hidden" });
  });

  it("sends a request that is open in an editor, with the key of a file", async () => {
    await workbench.openFile("given.csr");
    await workbench.runCommand("SCEP: Enroll Certificate…");
    await atPage(workbench, 1);
    await workbench.quickInput.locator(".monaco-list-row").filter({ hasText: "Local responder" }).first().click();
    await atPage(workbench, 2);
    await workbench.quickInput.locator(".monaco-list-row").filter({ hasText: "given.csr" }).click();
    await workbench.quickInput.getByText("Enroll Certificate (3/4)").waitFor();
    // The key beside the request is offered first; another file can be chosen all the same.
    await workbench.quickInput.locator(".monaco-list-row").first().filter({ hasText: "given.key" }).waitFor();
    await workbench.pickQuickInput("Choose the key of this request…");
    await workbench.quickInput.getByText("Private key (PEM or DER, with or without a passphrase)").waitFor();
    await workbench.pickQuickInput("given.key");
    await workbench.quickInput.getByText("Enroll Certificate (4/4)").waitFor();
    await workbench.page.keyboard.press("Enter");
    const entry = workbench.treeRow("Messages", "Enroll given.example.com → Local responder");
    await entry.filter({ hasText: "FAILURE" }).waitFor();
    const why = workbench.treeRow("Messages", "Why");
    await why.waitFor();
    expect(await why.innerText()).toMatch(/no challenge|without a challenge|challenge.*missing/i);
  });

  it("offers the key beside a request that needs a passphrase, and asks for it when that is chosen", async () => {
    await workbench.openFile("locked.csr");
    await workbench.page.locator(".codelens-decoration a").filter({ hasText: "Enroll with…" }).click();
    const rows = workbench.quickInput.locator(".monaco-list-row");
    await rows.filter({ hasText: "Local responder" }).first().click();
    await rows.first().filter({ hasText: "locked.key" }).waitFor();
    await workbench.pickQuickInput("locked.key");
    const prompt = workbench.quickInput.getByText("The passphrase of locked.key. It is used once and not kept.");
    await prompt.waitFor();
    await workbench.answerQuickInput("wrong");
    await workbench.quickInput.getByText("This passphrase does not open locked.key. Type it again.").waitFor();
    await workbench.quickInput.getByRole("button", { name: "Back" }).click();
    await workbench.pickQuickInput("locked.key");
    await prompt.waitFor();
    await workbench.answerQuickInput(passphrase);
    await workbench.quickInput.getByText("Enroll CN=locked.example.com").waitFor();
    await workbench.page.keyboard.press("Enter");
    await workbench.treeRow("Messages", "Enroll locked.example.com → Local responder").waitFor();
    expect(await workbench.logs()).not.toContain(passphrase);
  });

  it("can be cancelled while a server keeps silent", async () => {
    await workbench.runCommand("SCEP: Get CA Capabilities");
    await workbench.quickInput.locator(".monaco-list-row").filter({ hasText: "silent" }).click();
    await workbench.runCommand("Notifications: Show Notifications");
    const progress = workbench.page
      .locator(".notifications-center .notification-list-item")
      .filter({ hasText: "Get CA Capabilities: silent" });
    await progress.hover();
    await progress.getByRole("button", { name: "Cancel" }).click();
    const entry = workbench.treeRow("Messages", "GetCACaps → silent");
    await entry.waitFor();
    expect(await entry.getAttribute("aria-label")).toMatch(/error$/);
  });

  it("is offered on the row of a server, with that server chosen", async () => {
    const row = workbench.treeRow("Servers", "Local responder");
    await workbench.chooseFromContextMenu(row, "Enroll Certificate…");
    await workbench.quickInput.getByText("Enroll Certificate (1/6)").waitFor();
    await workbench.quickInput.getByText("New request").waitFor();
    await workbench.page.keyboard.press("Escape");
  });

  it("no longer offers a server that was removed, which is asked about first", async () => {
    const row = workbench.treeRow("Servers", "silent");
    await workbench.chooseFromContextMenu(row, "Remove Server");
    const dialog = workbench.page.getByRole("dialog");
    await dialog.getByText('Remove the server "silent" from the settings?').waitFor();
    await dialog.getByRole("button", { name: "Remove" }).click();
    await row.waitFor({ state: "hidden" });
  });
});
