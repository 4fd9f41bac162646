import { commands, type Disposable } from "vscode";
import { commandIds } from "../commandIds.js";
import { DisposableStore } from "../disposableStore.js";
import type { Services } from "../services.js";

/** What a command does with the arguments that a menu, a link or another extension gave it. */
type Handler = (services: Services, ...args: readonly unknown[]) => unknown;

/** Each command and the file that does it, loaded when the command is used first. */
const handlers: Readonly<Record<keyof typeof commandIds, () => Promise<Handler>>> = {
  addServer: async () => (await import("./addServer.js")).addServer,
  removeServer: async () => (await import("./removeServer.js")).removeServer,
  editServers: async () => (await import("./removeServer.js")).editServers,
  refreshServers: async () => (await import("./askServer.js")).refreshServers,
  getCaCaps: async () => (await import("./askServer.js")).askCapabilities,
  getCaCert: async () => (await import("./askServer.js")).askCertificates,
  enroll: async () => (await import("./enroll.js")).enrollCertificate,
  newRequest: async () => (await import("./newRequest.js")).newRequest,
  decodeFile: async () => (await import("./decode.js")).decodeFile,
  decodeResource: async () => (await import("./decode.js")).decodeResource,
  decodeSelection: async () => (await import("./decode.js")).decodeSelection,
  decodeSelectionHere: async () => (await import("./decode.js")).decodeSelection,
  decodeClipboard: async () => (await import("./decode.js")).decodeClipboard,
  inspect: async () => (await import("./inspect.js")).inspectAnything,
  inspectSelection: async () => (await import("./inspect.js")).inspectSelection,
  inspectClipboard: async () => (await import("./inspect.js")).inspectClipboard,
  saveSession: async () => (await import("./session.js")).saveSession,
  openSession: async () => (await import("./session.js")).openSession,
  inspectBlock: async () => (await import("./blockCommands.js")).inspectBlock,
  enrollBlock: async () => (await import("./blockCommands.js")).enrollBlock,
  fixRequest: async () => (await import("./fixRequest.js")).fixRequest,
  compare: async () => (await import("./compare.js")).compare,
  showAsText: async () => (await import("./compare.js")).showAsText,
  checkFolder: async () => (await import("./checkFolder.js")).checkFolder,
  explainFinding: async () => (await import("./explainFinding.js")).explainFinding,
  startResponder: async () => (await import("./responder.js")).startLocalResponder,
  stopResponder: async () => (await import("./responder.js")).stopLocalResponder,
  copyValue: async () => (await import("./copy.js")).copyValue,
  copyHex: async () => (await import("./copy.js")).copyHex,
  copyPath: async () => (await import("./copy.js")).copyPath,
  saveContent: async () => (await import("./saveContent.js")).saveContent,
  saveIssued: async () => (await import("./saveIssued.js")).saveIssued,
  openAsText: async () => (await import("./openAsText.js")).openAsText,
  openWithKey: async () => (await import("./openWithKey.js")).openWithKey,
  revealSecret: async () => (await import("./secrets.js")).revealSecret,
  clearMessages: async () => (await import("./clearMessages.js")).clearMessages,
  forgetSecrets: async () => (await import("./secrets.js")).forgetSecrets,
  importSscepConf: async () => (await import("./importSscepConf.js")).importSscepConf,
  exportSscepConf: async () => (await import("./exportConfiguration.js")).exportSscepConf,
  exportRequestScript: async () => (await import("./exportConfiguration.js")).exportRequestScript,
  showLog: async () => (services) => services.log.show(),
};

/** Registers every command; whatever one throws becomes a sentence. */
export function registerCommands(services: Services): Disposable {
  const store = new DisposableStore();
  for (const [name, load] of Object.entries(handlers)) {
    store.add(
      commands.registerCommand(commandIds[name as keyof typeof commandIds], async (...args: readonly unknown[]) => {
        try {
          const handler = await load();
          return await handler(services, ...args);
        } catch (error) {
          const { describeFailure, showFailure } = await import("../failure.js");
          void showFailure(services.log, describeFailure(error));
          return undefined;
        }
      }),
    );
  }
  return store;
}
