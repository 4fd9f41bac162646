import { randomBytes } from "node:crypto";
import { commands, env, l10n, Uri, type WebviewPanel, workspace } from "vscode";
import { writePem } from "../../core/asn1/pem.js";
import { remoteBrowseCalls } from "../../core/inspect/browse/browseCalls.js";
import type { NodeContent } from "../../core/inspect/report.js";
import { HumanError } from "../../core/humanError.js";
import { RemoteCalls } from "../../core/remoteCalls.js";
import type { HostCalls, PageCalls } from "../../webview/inspector/protocol.js";
import { commandIds } from "../commandIds.js";
import { describeFailure } from "../failure.js";
import { contentKinds } from "../savedContent.js";
import { askWhereToSave, fileNameOf } from "../savedFile.js";
import type { Services } from "../services.js";
import type { InspectorDocument } from "./inspectorDocument.js";
import { inspectorWords } from "./inspectorWords.js";

/** Puts the page into an editor and answers what it asks. */
export function fillInspectorPanel(services: Services, document: InspectorDocument, panel: WebviewPanel): void {
  const { webview } = panel;
  const assets = Uri.joinPath(services.context.extensionUri, "dist", "webview");
  webview.options = { enableScripts: true, localResourceRoots: [assets] };
  const calls = new RemoteCalls<PageCalls, HostCalls>(
    (message) => void webview.postMessage(message),
    hostCalls(services, document),
  );
  const subscription = webview.onDidReceiveMessage((message: unknown) => calls.receive(message));
  const forget = services.inspectors.register(document.uri, (ref) => calls.tell("show", ref));
  const news = document.onNews((told) =>
    told.kind === "read" ? calls.tell("beginAnew") : calls.tell("missing", told),
  );
  panel.onDidDispose(() => {
    subscription.dispose();
    news.dispose();
    forget();
  });
  webview.html = pageOf(
    webview.cspSource,
    webview.asWebviewUri(Uri.joinPath(assets, "inspector.js")).toString(),
    webview.asWebviewUri(Uri.joinPath(assets, "inspector.css")).toString(),
  );
}

/** The page: nothing runs in it but our script, nothing is loaded by it but our style, and it reaches no network. */
function pageOf(cspSource: string, script: string, style: string): string {
  const nonce = randomBytes(18).toString("base64");
  const policy = `default-src 'none'; style-src ${cspSource}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${style}">
<title>SCEP Inspector</title>
</head>
<body>
<main id="inspector"></main>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}

function hostCalls(services: Services, document: InspectorDocument): HostCalls {
  const told = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      const { sentence, detail } = describeFailure(error);
      services.log.error(sentence, detail);
      throw new HumanError(sentence);
    }
  };
  return {
    ...remoteBrowseCalls((name, ask) => told(() => (document.browser[name] as (ask: never) => Promise<unknown>)(ask))),
    hello: ({ remembered }) =>
      told(async () => {
        const wanted = services.inspectors.takeWanted(document.uri) ?? remembered;
        const { overview, view } = await document.browser.begin(wanted ? { wanted } : {});
        const { missing } = document;
        const canOpenAsText = document.entry !== undefined;
        return { words: inspectorWords(), overview, view, canOpenAsText, ...(missing !== undefined && { missing }) };
      }),
    toClipboard: ({ text }) => told(async () => env.clipboard.writeText(text)),
    saveNode: (ask) =>
      told(async () => {
        const { bytes, name, content } = await document.browser.content(ask);
        const uri = await saveBytes(bytes, name, content);
        return uri ? { said: l10n.t("Saved {0}.", uri.path.slice(uri.path.lastIndexOf("/") + 1)) } : {};
      }),
    openNode: (ask) =>
      told(async () => {
        const { bytes, name } = await document.browser.content(ask);
        await services.inspectors.openBytes({ bytes, name });
      }),
    openAsText: () =>
      told(async () => {
        if (document.entry) await commands.executeCommand(commandIds.openAsText, { entry: document.entry });
      }),
    report: ({ sentence }) => services.log.error(l10n.t("The inspector's page had an error."), sentence),
  };
}

async function saveBytes(bytes: Uint8Array, name: string, content: NodeContent | undefined): Promise<Uri | undefined> {
  const kind = content && contentKinds[content];
  const extension = kind?.extension ?? "bin";
  const filters = { [l10n.t("Bytes")]: [extension, ...(kind?.also ?? ["der"])] };
  const uri = await askWhereToSave(`${fileNameOf(name)}.${extension}`, filters);
  if (!uri) return undefined;
  const pem = kind?.pemLabel !== undefined && uri.path.toLowerCase().endsWith(".pem");
  await workspace.fs.writeFile(uri, pem ? new TextEncoder().encode(writePem(kind?.pemLabel ?? "", bytes)) : bytes);
  return uri;
}
