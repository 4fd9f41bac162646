import { mkdir, readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import { findChromium } from "../../scripts/chromium.mjs";
import { startVsCodeServer, type VsCodeServer, type VsCodeServerOptions } from "./vscodeServer.js";

/** The project's root: the extension as VS Code loads it. */
export const projectRoot = path.resolve(import.meta.dirname, "../..");

/** The colour themes that everything has to be readable in. */
export type ColorTheme = "Light Modern" | "Dark Modern" | "Default High Contrast Light" | "Default High Contrast";

/** What a test may choose about the workbench it opens. */
export interface WorkbenchOptions extends VsCodeServerOptions {
  /** Absolute path of the folder that is opened. */
  folder: string;
  colorTheme?: ColorTheme;
  /** Absolute path of a module whose run() is called inside VS Code, once the extension is there. */
  extensionTestsPath?: string;
  /** Absolute path of the extension under development, if it is not this project. */
  extensionDevelopmentPath?: string;
  /** In CSS pixels; a tree shows only the rows that fit. */
  viewport?: { width: number; height: number };
}

/** One row of a tree view as a person sees or hears it. */
export interface TreeRow {
  /** 1 for the roots. */
  level: number;
  label: string;
  /** The grey text after the label; empty when there is none. */
  description: string;
  /** What a screen reader says. */
  spoken: string;
  /** Undefined for a row that has no children. */
  expanded: boolean | undefined;
}

/** How long VS Code may take over anything before a test gives up, in milliseconds. */
const patience = 30_000;

/** How often something is tried that VS Code may not take the first time. */
const attempts = 10;

/** How much an account of the window tells of one thing in it. */
const accountedCharacters = 2000;

/** How long a menu takes no clicks after it was opened, and a little more, in milliseconds. */
const menuIsNew = 500;

/**
 * VS Code with the extension, in a browser without a window, and what a person does in it. With `await using`, browser
 * and server are gone at the end of the block.
 */
export class Workbench implements AsyncDisposable {
  /** Those that are open now. */
  static readonly opened = new Set<Workbench>();

  private constructor(
    readonly page: Page,
    private readonly browser: Browser,
    private readonly server: VsCodeServer,
  ) {
    page.setDefaultTimeout(patience);
    Workbench.opened.add(this);
  }

  /**
   * Starts VS Code and opens a folder in it; returns when the workbench stands. The extension itself is loaded when
   * something of it is used first.
   *
   * @throws {Error} when there is no Chromium or no code-server, in a sentence
   */
  static async open(options: WorkbenchOptions): Promise<Workbench> {
    const executablePath = await findChromium();
    if (executablePath === undefined) {
      throw new Error("There is no Chromium. Run `npm test -- ui` once: it installs what it needs.");
    }
    const theme = options.colorTheme ?? "Dark Modern";
    const server = await startVsCodeServer({
      ...options,
      settings: { "workbench.colorTheme": theme, ...options.settings },
    });
    let browser: Browser | undefined;
    try {
      // A container has no sandbox to offer; the only pages shown are our own.
      const args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"];
      browser = await chromium.launch({ executablePath, args });
      const context = await browser.newContext({
        viewport: options.viewport ?? { width: 1280, height: 800 },
        permissions: ["clipboard-read", "clipboard-write"],
        colorScheme: theme.includes("Light") ? "light" : "dark",
      });
      // SecretStorage asks the server for a key that this server does not have; without one, secrets die with the page.
      await context.route("**/mint-key", (route) => route.fulfill({ status: 200, body: Buffer.alloc(32, 7) }));
      const workbench = new Workbench(await context.newPage(), browser, server);
      await workbench.page.goto(addressOf(server.port, options));
      await workbench.page.locator(".monaco-workbench .part.statusbar").waitFor();
      return workbench;
    } catch (error) {
      await browser?.close();
      await server[Symbol.asyncDispose]();
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    Workbench.opened.delete(this);
    await this.browser.close();
    await this.server[Symbol.asyncDispose]();
  }

  /** What VS Code's server and its extension hosts wrote, for the message of a failed test. */
  serverOutput(): string {
    return this.server.output();
  }

  /** The logs of VS Code and of everything in it, as one text. */
  async logs(): Promise<string> {
    return [this.serverOutput(), ...(await this.#logs(".log"))].join("\n");
  }

  async #logs(ending: string): Promise<string[]> {
    const files = await readdir(this.server.dataFolder, { recursive: true, withFileTypes: true });
    const texts = files
      .filter((file) => file.isFile() && file.name.endsWith(ending))
      .map(({ parentPath, name }) => readFile(path.join(parentPath, name), "utf8"));
    return Promise.all(texts);
  }

  /** What stands in the window and its frames, what has the focus, and what our log holds, for the report of a failed test. */
  async account(): Promise<string> {
    const focused = await this.page.evaluate("document.activeElement?.outerHTML.slice(0, 300)");
    const frames = this.page
      .frames()
      .filter((frame) => frame === this.page.mainFrame() || frame.url().includes("/webview/"));
    const shown = frames.map(async (frame) => {
      const text = await frame.locator("body").innerText();
      return `── ${new URL(frame.url()).pathname}:\n${text.slice(0, accountedCharacters)}`;
    });
    const log = (await this.#logs("SCEP Workbench.log")).join("\n").slice(-accountedCharacters);
    return [...(await Promise.all(shown)), `── Has the focus: ${String(focused)}`, `── Our log:\n${log}`].join("\n");
  }

  /**
   * Runs a command as a person does: command palette, title, Enter.
   *
   * @param title as the palette shows it, with the category: "SCEP: Add Server…"
   */
  async runCommand(title: string): Promise<void> {
    await this.restMouse();
    await this.chooseRow({ key: "F1", text: `>${title}`, label: title });
  }

  /** Opens a file of the folder by its name, as Ctrl+P does. */
  async openFile(name: string): Promise<void> {
    const tab = this.page.locator(".tab.active").filter({ hasText: name });
    await this.chooseRow({ key: "Control+P", text: name, label: name, leadsTo: tab });
  }

  /** The titles that the command palette offers for a text. */
  async commandTitles(text: string): Promise<string[]> {
    await this.page.keyboard.press("F1");
    await this.fillQuickInput(`>${text}`);
    await this.page.locator(".quick-input-list .monaco-list-row").first().waitFor();
    const titles = await this.page.locator(".quick-input-list .monaco-list-row .label-name").allTextContents();
    await this.page.keyboard.press("Escape");
    return titles;
  }

  /** Types into the open quick input (an input box or the filter of a quick pick), in place of what is there. */
  async fillQuickInput(text: string, timeout = patience): Promise<void> {
    await this.quickInput.locator("input.input, .quick-input-box input").first().fill(text, { timeout });
  }

  /** Types into the open quick input and presses Enter. */
  async answerQuickInput(text: string): Promise<void> {
    await this.fillQuickInput(text);
    await this.page.keyboard.press("Enter");
  }

  /** Chooses the row of the open quick pick that has this label. */
  async pickQuickInput(label: string): Promise<void> {
    await this.restMouse();
    await this.quickPickRow(label).first().click();
  }

  /** The open quick input: a quick pick or an input box. */
  get quickInput(): Locator {
    return this.page.locator(".quick-input-widget:visible");
  }

  /** The notifications that stand in the corner. */
  get notifications(): Locator {
    return this.page.locator(".notifications-toasts .notification-list-item");
  }

  /** Waits for a notification with this text and presses one of its buttons. */
  async clickNotificationButton(text: string | RegExp, button: string): Promise<void> {
    const notification = this.notifications.filter({ hasText: text }).first();
    await notification.hover();
    await notification.getByRole("button", { name: button, exact: true }).click();
  }

  /** Opens the extension's side bar, by its name in the activity bar. */
  async openSideBar(name: string): Promise<void> {
    const tab = this.page.locator(".activitybar").getByRole("tab", { name });
    if ((await tab.getAttribute("aria-selected")) !== "true") {
      await tab.click();
    }
  }

  /** A view of the side bar by the title in its header. */
  view(title: string): Locator {
    return this.page.locator(".pane").filter({
      has: this.page.locator(".pane-header").filter({ has: this.page.getByText(title, { exact: true }) }),
    });
  }

  /** A button of what an empty view says: its header may have one of nearly the same name, which is there while the mouse is over it. */
  welcomeButton(viewTitle: string, name: string): Locator {
    return this.view(viewTitle).locator(".welcome-view-content").getByRole("button", { name, exact: true });
  }

  /** The row of a tree view whose label is, or matches, this. */
  treeRow(viewTitle: string, label: string | RegExp): Locator {
    const exactly = typeof label === "string" ? new RegExp(`^\\s*${escapeRegExp(label)}\\s*$`) : label;
    return this.view(viewTitle)
      .locator("[role=treeitem]")
      .filter({ has: this.page.locator(".label-name").filter({ hasText: exactly }) })
      .first();
  }

  /** The rows of a tree view that are on the screen now, from top to bottom. */
  async treeRows(viewTitle: string): Promise<TreeRow[]> {
    const rows = await this.view(viewTitle).locator("[role=treeitem]").all();
    const read = await Promise.all(
      rows.map(async (row) => {
        const expanded = await row.getAttribute("aria-expanded");
        return {
          position: (await row.boundingBox())?.y ?? 0,
          row: {
            level: Number(await row.getAttribute("aria-level")),
            label: ((await row.locator(".label-name").first().textContent()) ?? "").trim(),
            description: (await row.locator(".label-description").allTextContents()).join("").trim(),
            spoken: (await row.getAttribute("aria-label")) ?? "",
            expanded: expanded === null ? undefined : expanded === "true",
          },
        };
      }),
    );
    return read.toSorted((a, b) => a.position - b.position).map(({ row }) => row);
  }

  /** Opens a row of a tree view that is closed, as the arrow key does. */
  async expandTreeRow(viewTitle: string, label: string | RegExp): Promise<void> {
    const row = this.treeRow(viewTitle, label);
    await row.waitFor();
    if ((await row.getAttribute("aria-expanded")) === "false") {
      await row.click();
      if ((await row.getAttribute("aria-expanded")) === "false") {
        await this.page.keyboard.press("ArrowRight");
      }
    }
  }

  /** Chooses an entry of a row's context menu. */
  async chooseFromContextMenu(row: Locator, entry: string): Promise<void> {
    const item = this.page.getByRole("menuitem", { name: entry, exact: true });
    await this.restMouse();
    // While VS Code starts, and when a view takes the focus, the menu closes under the hand of whoever opened it.
    for (let attempt = 1; ; attempt++) {
      await row.click({ button: "right" });
      try {
        await item.hover({ timeout: patience / attempts });
        // A click in the first moments of a menu does nothing, lest the one that opened it choose something.
        await sleep(menuIsNew);
        await item.click({ timeout: patience / attempts });
        await item.waitFor({ state: "hidden", timeout: patience / attempts });
        return;
      } catch (error) {
        if (attempt === attempts) throw error;
        await this.page.keyboard.press("Escape");
      }
    }
  }

  /** Brings the window to a file of the project as a PNG. @param file path from the project's root */
  async screenshot(file: string): Promise<void> {
    const target = path.join(projectRoot, file);
    await mkdir(path.dirname(target), { recursive: true });
    await this.page.screenshot({ path: target, animations: "disabled", caret: "hide" });
  }

  /** Takes the mouse to the status bar: what it happens to lie on after a click tells more of itself, over what is clicked next. */
  private async restMouse(): Promise<void> {
    const { width, height } = this.page.viewportSize() ?? { width: 1280, height: 800 };
    await this.page.mouse.move(width / 2, height - 6);
  }

  /** Types into the quick input that a key opens, and clicks a row there, until that was taken; where it is told, until what it leads to is seen. */
  private async chooseRow(choice: { key: string; text: string; label: string; leadsTo?: Locator }): Promise<void> {
    const { key, text, label, leadsTo } = choice;
    const timeout = patience / attempts;
    // What is offered is decided when the quick input opens, perhaps before VS Code knows that the workspace is trusted; and an editor
    // that comes up takes the focus, which closes it.
    for (let attempt = 1; ; attempt++) {
      await this.page.keyboard.press(key);
      try {
        await this.fillQuickInput(text, timeout);
        await this.quickPickRow(label).first().click({ timeout });
        await leadsTo?.waitFor({ timeout });
        return;
      } catch (error) {
        if (attempt === attempts) throw error;
        await this.page.keyboard.press("Escape");
      }
    }
  }

  private quickPickRow(label: string): Locator {
    const exactly = new RegExp(`^\\s*${escapeRegExp(label)}\\s*$`);
    return this.quickInput
      .locator(".monaco-list-row")
      .filter({ has: this.page.locator(".label-name").filter({ hasText: exactly }) });
  }
}

/** The address that opens a folder and an extension under development. */
function addressOf(port: number, options: WorkbenchOptions): string {
  const remote = (file: string) => `vscode-remote://127.0.0.1:${port}${path.posix.resolve(file)}`;
  const payload = [
    ["extensionDevelopmentPath", remote(options.extensionDevelopmentPath ?? projectRoot)],
    ...(options.extensionTestsPath === undefined ? [] : [["extensionTestsPath", remote(options.extensionTestsPath)]]),
    ["skipWelcome", "true"],
  ];
  const query = new URLSearchParams({ folder: options.folder, payload: JSON.stringify(payload) });
  return `http://127.0.0.1:${port}/?${query.toString()}`;
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
