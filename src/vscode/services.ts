import type { ExtensionContext, TreeView } from "vscode";
import type { Log } from "./log.js";
import type { MessageStore } from "./messages/messageStore.js";
import type { MessagesTree } from "./messages/messagesTree.js";
import type { Row } from "./messages/row.js";
import type { Inspectors } from "./inspector/inspectors.js";
import type { LocalResponder } from "./responder/localResponder.js";
import type { RequestDiagnostics } from "./requests/requestDiagnostics.js";
import type { SecretVault } from "./secrets/secretVault.js";
import type { ServerRegistry } from "./servers/serverRegistry.js";
import type { ServerRow } from "./servers/serverRow.js";
import type { ServersTree } from "./servers/serversTree.js";

/** The parts of the extension that live as long as it does; what every command is given. */
export interface Services {
  readonly context: ExtensionContext;
  readonly log: Log;
  readonly vault: SecretVault;
  readonly messages: MessageStore;
  readonly messagesTree: MessagesTree;
  readonly messagesView: TreeView<Row>;
  readonly servers: ServerRegistry;
  readonly serversTree: ServersTree;
  readonly serversView: TreeView<ServerRow>;
  readonly responder: LocalResponder;
  readonly inspectors: Inspectors;
  readonly diagnostics: RequestDiagnostics;
}
