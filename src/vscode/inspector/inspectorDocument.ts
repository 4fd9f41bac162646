import { type CancellationToken, type CustomDocument, l10n, type Uri } from "vscode";
import type { RemoteBrowseCalls } from "../../core/inspect/browse/browseCalls.js";
import { isSessionFile } from "../../core/inspect/sessionFile.js";
import { HumanError } from "../../core/humanError.js";
import type { InspectionInput } from "../../node/inspectionInput.js";
import { InspectionThread } from "../../node/inspectionThread.js";
import { inspectContextOf, secretKeysIn } from "../decode/inspectInput.js";
import { readWholeFile } from "../decode/readWholeFile.js";
import { workspaceKeys } from "../decode/workspaceKeys.js";
import type { MessageEntry } from "../messages/messageEntry.js";
import type { Services } from "../services.js";
import { inspectorScheme, partsOf } from "./inspectorUri.js";

/** What an inspector shows, and the thread that knows it; shared by all editors of one address. */
export class InspectorDocument implements CustomDocument {
  constructor(
    readonly uri: Uri,
    private readonly thread: InspectionThread,
    /** The entry of *Messages* that it shows, if it shows one. */
    readonly entry: MessageEntry | undefined,
    private readonly onClosed: () => void,
  ) {}

  /** What can be asked about it. */
  get browser(): RemoteBrowseCalls {
    return this.thread.browser;
  }

  dispose(): void {
    this.thread[Symbol.dispose]();
    this.onClosed();
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
  // It starts while the file is read.
  const thread = new InspectionThread(services.context.asAbsolutePath("dist/inspectionWorker.js"));
  try {
    const { input, entry, onClosed } = await sourceOf(services, uri);
    if (token.isCancellationRequested) throw new Error("The editor was closed before its file was read.");
    thread.inspect(input);
    return new InspectorDocument(uri, thread, entry, onClosed ?? (() => undefined));
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
