import { commands, type ExtensionContext, ExtensionMode, window, workspace } from "vscode";
import { contextKeys, viewIds } from "./vscode/commandIds.js";
import { ComparedDocuments, comparedScheme } from "./vscode/comparedDocuments.js";
import { registerCommands } from "./vscode/commands/registerCommands.js";
import { Inspectors } from "./vscode/inspector/inspectors.js";
import { InspectorProvider } from "./vscode/inspector/inspectorProvider.js";
import { inspectorViewType, sessionViewType } from "./vscode/inspector/viewTypes.js";
import { registerLanguages } from "./vscode/languages/registerLanguages.js";
import { Log } from "./vscode/log.js";
import { MessagesTree } from "./vscode/messages/messagesTree.js";
import { MessageStore } from "./vscode/messages/messageStore.js";
import { StatusColors } from "./vscode/messages/statusColors.js";
import { LocalResponder } from "./vscode/responder/localResponder.js";
import { FindingDocuments } from "./vscode/requests/findingDocuments.js";
import { registerPemFeatures } from "./vscode/requests/registerPemFeatures.js";
import { RequestDiagnostics } from "./vscode/requests/requestDiagnostics.js";
import { SecretVault } from "./vscode/secrets/secretVault.js";
import { ServerRegistry } from "./vscode/servers/serverRegistry.js";
import { ServersTree } from "./vscode/servers/serversTree.js";
import type { Services } from "./vscode/services.js";
import { textScheme, TextDocuments } from "./vscode/textDocuments.js";

/** What {@link activate} gives to the tests inside VS Code: the extension's parts, secrets among them. */
export type ExtensionApi = Services;

/**
 * Called by VS Code when it has started, for any document may hold certificate requests. Puts the parts together and registers them; what
 * they do is loaded when it is used. Other extensions get nothing of it: any of them may ask for these exports.
 */
export function activate(context: ExtensionContext): ExtensionApi | undefined {
  const { subscriptions } = context;
  const keep = <T extends { dispose(): unknown }>(part: T): T => {
    subscriptions.push(part);
    return part;
  };
  const log = keep(new Log());
  const vault = new SecretVault(context.secrets);
  const messages = keep(new MessageStore(messagesToKeep));
  const messagesTree = keep(new MessagesTree(messages));
  const messagesView = keep(
    window.createTreeView(viewIds.messages, { treeDataProvider: messagesTree, showCollapseAll: true }),
  );
  const servers = keep(new ServerRegistry());
  const responder = keep(new LocalResponder(context, servers, log));
  const serversTree = keep(new ServersTree(servers, responder, vault));
  const serversView = keep(window.createTreeView(viewIds.servers, { treeDataProvider: serversTree }));
  keep(window.registerFileDecorationProvider(new StatusColors()));
  keep(workspace.registerTextDocumentContentProvider(textScheme, new TextDocuments(messages)));
  keep(
    messages.onDidChange(() =>
      commands.executeCommand("setContext", contextKeys.hasMessages, messages.entries.length > 0),
    ),
  );
  keep(
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("scepWorkbench.messages.keep")) messages.trim();
    }),
  );
  const parts: Omit<Services, "diagnostics"> = {
    context,
    log,
    vault,
    messages,
    messagesTree,
    messagesView,
    servers,
    serversTree,
    serversView,
    responder,
    inspectors: new Inspectors(),
  };
  const services: Services = { ...parts, diagnostics: keep(new RequestDiagnostics(parts)) };
  const inspector = new InspectorProvider(services);
  for (const viewType of [inspectorViewType, sessionViewType]) {
    keep(window.registerCustomEditorProvider(viewType, inspector, { supportsMultipleEditorsPerDocument: true }));
  }
  keep(registerPemFeatures(services));
  keep(workspace.registerTextDocumentContentProvider(comparedScheme, new ComparedDocuments(parts)));
  keep(workspace.registerTextDocumentContentProvider("scep-finding", new FindingDocuments()));
  keep(registerCommands(services));
  keep(registerLanguages());
  return context.extensionMode === ExtensionMode.Test ? services : undefined;
}

function messagesToKeep(): number {
  const keep = workspace.getConfiguration("scepWorkbench").get("messages.keep", 500);
  return Number.isInteger(keep) && keep > 0 ? keep : 500;
}
