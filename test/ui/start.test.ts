import { type ChildProcess, spawn } from "node:child_process";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { chromium } from "playwright-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findChromium } from "../../scripts/chromium.mjs";
import { endGroup, ended } from "../../scripts/processes.mjs";
import { projectRoot } from "../support/workbench.js";

/** `npm start`, in a process group of its own as a terminal makes one, and what it has printed. */
class Start {
  readonly process: ChildProcess;
  output = "";

  constructor(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    this.process = spawn("npm", ["start", "--silent", "--", ...args], {
      cwd: projectRoot,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...env },
    });
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream?.on("data", (chunk: Buffer) => {
        this.output += chunk.toString();
      });
    }
  }

  /** Waits until the output matches. @throws {Error} with the output, when npm ends before */
  async waitFor(pattern: RegExp): Promise<string> {
    for (;;) {
      const found = pattern.exec(this.output);
      if (found) {
        return found[1] ?? found[0];
      }
      if (this.process.exitCode !== null) {
        throw new Error(`npm start ended with status ${this.process.exitCode}:\n${this.output}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Presses Ctrl-C: the terminal tells every process of the group. */
  async pressCtrlC(): Promise<void> {
    process.kill(-(this.process.pid ?? 0), "SIGINT");
    await ended(this.process);
  }

  /** Tells npm alone, as a program does that has started it. */
  async tellNpm(): Promise<void> {
    this.process.kill("SIGINT");
    await ended(this.process);
  }
}

/** Whether something answers at an address. */
async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}

describe.skipIf(process.platform !== "linux")("npm start (Linux only)", () => {
  let home: string;
  let start: Start | undefined;
  beforeEach(async () => {
    home = await mkdtemp(path.join(tmpdir(), "scep-workbench-start-"));
  });
  afterEach(async () => {
    if (start !== undefined) {
      await endGroup(start.process);
    }
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  });

  it("serves VS Code in the browser with the extension, and Ctrl-C ends everything", async () => {
    start = new Start(["--browser", "--port", "0", "--home", home]);
    const responder = await start.waitFor(/Local responder: (\S+)/);
    expect(new URL(responder).port).not.toBe("8080");
    const address = await start.waitFor(/open this address: (\S+)/);
    await start.waitFor(/Ctrl-C ends everything/);
    const capabilities = await fetch(`${responder}?operation=GetCACaps`);
    expect(await capabilities.text()).toContain("POSTPKIOperation");

    const browser = await chromium.launch({ executablePath: (await findChromium()) ?? "", args: ["--no-sandbox"] });
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      page.setDefaultTimeout(60_000);
      await page.goto(address);
      await page.locator(".activitybar").getByRole("tab", { name: "SCEP" }).click();
      await page.getByRole("treeitem", { name: /Local responder/ }).waitFor();
      expect(await page.getByText("Do you trust the authors").count()).toBe(0);
    } finally {
      await browser.close();
    }

    await start.pressCtrlC();
    expect(start.process.exitCode).toBe(0);
    expect(await answers(address)).toBe(false);
    expect(await answers(responder)).toBe(false);
  });

  it("opens the desktop's VS Code where there is one, and ends it", async () => {
    // The layout of the Linux packages: a script in bin/, the program beside that folder.
    const [program, command] = [path.join(home, "program/code"), path.join(home, "program/bin/code")];
    const seen = path.join(home, "arguments");
    await mkdir(path.dirname(command), { recursive: true });
    await writeFile(command, "#!/bin/sh\nexit 1\n");
    await writeFile(
      program,
      `#!/bin/sh\necho "$$" "$@" > "${seen}.new" && mv "${seen}.new" "${seen}"\nexec sleep 600\n`,
    );
    await Promise.all([chmod(command, 0o755), chmod(program, 0o755)]);

    start = new Start(["--port", "0", "--home", home], {
      PATH: `${path.dirname(command)}:${process.env["PATH"] ?? ""}`,
      DISPLAY: ":99",
    });
    expect(await start.waitFor(/VS Code: (\S+)/)).toBe(program);
    let text = "";
    while (text === "") {
      text = await readFile(seen, "utf8").catch(() => "");
    }
    const [pid, ...args] = text.trim().split(" ");
    expect(args).toContain(`--extensionDevelopmentPath=${projectRoot}`);
    expect(args).toContain("--disable-workspace-trust");
    expect(args.at(-1)).toBe(path.join(home, "sample-workspace"));

    await start.tellNpm();
    expect(() => process.kill(Number(pid), 0)).toThrow("ESRCH");
  });
});
