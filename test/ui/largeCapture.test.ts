import { existsSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, readFile, rm, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chooseForFile, chooseInspect, inspectorPage } from "../support/inspectorFrame.js";
import { writeLargeCapture } from "../support/largeCapture.js";
import { pictureFile } from "../support/scepWorkbench.js";
import { enrolments } from "../support/scepTraffic.js";
import { projectRoot, Workbench } from "../support/workbench.js";

/** The size of the capture; `SCEP_CAPTURE_MEGABYTES=1024` reads a gigabyte, by hand. */
const megabytes = Number(process.env["SCEP_CAPTURE_MEGABYTES"] ?? 128);

/** As many as there are in the capture of the bench, for its size. */
const exchanges = Math.round((megabytes * 20_000) / 1024);

/** What the probe beside our extension tells (test/ui/hostProbe). */
interface HostPauses {
  /** How often the host's thread had its turn, and how often it should have had. */
  readonly heartbeats: number;
  readonly due: number;
  /** The longest time without a turn: also for others who had the processor. */
  readonly longestPauseMs: number;
  /** The most processor time between two heartbeats: what the thread itself did meanwhile. Absent where the system does not tell. */
  readonly longestWorkMs?: number;
  /** The part of the host's processor time that its own thread took; absent likewise. */
  readonly shareOfProcessor?: number;
  /** Threads that were started, and those of them that have not ended. */
  readonly threads: number;
  readonly running: number;
}

describe("somebody who opens a capture that does not fit into memory", () => {
  let home: string;
  let workbench: Workbench;
  const results = (): string => path.join(home, "pauses.json");

  beforeAll(async () => {
    home = await mkdtemp(path.join(tmpdir(), "scep-workbench-large-"));
    const folder = path.join(home, "captures");
    await mkdir(folder);
    await writeLargeCapture(path.join(folder, "large.pcapng"), {
      size: megabytes * 1024 * 1024,
      exchanges,
      enrolments: await enrolments(20),
    });
    // The same with nothing behind it that takes room on the disk.
    await copyFile(path.join(folder, "large.pcapng"), path.join(folder, "huge.pcapng"));
    await truncate(path.join(folder, "huge.pcapng"), 256 * 1024 * 1024 + 1);
    workbench = await Workbench.open({
      folder,
      installedExtensions: [path.join(projectRoot, "test/ui/hostProbe")],
      env: { SCEP_PROBE_RESULTS: results() },
    });
    await workbench.openSideBar("Explorer");
  });

  afterAll(async () => {
    await workbench[Symbol.asyncDispose]();
    await rm(home, { recursive: true, force: true });
  });

  const reading = () =>
    workbench.page
      .locator(".notifications-center .notification-list-item")
      .filter({ hasText: "Reading large.pcapng" })
      .first();

  /** Has the capture inspected, with the notifications in sight, where its progress is told. */
  async function inspect(): Promise<void> {
    await workbench.runCommand("Notifications: Show Notifications");
    await workbench.runCommand("Host Probe: Begin");
    await chooseInspect(workbench, "large.pcapng");
    await expect.poll(() => reading().textContent()).toMatch(/[\d,]+ packets, [\d,]+ exchanges/);
  }

  async function pausesUntilNow(): Promise<HostPauses> {
    await rm(results(), { force: true });
    await workbench.runCommand("Host Probe: End");
    await expect.poll(() => existsSync(results())).toBe(true);
    return JSON.parse(await readFile(results(), "utf8")) as HostPauses;
  }

  it("sees how far it is, and VS Code goes on while another thread reads", async () => {
    await inspect();
    await reading().waitFor({ state: "detached", timeout: 170_000 });
    // The inspector that opens now takes the focus, and would close what asks for a command.
    await workbench.page.locator(".tab.active").filter({ hasText: "large.pcapng" }).waitFor();
    await inspectorPage(workbench).locator(".details-label").waitFor();
    const pauses = await pausesUntilNow();
    const { heartbeats, due, longestPauseMs, longestWorkMs, shareOfProcessor, threads } = pauses;
    console.log(
      `  while ${megabytes} MB were read, the host's thread worked ${longestWorkMs?.toFixed(0) ?? "?"} ms at a time at most; ` +
        `its longest pause on this machine was ${longestPauseMs.toFixed(0)} ms`,
    );
    // Whatever else the machine has to do: the work was done in another thread, and this one had its turns.
    expect(threads).toBeGreaterThanOrEqual(1);
    expect(heartbeats).toBeGreaterThan(due / 4);
    if (shareOfProcessor !== undefined) expect(shareOfProcessor).toBeLessThan(0.4);
    await workbench.openSideBar("SCEP");
    await workbench.treeRow("Messages", "large.pcapng").waitFor();
  });

  it("may open it as an editor all the same, which says why not, and offers to read it as Inspect does", async () => {
    await workbench.runCommand("View: Close All Editors");
    await workbench.openSideBar("Explorer");
    await chooseForFile(workbench, "huge.pcapng", "Open With...");
    await workbench.pickQuickInput("SCEP Inspector");
    const page = inspectorPage(workbench);
    await page.getByText("huge.pcapng is a capture of more than 256 MB").waitFor();
    await workbench.screenshot(pictureFile("large-capture-refused"));
    await page.getByRole("link", { name: "Inspect", exact: true }).click();
    await inspectorPage(workbench).locator(".details-label").waitFor({ timeout: 170_000 });
    await workbench.openSideBar("SCEP");
    await workbench.treeRow("Messages", "huge.pcapng").waitFor();
  });

  it("cancels it, and what was found until then stays", async () => {
    await workbench.runCommand("SCEP: Clear Messages");
    await workbench.openSideBar("Explorer");
    await inspect();
    await reading().hover();
    await reading().getByRole("button", { name: "Cancel" }).click();
    await reading().waitFor({ state: "detached" });
    await workbench.openSideBar("SCEP");
    await workbench.treeRow("Messages", /^large\.pcapng#\d+$/).waitFor();
    expect(await workbench.treeRow("Messages", "large.pcapng").count()).toBe(0);
    const { threads, running } = await pausesUntilNow();
    expect({ threads, running }).toEqual({ threads: 1, running: 0 });
  });
});
