import {
  CancellationTokenSource,
  type Diagnostic,
  type Disposable,
  languages,
  type TextDocument,
  type TextDocumentChangeEvent,
  type Uri,
  workspace,
} from "vscode";
import { DisposableStore } from "../disposableStore.js";
import { mayBeConfiguration } from "../languages/mayBeConfiguration.js";
import type { Services } from "../services.js";
import { pemBlocks } from "./pemBlocks.js";

/** How long a document is left alone after a change, in milliseconds. */
const pause = 300;

/** Documents of our own and of version control, in which nobody edits. */
const leftOut: ReadonlySet<string> = new Set(["git", "output", "scep-workbench", "scep-text", "scep-finding"]);

/**
 * Keeps the Problems panel up to date with the certificate requests, and the configurations that they are made with, of
 * all open text documents. Nothing is loaded before
 * a document has a PEM block; a check that was overtaken by a change is given up.
 */
export class RequestDiagnostics implements Disposable {
  readonly #collection = languages.createDiagnosticCollection("scep-requests");
  readonly #folder = languages.createDiagnosticCollection("scep-requests-in-folder");
  readonly #store = new DisposableStore();
  readonly #waiting = new Map<string, { readonly timer: NodeJS.Timeout; readonly source: CancellationTokenSource }>();

  constructor(private readonly services: Omit<Services, "diagnostics">) {
    this.#store.add(this.#collection);
    this.#store.add(this.#folder);
    this.#store.add(workspace.onDidOpenTextDocument((document) => this.#schedule(document, 0)));
    this.#store.add(workspace.onDidChangeTextDocument((event) => this.#changed(event)));
    this.#store.add(workspace.onDidCloseTextDocument(({ uri }) => this.#forget(uri)));
    this.#store.add(
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("scepWorkbench.lint") || event.affectsConfiguration("scepWorkbench.servers")) {
          this.#all();
        }
      }),
    );
    this.#all();
  }

  /** Shows what was found in the files of a folder, instead of what was found there before; open ones are checked anyway. */
  showFolder(findings: readonly (readonly [Uri, readonly Diagnostic[]])[]): void {
    const open = new Set(workspace.textDocuments.map(({ uri }) => uri.toString()));
    this.#folder.clear();
    this.#folder.set(findings.map(([uri, found]) => [uri, open.has(uri.toString()) ? [] : found]));
  }

  dispose(): void {
    for (const { timer, source } of this.#waiting.values()) {
      clearTimeout(timer);
      source.cancel();
      source.dispose();
    }
    this.#waiting.clear();
    this.#store.dispose();
  }

  #all(): void {
    for (const document of workspace.textDocuments) this.#schedule(document, 0);
  }

  #changed({ document, contentChanges }: TextDocumentChangeEvent): void {
    if (contentChanges.length > 0) this.#schedule(document, pause);
  }

  #forget(uri: Uri): void {
    this.#stop(uri);
    this.#collection.delete(uri);
  }

  #stop(uri: Uri): void {
    const waiting = this.#waiting.get(uri.toString());
    if (!waiting) return;
    clearTimeout(waiting.timer);
    waiting.source.cancel();
    waiting.source.dispose();
    this.#waiting.delete(uri.toString());
  }

  #schedule(document: TextDocument, delay: number): void {
    const { uri } = document;
    if (leftOut.has(uri.scheme)) return;
    this.#stop(uri);
    this.#folder.delete(uri);
    if (!workspace.getConfiguration("scepWorkbench").get("lint.enabled", true)) {
      this.#collection.delete(uri);
      return;
    }
    const source = new CancellationTokenSource();
    const timer = setTimeout(() => void this.#check(document, source), delay);
    this.#waiting.set(uri.toString(), { timer, source });
  }

  async #check(document: TextDocument, source: CancellationTokenSource): Promise<void> {
    const { uri, version } = document;
    const { token } = source;
    if (document.isClosed) return;
    if (pemBlocks(document).length === 0 && !/\.(?:csr|req|p10)$/i.test(uri.path) && !mayBeConfiguration(document)) {
      this.#collection.delete(uri);
      return;
    }
    try {
      const [{ lintDocument }, { diagnosticOf }] = await Promise.all([
        import("./documentLint.js"),
        import("./diagnosticOf.js"),
      ]);
      const artifacts = await lintDocument(this.services, document, token);
      if (!artifacts || token.isCancellationRequested || document.isClosed || document.version !== version) return;
      this.#collection.set(
        uri,
        artifacts.flatMap(({ findings }) => findings.map(({ finding, range }) => diagnosticOf(finding, range))),
      );
    } catch (error) {
      // A document that cannot be checked is no reason to bother a person who is typing; the log has it.
      this.services.log.error("A document could not be checked for certificate requests.", String(error));
    }
  }
}
