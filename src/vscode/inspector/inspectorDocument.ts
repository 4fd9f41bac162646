import {
  type CancellationToken,
  type CustomDocument,
  type Disposable,
  EventEmitter,
  FileSystemError,
  l10n,
  type Uri,
  workspace,
} from "vscode";
import type { RemoteBrowseCalls } from "../../core/inspect/browse/browseCalls.js";
import { isSessionFile } from "../../core/inspect/sessionFile.js";
import { HumanError } from "../../core/humanError.js";
import type { InspectionInput } from "../../node/inspect/inspectionInput.js";
import { InspectionThread } from "../../node/inspect/inspectionThread.js";
import { inspectContextOf, secretKeysIn } from "../decode/inspectInput.js";
import { readWholeFile } from "../decode/readWholeFile.js";
import { workspaceKeys } from "../decode/workspaceKeys.js";
import { describeFailure } from "../failure.js";
import type { MessageEntry } from "../messages/messageEntry.js";
import type { Services } from "../services.js";
import { onFileChanged } from "./fileChange.js";
import { inspectorScheme, partsOf } from "./inspectorUri.js";

/** What became of the file of an inspector: it was read anew, or why it was not, in a sentence. */
export type FileNews = { readonly kind: "read" } | { readonly kind: "missing"; readonly sentence: string };

/** What an inspector shows, and the thread that knows it; shared by all editors of one address. */
export class InspectorDocument implements CustomDocument {
  readonly #news = new EventEmitter<FileNews>();
  /** Its file has changed. */
  readonly onNews = this.#news.event;
  readonly #watcher: Disposable | undefined;
  readonly #onClosed: () => void;
  /** The entry of *Messages* that it shows, if it shows one. */
  readonly entry: MessageEntry | undefined;
  #thread: InspectionThread;
  #missing: string | undefined;
  /** Of several readings only the last that was begun counts; none does once this is closed. */
  #turn = 0;

  constructor(
    private readonly services: Services,
    readonly uri: Uri,
    { thread, entry, onClosed }: Opened,
  ) {
    this.#thread = thread;
    this.entry = entry;
    this.#onClosed = onClosed ?? (() => undefined);
    this.#watcher = uri.scheme === inspectorScheme ? undefined : onFileChanged(uri, () => void this.#readAnew());
  }

  /** What can be asked about it: of what was read last. */
  get browser(): RemoteBrowseCalls {
    return this.#thread.browser;
  }

  /** Why what is shown is not what the file holds now, in a sentence; undefined as long as it is. */
  get missing(): string | undefined {
    return this.#missing;
  }

  dispose(): void {
    this.#turn++;
    this.#watcher?.dispose();
    this.#news.dispose();
    this.#thread[Symbol.dispose]();
    this.#onClosed();
  }

  /** Until the file as it is now was inspected; where it cannot be, what was there before stays. */
  async #readAnew(): Promise<void> {
    const turn = ++this.#turn;
    const opening = await this.#openAgain();
    if (turn !== this.#turn) {
      if (typeof opening !== "string") opening[Symbol.dispose]();
      return;
    }
    if (typeof opening === "string") {
      this.#missing = opening;
      this.#news.fire({ kind: "missing", sentence: opening });
      return;
    }
    const before = this.#thread;
    this.#thread = opening;
    this.#missing = undefined;
    this.#news.fire({ kind: "read" });
    before[Symbol.dispose]();
  }

  /** A thread that has inspected the file as it is now, or why there is none. */
  async #openAgain(): Promise<InspectionThread | string> {
    const name = nameOf(this.uri);
    let thread: InspectionThread | undefined;
    try {
      ({ thread } = await opened(this.services, this.uri));
      await thread.browser.overview();
      return thread;
    } catch (error) {
      thread?.[Symbol.dispose]();
      if (await isGone(this.uri)) {
        return l10n.t("{0} is no longer there. What is shown is what it held when it was read last.", name);
      }
      const { sentence, detail } = describeFailure(error);
      this.services.log.error(sentence, detail);
      return l10n.t(
        "{0} has changed and could not be read anew; what is shown is what it held before. {1}",
        name,
        sentence,
      );
    }
  }
}

async function isGone(uri: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(uri);
    return false;
  } catch (error) {
    return error instanceof FileSystemError && error.code === "FileNotFound";
  }
}

function nameOf(uri: Uri): string {
  return uri.path.slice(uri.path.lastIndexOf("/") + 1);
}

/**
 * Opens what stands at an address: a file of any file system, an entry of *Messages*, bytes of another inspector.
 *
 * @throws {HumanError} where nothing is there any more, or it cannot be read
 */
export async function openInspectorDocument(
  services: Services,
  uri: Uri,
  token: CancellationToken,
): Promise<InspectorDocument> {
  return new InspectorDocument(services, uri, await opened(services, uri, token));
}

/** A thread that inspects what stands at an address. */
interface Opened extends Omit<Source, "input"> {
  readonly thread: InspectionThread;
}

async function opened(services: Services, uri: Uri, token?: CancellationToken): Promise<Opened> {
  // It starts while the file is read.
  const thread = new InspectionThread(services.context.asAbsolutePath("dist/inspectionWorker.js"));
  try {
    const { input, ...source } = await sourceOf(services, uri);
    if (token?.isCancellationRequested) throw new Error("The editor was closed before its file was read.");
    thread.inspect(input);
    return { thread, ...source };
  } catch (error) {
    thread[Symbol.dispose]();
    throw error;
  }
}

/** What stands at an address, and what is to be done when its inspector is closed. */
interface Source {
  readonly input: InspectionInput;
  readonly entry?: MessageEntry;
  readonly onClosed?: () => void;
}

async function sourceOf(services: Services, uri: Uri): Promise<Source> {
  if (uri.scheme !== inspectorScheme) {
    const name = nameOf(uri);
    return { input: await inputOf(services, await readWholeFile(uri, name), name) };
  }
  const { kind, key } = partsOf(uri);
  const entry = kind === "entry" ? services.messages.find(key) : undefined;
  if (entry) return { input: { kind: "reports", name: entry.title, reports: entry.reports }, entry };
  const held = kind === "held" ? services.inspectors.held(key) : undefined;
  if (!held) {
    throw new HumanError(
      l10n.t(
        "This message is no longer in Messages: they are kept while the window is open. Open its file, or do it again.",
      ),
    );
  }
  return {
    input: await inputOf(services, held.bytes.slice(), held.name),
    onClosed: () => services.inspectors.release(key),
  };
}

async function inputOf(services: Services, bytes: Uint8Array, name: string): Promise<InspectionInput> {
  if (isSessionFile(bytes)) return { kind: "session", name, bytes };
  // Inspected in a thread of its own, so that what lies in the workspace may be tried at once.
  const [context, files] = await Promise.all([inspectContextOf(services), workspaceKeys()]);
  const secretKeys = secretKeysIn(files);
  const job = { subject: { kind: "bytes", bytes, name }, beside: files, context: { ...context, secretKeys } } as const;
  return { kind: "job", name, job };
}
