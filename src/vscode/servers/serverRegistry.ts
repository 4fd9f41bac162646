import { ConfigurationTarget, type Disposable, type Event, EventEmitter, workspace } from "vscode";
import type { CaCertificatesResult, CapabilitiesResult } from "../../core/scep/caInformation.js";
import { DisposableStore } from "../disposableStore.js";
import { readServerEntries, type ServerEntry } from "./serverSettings.js";
import { type Server, serverKey } from "./server.js";

/** What a server has said in this window. */
export interface ServerKnowledge {
  readonly caps?: CapabilitiesResult;
  readonly caCert?: CaCertificatesResult;
}

/** The servers of the settings and the local responder, with what each has said in this window. */
export class ServerRegistry implements Disposable {
  readonly #disposables = new DisposableStore();
  readonly #changed = this.#disposables.add(new EventEmitter<void>());
  readonly #knowledge = new Map<string, ServerKnowledge>();
  #entries: readonly ServerEntry[] = readEntries();
  #responder: Server | undefined;

  /** Fires when servers come, go or have said something. */
  readonly onDidChange: Event<void> = this.#changed.event;

  constructor() {
    this.#disposables.add(
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("scepWorkbench.servers")) this.#reload();
      }),
    );
    // What a workspace sets counts only once it is trusted.
    this.#disposables.add(workspace.onDidGrantWorkspaceTrust(() => this.#reload()));
  }

  /** The entries of the setting in their order, broken ones included. */
  get entries(): readonly ServerEntry[] {
    return this.#entries;
  }

  /** The local responder of this window, while it runs. */
  get responder(): Server | undefined {
    return this.#responder;
  }

  /** Every server that can be talked to: the local responder first, then those of the settings. */
  get servers(): readonly Server[] {
    const configured = this.#entries.flatMap((entry): Server[] =>
      entry.kind === "server" ? [{ origin: "settings", settings: entry.settings }] : [],
    );
    return this.#responder ? [this.#responder, ...configured] : configured;
  }

  /** The server of that name. */
  find(name: string): Server | undefined {
    return this.servers.find(({ settings }) => settings.name === name);
  }

  /** What a server has said so far. */
  knowledge(server: Server): ServerKnowledge {
    return this.#knowledge.get(serverKey(server)) ?? {};
  }

  /** Adds to what is known of a server. */
  learn(server: Server, learnt: ServerKnowledge): void {
    this.#knowledge.set(serverKey(server), { ...this.knowledge(server), ...learnt });
    this.#changed.fire();
  }

  /** Shows the local responder as a server, or takes it away. */
  setResponder(responder: Server | undefined): void {
    if (this.#responder) this.#knowledge.delete(serverKey(this.#responder));
    this.#responder = responder;
    this.#changed.fire();
  }

  /** Tells the view that something it shows has changed, such as the passwords that are free. */
  refresh(): void {
    this.#changed.fire();
  }

  /** Writes a server into the settings: beside the others, where these are. */
  async add(server: Readonly<Record<string, unknown>>): Promise<void> {
    await this.#write((servers) => [...servers, server]);
  }

  /** Takes the server at that place of the list out of the settings. */
  async remove(index: number): Promise<void> {
    await this.#write((servers) => servers.filter((_, i) => i !== index));
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  async #write(change: (servers: readonly unknown[]) => readonly unknown[]): Promise<void> {
    const configuration = workspace.getConfiguration("scepWorkbench");
    const found = configuration.inspect<unknown>("servers");
    const target = found?.workspaceValue === undefined ? ConfigurationTarget.Global : ConfigurationTarget.Workspace;
    const value = target === ConfigurationTarget.Workspace ? found?.workspaceValue : found?.globalValue;
    await configuration.update("servers", change(Array.isArray(value) ? value : []), target);
  }

  #reload(): void {
    this.#entries = readEntries();
    const known = new Set(this.servers.map(serverKey));
    for (const key of this.#knowledge.keys()) if (!known.has(key)) this.#knowledge.delete(key);
    this.#changed.fire();
  }
}

function readEntries(): readonly ServerEntry[] {
  return readServerEntries(workspace.getConfiguration("scepWorkbench").get("servers"));
}
