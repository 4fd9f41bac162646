import { readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Browser, chromium } from "playwright-core";
import { findChromium } from "../../scripts/chromium.mjs";
import { remoteBrowseCalls } from "../../src/core/inspect/browse/browseCalls.js";
import { RemoteCalls } from "../../src/core/remoteCalls.js";
import { InspectionThread } from "../../src/node/inspectionThread.js";
import type { HostCalls, PageCalls } from "../../src/webview/inspector/protocol.js";
import type { InspectorWords } from "../../src/webview/inspector/words.js";
import { projectRoot } from "./workbench.js";

/** Milliseconds that a thread is given to start. */
const threadStarts = 500;

/** Runs in the page: hands it a message as VS Code would. */
function toPage(message: unknown): void {
  (globalThis as unknown as { postMessage(message: unknown): void }).postMessage(message);
}

/** The inspector's page in a browser without VS Code around it, over the same worker thread. */
export class InspectorHarness implements AsyncDisposable {
  private constructor(
    private readonly browser: Browser,
    private readonly script: string,
    private readonly style: string,
    private readonly words: InspectorWords,
  ) {}

  /** Starts a browser; needs the bundles in dist/. Undefined where there is no Chromium. */
  static async start(): Promise<InspectorHarness | undefined> {
    const executablePath = await findChromium();
    if (executablePath === undefined) return undefined;
    const read = (file: string): Promise<string> => readFile(path.join(projectRoot, file), "utf8");
    const [script, style, source] = await Promise.all([
      read("dist/webview/inspector.js"),
      read("dist/webview/inspector.css"),
      read("src/webview/inspector/words.ts"),
    ]);
    const names = [...source.matchAll(/readonly (\w+): string/g)].map(([, name = ""]) => [name, name] as const);
    const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
    return new InspectorHarness(browser, script, style, Object.fromEntries(names) as unknown as InspectorWords);
  }

  /**
   * Opens the page, waits until it stands, gives it an input, and waits until it has painted what it selects first.
   *
   * @returns milliseconds from the moment at which the bytes are there
   */
  async paint(bytes: Uint8Array, name: string): Promise<number> {
    await using page = await this.browser.newPage({ viewport: { width: 1280, height: 800 } });
    // The page waits for `hello`, which waits for the bytes.
    let waits = (): void => undefined;
    const waiting = new Promise<void>((resolve) => (waits = resolve));
    let give: (thread: InspectionThread) => void = () => undefined;
    const there = new Promise<InspectionThread>((resolve) => (give = resolve));
    const nothing = (): Promise<never> => Promise.reject(new Error("There is no VS Code around this page."));
    const host = new RemoteCalls<PageCalls, HostCalls>((message) => void page.evaluate(toPage, message), {
      ...remoteBrowseCalls(async (call, ask) => {
        const { browser } = await there;
        return (browser[call] as (ask: never) => Promise<unknown>)(ask);
      }),
      hello: async () => {
        waits();
        const { browser } = await there;
        const { overview, view } = await browser.begin({});
        return { words: this.words, overview, view, canOpenAsText: false };
      },
      toClipboard: nothing,
      saveNode: nothing,
      openNode: nothing,
      openAsText: nothing,
      report: () => undefined,
    });
    await page.exposeFunction("toHost", (message: unknown) => host.receive(message));
    await page.setContent('<!DOCTYPE html><html lang="en"><title>x</title><main id="inspector"></main></html>');
    await page.addStyleTag({ content: this.style });
    await page.evaluate(
      "globalThis.acquireVsCodeApi = () => ({ postMessage: toHost, getState: () => undefined, setState: () => undefined })",
    );
    await page.addScriptTag({ content: this.script });
    await waiting;
    using thread = new InspectionThread(path.join(projectRoot, "dist/inspectionWorker.js"));
    // It answers nothing before it has an input; by then it has started, as it has where VS Code reads a file meanwhile.
    await sleep(threadStarts);
    const own = bytes.slice();
    const began = performance.timeOrigin + performance.now();
    const context = { keys: [], certificates: [], now: new Date() };
    thread.inspect({
      kind: "job",
      name,
      job: { subject: { kind: "bytes", bytes: own, name }, context },
    });
    give(thread);
    const painted = 'performance.getEntriesByName("scep-painted")[0]';
    await page.waitForFunction(`${painted} !== undefined`);
    return (await page.evaluate<number>(`performance.timeOrigin + ${painted}.startTime`)) - began;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.browser.close();
  }
}
