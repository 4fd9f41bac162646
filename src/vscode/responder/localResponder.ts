import { commands, type Disposable, type ExtensionContext, l10n, Uri, workspace } from "vscode";
import type { PasswordSlots } from "../../responder/challenges.js";
import { contextKeys } from "../commandIds.js";
import type { Log } from "../log.js";
import type { ServerRegistry } from "../servers/serverRegistry.js";
import type { ResponderThread } from "../../responder/responderThread.js";

/**
 * The local responder of this window: an NDES look-alike on 127.0.0.1, in a thread of its own, that shows up in *Servers*
 * while it runs. Its CA lives in the extension's own storage and outlives restarts.
 */
export class LocalResponder implements Disposable {
  #running: ResponderThread | undefined;
  #starting: Promise<ResponderThread> | undefined;

  constructor(
    private readonly context: ExtensionContext,
    private readonly registry: ServerRegistry,
    private readonly log: Log,
  ) {}

  /** The responder, while it runs. */
  get running(): ResponderThread | undefined {
    return this.#running;
  }

  /** How many passwords its admin page has left; undefined while it does not run. */
  passwords(): PasswordSlots | undefined {
    return this.#running?.passwords();
  }

  /**
   * Starts it, or gives the one that runs. Rejects with a HumanError where the port is taken or the folder cannot be used.
   *
   * @param port instead of the setting's; 0 takes any free one
   */
  async start(port?: number): Promise<ResponderThread> {
    if (this.#running) return this.#running;
    this.#starting ??= this.#start(port ?? workspace.getConfiguration("scepWorkbench").get("responder.port", 8080));
    try {
      return await this.#starting;
    } finally {
      this.#starting = undefined;
    }
  }

  /** Ends it; does nothing where it does not run. */
  async stop(): Promise<void> {
    const running = this.#running;
    if (!running) return;
    await this.#forget();
    await running.stop();
    this.log.info(l10n.t("The local responder has stopped."));
  }

  dispose(): void {
    this.#running?.terminate();
    this.#running = undefined;
  }

  async #start(port: number): Promise<ResponderThread> {
    const { startResponderThread } = await import("../../responder/responderThread.js");
    const folder = Uri.joinPath(this.context.globalStorageUri, "responder").fsPath;
    const running = await startResponderThread(
      this.context.asAbsolutePath("dist/responderWorker.js"),
      { port, folder },
      {
        onEvent: (line) => {
          this.log.info(l10n.t("Local responder: {0}", line));
          this.registry.refresh();
        },
        onEnd: () => {
          this.log.error(l10n.t("The local responder has ended unexpectedly. Start it again."));
          void this.#forget();
        },
      },
    );
    this.#running = running;
    this.registry.setResponder({
      origin: "responder",
      settings: {
        name: l10n.t("Local responder"),
        url: running.url,
        caIdentifier: "",
        adminUrl: running.adminUrl,
        method: "auto",
        contentEncryption: "auto",
        digest: "auto",
        timeoutSeconds: 30,
        tlsCaFile: undefined,
        target: "ndes",
      },
    });
    await commands.executeCommand("setContext", contextKeys.responderRunning, true);
    this.log.info(l10n.t("The local responder answers at {0}.", running.url));
    return running;
  }

  async #forget(): Promise<void> {
    this.#running = undefined;
    this.registry.setResponder(undefined);
    await commands.executeCommand("setContext", contextKeys.responderRunning, false);
  }
}
