import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readPem } from "../../src/core/asn1/pem.js";
import { readRequest } from "../../src/core/pkcs10/request.js";
import { notifications, openWideSideBar, startResponderFromWelcome } from "../support/scepWorkbench.js";
import { Workbench } from "../support/workbench.js";

describe("New Certificate Request", () => {
  let folder: string;
  let workbench: Workbench;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "scep-workbench-ui-"));
    workbench = await Workbench.open({
      folder,
      viewport: { width: 1060, height: 900 },
      settings: { "scepWorkbench.responder.port": 0 },
    });
    await openWideSideBar(workbench, 420);
    await startResponderFromWelcome(workbench);
  });

  afterAll(async () => {
    await workbench[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  const atPage = (step: number, of: number): Promise<void> =>
    workbench.quickInput.getByText(`New Certificate Request (${step}/${of})`).waitFor();
  const row = (text: string) => workbench.quickInput.locator(".monaco-list-row").filter({ hasText: text }).first();
  const enter = (): Promise<void> => workbench.page.keyboard.press("Enter");

  it("says on its last page what is known of the request, and changes the string mask", async () => {
    await workbench.runCommand("SCEP: New Certificate Request…");
    for (let step = 1; step < 6; step++) {
      await atPage(step, 6);
      await enter();
    }
    await atPage(6, 6);
    await row("The challenge as PrintableString").waitFor();
    await workbench.screenshot("out/test-results/images/new-request.png");
    await row("String mask").click();
    await row("utf8only").click();
    await row("The challenge as UTF8String: NDES reads a PrintableString only").waitFor();
    await row("String mask").click();
    await row("MASK:0x2002").click();
    await row("The challenge as PrintableString").waitFor();
  });

  it("keeps what is rarely asked for on a page behind the last one, checks it, and leads back", async () => {
    const { quickInput } = workbench;
    await row("Certificate template").click();
    await workbench.answerQuickInput("1.3.6.1.4.1.311.21.8.1.2.3:100:4");
    await row("Certificate template").filter({ hasText: "1.3.6.1.4.1.311.21.8.1.2.3:100:4" }).waitFor();
    await row("More extensions and attributes…").click();
    await row("Client information").click();
    await workbench.answerQuickInput("DEV9");
    await quickInput.getByText("Client information is three texts with commas between them").waitFor();
    await workbench.answerQuickInput(String.raw`DEV9,LAB\ada,certreq.exe`);
    await row("Critical extensions").click();
    await row("subjectAltName").click();
    await enter();
    await row("Critical extensions").filter({ hasText: "keyUsage, subjectAltName" }).waitFor();
    await workbench.screenshot("out/test-results/images/new-request-more.png");
    await quickInput.getByRole("button", { name: "Back" }).click();
    await row("More extensions").filter({ hasText: "Critical extensions, Client information (Microsoft)" }).waitFor();
    await atPage(6, 6);
  });

  it("goes back with the answers kept", async () => {
    for (let step = 5; step >= 2; step--) {
      await workbench.quickInput.getByRole("button", { name: "Back" }).click();
      await atPage(step, 6);
    }
    await workbench.answerQuickInput("CN=dev9.example.com,O=Example");
    await atPage(3, 6);
    expect(await workbench.quickInput.locator("input").first().inputValue()).toBe("DNS:dev9.example.com");
    for (let step = 3; step < 6; step++) {
      await atPage(step, 6);
      await enter();
    }
    await atPage(6, 6);
  });

  it("saves the request with its key beside it, and enrols with both", async () => {
    await enter();
    const fileName = workbench.quickInput.locator("input").first();
    await expect.poll(() => fileName.inputValue()).toContain("dev9.example.com.csr");
    await enter();
    await workbench.page.locator(".tab").filter({ hasText: "dev9.example.com.csr" }).waitFor();
    const [block] = readPem(await readFile(path.join(folder, "dev9.example.com.csr"), "utf8"));
    const request = readRequest(block?.der ?? new Uint8Array());
    expect(request?.challengePassword?.stringType).toBe("PrintableString");
    expect(request?.attributes.map(({ oid }) => oid)).toContain("1.3.6.1.4.1.311.21.20");
    expect(request?.extensions.map(({ oid, critical }) => `${oid} ${critical}`)).toEqual([
      "2.5.29.15 true",
      "2.5.29.17 true",
      "1.3.6.1.4.1.311.21.7 false",
    ]);
    expect(await readFile(path.join(folder, "dev9.example.com.key"), "utf8")).toMatch(/^-----BEGIN PRIVATE KEY-----/);
    expect(await notifications(workbench)).toContain(
      "Request made: dev9.example.com.csr, and its key dev9.example.com.key, which only you can read.",
    );
    const made = workbench.page
      .locator(".notifications-center .notification-list-item")
      .filter({ hasText: "Request made" });
    await made.getByRole("button", { name: "Enroll with…" }).click();
    await workbench.quickInput.getByText("Enroll Certificate (1/2)").waitFor();
    await row("Local responder").click();
    await workbench.quickInput.getByText("Enroll Certificate (2/2)").waitFor();
    await enter();
    const entry = workbench.treeRow("Messages", "Enroll dev9.example.com → Local responder");
    await entry.filter({ hasText: "SUCCESS" }).waitFor();
    // While it is open the notification center takes Escape for itself.
    await workbench.runCommand("Notifications: Clear All Notifications");
  });

  it("lists what can be wrong on purpose, each with what the responder says to it", async () => {
    await workbench.runCommand("SCEP: New Certificate Request…");
    await row("Wrong on purpose…").click();
    await row("the challenge is a UTF8String").waitFor();
    await row("challenge-missing").filter({ hasText: "0x80096004" }).waitFor();
    await workbench.page.keyboard.press("Escape");
    await workbench.quickInput.waitFor({ state: "hidden" });
  });
});
