import { type CancellationToken, type CustomDocument, type Disposable, EventEmitter, l10n, type Uri } from "vscode";
import type { RemoteBrowseCalls } from "../../core/inspect/browse/browseCalls.js";
import { isSessionFile } from "../../core/inspect/sessionFile.js";
import { HumanError } from "../../core/humanError.js";
import type { InspectionInput } from "../../node/inspectionInput.js";
import { InspectionThread } from "../../node/inspectionThread.js";
import { inspectContextOf, secretKeysIn } from "../decode/inspectInput.js";
import { readWholeFile } from "../decode/readWholeFile.js";
import { workspaceKeys } from "../decode/workspaceKeys.js";
import { describeFailure } from "../failure.js";
import type { MessageEntry } from "../messages/messageEntry.js";
import type { Services } from "../services.js";
import { onFileChanged } from "./fileChange.js";
import { inspectorScheme, partsOf } from "./inspectorUri.js";

/** What an inspector shows, and the thread that knows it; shared by all editors of one address. */
export class InspectorDocument implements CustomDocument {
  readonly #readAnew = new EventEmitter<void>();
  /** What it stands on has changed, and what can be asked is now about what is there instead. */
  readonly onReadAnew = this.#readAnew.event;
  readonly #watcher: Disposable | undefined;
  #thread: InspectionThread;
  readonly #onClosed: (() => void) | undefined;
  /** The entry of *Messages* that it shows, if it shows one. */
  readonly entry: MessageEntry | undefined;
  /** Of several readings only the last that was begun counts; none does once this is closed. */
  #turn = 0;

  constructor(
    private readonly services: Services,
    readonly uri: Uri,
    { thread, entry, onClosed }: Opened,
  ) {
    this.#thread = thread;
    this.entry = entry;
    this.#onClosed = onClosed;
    this.#watcher = uri.scheme === inspectorScheme ? undefined : onFileChanged(uri, () => void this.#read());
  }

  /** What can be asked about it. */
  get browser(): RemoteBrowseCalls {
    return this.#thread.browser;
  }

  dispose(): void {
    this.#turn++;
    this.#watcher?.dispose();
    this.#readAnew.dispose();
    this.#thread[Symbol.dispose]();
    this.#onClosed?.();
  }

  /** Until the file as it is now has been inspected, and where it cannot be read, what was there before stays. */
  async #read(): Promise<void> {
    const turn = ++this.#turn;
    let thread: InspectionThread | undefined;
    try {
      ({ thread } = await opened(this.services, this.uri));
      await thread.browser.overview();
    } catch (error) {
      thread?.[Symbol.dispose]();
      const { sentence, detail } = describeFailure(error);
      this.services.log.error(sentence, detail);
      return;
    }
    if (turn !== this.#turn) {
      thread[Symbol.dispose]();
      return;
    }
    this.#thread[Symbol.dispose]();
    this.#thread = thread;
    this.#readAnew.fire();
  }
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
    const name = uri.path.slice(uri.path.lastIndexOf("/") + 1);
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
