import { RemoteCalls } from "../../../core/remoteCalls.js";
import type { HostCalls, PageCalls } from "../protocol.js";
import { InspectorPage, type Remembered } from "./inspectorPage.js";

/** What VS Code gives to a page. */
declare function acquireVsCodeApi(): {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
};

const vscode = acquireVsCodeApi();
const main = document.querySelector<HTMLElement>("#inspector");
let page: InspectorPage | undefined;

const host = new RemoteCalls<HostCalls, PageCalls>((message) => vscode.postMessage(message), {
  show: (ref) => page?.show(ref),
  beginAnew: () => void begin(),
  missing: ({ sentence }) => page?.tellMissing(sentence),
});
addEventListener("message", ({ data }) => host.receive(data));
addEventListener("error", ({ message }) => host.tell("report", { sentence: message }));

/** Builds the page on what the extension has; where there was one already, it begins with the node that was selected. */
async function begin(): Promise<void> {
  if (!main) return;
  const remembered = (vscode.getState() ?? {}) as Remembered;
  try {
    const hello = await host.call("hello", remembered.node ? { remembered: remembered.node } : {});
    performance.mark("scep-bytes-there");
    document.documentElement.lang = hello.words.language;
    const hadFocus = page?.close() ?? false;
    page = new InspectorPage(main, host, hello, remembered, (state) => vscode.setState(state));
    await page.begin(hadFocus);
    requestAnimationFrame(() => requestAnimationFrame(() => performance.mark("scep-painted")));
  } catch (error) {
    main.textContent = error instanceof Error ? error.message : String(error);
  }
}

void begin();
