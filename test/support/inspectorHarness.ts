import { readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Browser, chromium } from "playwright-core";
import { findChromium } from "../../scripts/chromium.mjs";
import { RemoteCalls } from "../../src/core/remoteCalls.js";
import { InspectionThread } from "../../src/node/inspect/inspectionThread.js";
import type { HostCalls, PageCalls } from "../../src/webview/inspector/protocol.js";
import type { InspectorWords } from "../../src/webview/inspector/words.js";
import { projectRoot } from "./workbench.js";

/** Milliseconds that a thread is given to start. */
const threadStarts = 500;

/** What scripts in the frame find there, and leave there. */
interface FrameScope {
  readonly document: { open(): void; write(text: string): void; close(): void };
  readonly PerformanceObserver: new (told: (_: unknown, observer: { disconnect(): void }) => void) => {
    observe(what: { entryTypes: readonly string[] }): void;
  };
  postMessage(message: unknown): void;
  acquireVsCodeApi: unknown;
  load(): void;
  /** These two run outside of the browser. */
  toHost(message: unknown): void;
  shown(at: number): void;
}

/** Runs in the frame before there is a page in it: gets ready what VS Code's frame has, the page's text included. */
function prepare(html: string): void {
  const scope = globalThis as unknown as FrameScope;
  scope.acquireVsCodeApi = () => ({
    postMessage: (message: unknown) => scope.toHost(message),
    getState: () => undefined,
    setState: () => undefined,
  });
  // VS Code's frame takes a page in the same way.
  scope.load = () => {
    scope.document.open();
    scope.document.write(html);
    scope.document.close();
  };
  // When everything that is seen first was on the screen, in milliseconds of the clock.
  new scope.PerformanceObserver((_, observer) => {
    const [painted] = performance.getEntriesByName("scep-painted");
    const [contentful] = performance.getEntriesByName("first-contentful-paint");
    if (!painted || !contentful) return;
    observer.disconnect();
    scope.shown(performance.timeOrigin + Math.max(painted.startTime, contentful.startTime));
  }).observe({ entryTypes: ["paint", "mark"] });
}

/** Runs in the page: hands it a message as VS Code would. */
function toPage(message: unknown): void {
  (globalThis as unknown as FrameScope).postMessage(message);
}

/** The inspector's page in a browser without VS Code around it, over the same worker thread. */
export class InspectorHarness implements AsyncDisposable {
  private constructor(
    private readonly browser: Browser,
    private readonly html: string,
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
    const html = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><style>${style}</style><title>x</title></head>
<body><main id="inspector"></main><script>${script}</script></body></html>`;
    return new InspectorHarness(browser, html, Object.fromEntries(names) as unknown as InspectorWords);
  }

  /**
   * Gives an input to a thread and, at the same moment, a page to a frame that is there, and waits until what is selected
   * first is on the screen: by the browser's own word (Paint Timing, "first-contentful-paint"), which is when the frame was
   * shown and not when the page was through with it, and not before all of it was in the page.
   *
   * In VS Code the thread starts while the file is read, and has inspected it before the page asks: VS Code makes the frame
   * meanwhile, which takes it longer. That frame is not ours, what is loaded into it is.
   *
   * @returns milliseconds from the moment at which the bytes are there
   */
  async paint(bytes: Uint8Array, name: string): Promise<number> {
    await using page = await this.browser.newPage({ viewport: { width: 1280, height: 800 } });
    using thread = new InspectionThread(path.join(projectRoot, "dist/inspectionWorker.js"));
    const nothing = (): Promise<never> => Promise.reject(new Error("There is no VS Code around this page."));
    const host = new RemoteCalls<PageCalls, HostCalls>((message) => void page.evaluate(toPage, message), {
      ...thread.browser,
      hello: async () => {
        const { overview, view } = await thread.browser.begin({});
        return { words: this.words, overview, view, canOpenAsText: false };
      },
      toClipboard: nothing,
      saveNode: nothing,
      openNode: nothing,
      openAsText: nothing,
      report: () => undefined,
    });
    await page.exposeFunction("toHost", (message: unknown) => host.receive(message));
    let tell: (at: number) => void = () => undefined;
    const shown = new Promise<number>((resolve) => (tell = resolve));
    await page.exposeFunction("shown", (at: number) => tell(at));
    await page.evaluate(prepare, this.html);
    await sleep(threadStarts);
    const own = bytes.slice();
    const began = performance.timeOrigin + performance.now();
    const context = { keys: [], certificates: [], now: new Date() };
    thread.inspect({
      kind: "job",
      name,
      job: { subject: { kind: "bytes", bytes: own, name }, context },
    });
    await page.evaluate("load()");
    return (await shown) - began;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.browser.close();
  }
}
