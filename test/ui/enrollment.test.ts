import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  atPage,
  enterToLastPage,
  notifications,
  openWideSideBar,
  startResponderFromWelcome,
  takePicture,
} from "../support/scepWorkbench.js";
import { type ColorTheme, type TreeRow, Workbench } from "../support/workbench.js";

const themes: readonly (readonly [ColorTheme, string])[] = [
  ["Light Modern", "light"],
  ["Dark Modern", "dark"],
];

describe.each(themes)("somebody without a server, in the theme %s,", (colorTheme, picture) => {
  let folder: string;
  let workbench: Workbench;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "scep-workbench-ui-"));
    workbench = await Workbench.open({
      folder,
      colorTheme,
      viewport: { width: 1060, height: 900 },
      settings: { "scepWorkbench.responder.port": 0 },
    });
    await openWideSideBar(workbench, 760);
  });

  afterAll(async () => {
    await workbench[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  it("is offered a first server and a first file", async () => {
    await workbench.welcomeButton("Servers", "Add Server").waitFor();
    await workbench.welcomeButton("Servers", "Start Local Responder").waitFor();
    await workbench.welcomeButton("Messages", "Decode File").waitFor();
  });

  it("sees the local responder with its certificates by role", async () => {
    await startResponderFromWelcome(workbench);
    await expect
      .poll(async () => labelled(await workbench.treeRows("Servers")))
      .toEqual([
        "Local responder: running · NDES 2022",
        "Capabilities: POST · SHA-512 SHA-256 SHA-1 · DES3",
        "Certificates: 4",
        "RA signing: NDES01-MSCEP-RA · 364 d",
        "RA encryption: NDES01-MSCEP-RA · 364 d",
        "Issuing CA: Lab Issuing CA · 4 y",
        "Root CA: Lab Root CA · 9 y",
        "Challenge: one-time password, 5 of 5 free",
      ]);
  });

  it("enrols by pressing Enter all the way through", async () => {
    await enterToLastPage(workbench);
    const checks = workbench.quickInput.locator(".monaco-list-row");
    await checks.filter({ hasText: "The challenge as PrintableString" }).waitFor();
    await workbench.page.keyboard.press("Enter");

    const entry = workbench.treeRow("Messages", "Enroll dev1.example.com → Local responder");
    await entry.filter({ hasText: "SUCCESS" }).waitFor();
    await workbench.treeRow("Messages", "pkiStatus").waitFor();
    const rows = await workbench.treeRows("Messages");
    expect(rows[0]?.description).toMatch(/^SUCCESS · until \d{4}-\d\d-\d\d · \d\d:\d\d:\d\d$/);
    expect(rows[1]?.label).toMatch(/^Issued: CN=dev1\.example\.com, serial /);
    expect(labelled(rows)).toContain("pkiStatus: 0 SUCCESS");
    expect(rows.find(({ label }) => label === "pkiStatus")?.spoken).toBe("pkiStatus, 0 SUCCESS, passed");
    await takePicture(workbench, `messages-success-${picture}`);

    const told = await notifications(workbench);
    expect(told).toMatch(/Issued: CN=dev1\.example\.com, serial .*until/);
    expect(told).toMatch(/Save Certificate\s*Show/);
    await workbench.runCommand("Notifications: Clear All Notifications");
  });

  it("sees why a challenge in a UTF8String is refused", async () => {
    await enterToLastPage(workbench);
    await workbench.pickQuickInput("Challenge encoded as");
    await workbench.pickQuickInput("UTF8String");
    await atPage(workbench, 7);
    const checks = workbench.quickInput.locator(".monaco-list-row");
    await checks.filter({ hasText: "The challenge as UTF8String: NDES reads a PrintableString only" }).waitFor();
    await workbench.page.keyboard.press("Enter");

    const entry = workbench.treeRow("Messages", "Enroll dev1.example.com → Local responder");
    await entry.filter({ hasText: "FAILURE badRequest · 0x80070490" }).waitFor();
    await workbench.treeRow("Messages", "failInfo").waitFor();
    const rows = await workbench.treeRows("Messages");
    expect(rows[1]?.label).toBe("Why");
    expect(rows[1]?.description).toMatch(/^the challenge is a UTF8String/);
    expect(rows[2]?.spoken).toMatch(/^What to do: Send the challenge as a PrintableString/);
    expect(labelled(rows)).toContain("pkiStatus: 2 FAILURE");
    expect(rows.find(({ label }) => label === "failInfo")?.spoken).toMatch(/^failInfo, 2 badRequest.*, error$/);
    expect(rows.find(({ label }) => label === "NDES error")?.description).toMatch(/^0x80070490 ERROR_NOT_FOUND/);
    await takePicture(workbench, `messages-failure-${picture}`);

    const told = await notifications(workbench);
    expect(told).toMatch(/because the challenge is a UTF8String/);
    expect(told).toMatch(/Show Details/);
    await workbench.runCommand("Notifications: Clear All Notifications");
  });

  it("finds the challenge masked on the row that is to blame", async () => {
    await workbench.expandTreeRow("Messages", "↑ PKCSReq");
    await workbench.expandTreeRow("Messages", "request");
    const row = workbench.treeRow("Messages", "challengePassword");
    await row.waitFor();
    expect(await row.getAttribute("aria-label")).toMatch(/^challengePassword, UTF8String\s+•••, error$/);

    await workbench.chooseFromContextMenu(row, "Reveal Secret");
    const dialog = workbench.page.getByRole("dialog");
    await dialog.getByText(/^[0-9A-F]{16}$/).waitFor();
    await workbench.page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
  });
});

function labelled(rows: readonly TreeRow[]): readonly string[] {
  return rows.map(({ label, description }) => `${label}: ${description}`);
}
