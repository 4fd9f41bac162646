import {
  type Disposable,
  type Event,
  EventEmitter,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
} from "vscode";
import { DisposableStore } from "../disposableStore.js";
import { statusUri } from "../messages/statusColors.js";
import type { LocalResponder } from "../responder/localResponder.js";
import type { SecretVault } from "../secrets/secretVault.js";
import { statusIcon, statusWord } from "../statusLook.js";
import type { ServerRegistry } from "./serverRegistry.js";
import type { ServerRow } from "./serverRow.js";

/** *Servers* as a tree: the local responder, then the servers of the settings, each with what it has said. */
export class ServersTree implements TreeDataProvider<ServerRow>, Disposable {
  readonly #disposables = new DisposableStore();
  readonly #changed = this.#disposables.add(new EventEmitter<void>());

  readonly onDidChangeTreeData: Event<void> = this.#changed.event;

  constructor(
    private readonly registry: ServerRegistry,
    private readonly responder: LocalResponder,
    private readonly vault: SecretVault,
  ) {
    this.#disposables.add(registry.onDidChange(() => this.#changed.fire()));
  }

  async getChildren(row?: ServerRow): Promise<ServerRow[]> {
    if (row) return [...row.children];
    const { responder, entries } = this.registry;
    if (responder === undefined && entries.length === 0) return [];
    // Loaded here and not at the start: an empty view needs none of it.
    const { brokenServerRow, serverRow } = await import("./serverRows.js");
    const local = responder
      ? [
          serverRow({
            server: responder,
            settingIndex: undefined,
            knowledge: this.registry.knowledge(responder),
            challengeStored: false,
            passwords: this.responder.passwords(),
          }),
        ]
      : [];
    const configured = await Promise.all(
      entries.map(async (entry, settingIndex) => {
        if (entry.kind === "broken") return brokenServerRow(entry.name, entry.problem, settingIndex);
        const server = { origin: "settings" as const, settings: entry.settings };
        const challengeStored = (await this.vault.challenge(entry.settings.url)) !== undefined;
        const knowledge = this.registry.knowledge(server);
        return serverRow({ server, settingIndex, knowledge, challengeStored, passwords: undefined });
      }),
    );
    return [...local, ...configured];
  }

  /** Only a server is ever revealed, and above it there is none; what stands below one is opened with it. */
  getParent(): undefined {
    return undefined;
  }

  getTreeItem(row: ServerRow): TreeItem {
    const state =
      row.children.length === 0
        ? TreeItemCollapsibleState.None
        : row.expanded === true
          ? TreeItemCollapsibleState.Expanded
          : TreeItemCollapsibleState.Collapsed;
    const item = new TreeItem(row.label, state);
    item.id = row.id;
    item.contextValue = row.traits.join(" ");
    const icon = row.icon ?? (row.status && statusIcon(row.status));
    if (icon) item.iconPath = icon;
    if (row.detail !== undefined) item.description = row.detail;
    if (row.status === "error" || row.status === "warning") item.resourceUri = statusUri(row.status);
    item.tooltip = row.sentence ?? [row.label, row.detail].filter((part) => part !== undefined).join(" ");
    const spoken = [row.label, row.detail, row.status && statusWord(row.status)].filter((part) => part !== undefined);
    item.accessibilityInformation = { label: spoken.join(", ") };
    return item;
  }

  dispose(): void {
    this.#disposables.dispose();
  }
}
