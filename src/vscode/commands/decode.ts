import { env, l10n, Uri, window } from "vscode";
import { HumanError } from "../../core/humanError.js";
import { hasClosedParts } from "../../core/inspect/closedParts.js";
import type { NamedBytes } from "../../node/inspect/inspectJob.js";
import { decodeCapture, isLargeCapture } from "../decode/decodeCapture.js";
import { inspectInput, longestKept } from "../decode/inspectInput.js";
import { readWholeFile } from "../decode/readWholeFile.js";
import { showFailure } from "../failure.js";
import { addEntry } from "../messages/addEntry.js";
import { leadingReport, type MessageEntry } from "../messages/messageEntry.js";
import type { Services } from "../services.js";

/** *Decode File…*: files that are chosen, or named by a caller: `decodeFile(uri)`, `decodeFile([uri, …])`. */
export async function decodeFile(services: Services, argument?: unknown): Promise<readonly MessageEntry[]> {
  const given = urisIn(argument);
  const uris =
    given.length > 0
      ? given
      : ((await window.showOpenDialog({
          canSelectMany: true,
          openLabel: l10n.t("Decode"),
          title: l10n.t("Decode messages, requests, certificates and CRLs"),
          filters: {
            [l10n.t("PKI files")]: [
              "der",
              "cer",
              "crt",
              "pem",
              "p7b",
              "p7c",
              "p7s",
              "p7m",
              "p10",
              "csr",
              "req",
              "crl",
              "ber",
              "bin",
              "cms",
              "b64",
              "txt",
              "log",
              "eml",
              "http",
              "har",
              "html",
              "pcap",
              "pcapng",
              "cap",
              "gz",
            ],
            [l10n.t("All files")]: ["*"],
          },
        })) ?? []);
  return decodeUris(services, uris);
}

/** *Decode with SCEP Workbench* in the explorer's and the editor tab's menu. */
export async function decodeResource(
  services: Services,
  clicked: unknown,
  selected: unknown,
): Promise<readonly MessageEntry[]> {
  const several = urisIn(selected);
  return decodeUris(services, several.length > 0 ? several : urisIn(clicked));
}

/** *Decode Selection*: what is selected in the editor, or the whole text where nothing is: PEM, base64 or hex. */
export async function decodeSelection(services: Services): Promise<MessageEntry | undefined> {
  const editor = window.activeTextEditor;
  if (!editor)
    throw new HumanError(
      l10n.t("No text editor is open. Open one, or decode the file itself with SCEP: Decode File…."),
    );
  const { document, selections } = editor;
  const selected = selections.map((selection) => document.getText(selection)).join("\n");
  const text = selected === "" ? document.getText() : selected;
  const name = document.uri.path.slice(document.uri.path.lastIndexOf("/") + 1);
  return decodeText(services, text, selected === "" ? name : l10n.t("Selection in {0}", name));
}

/** *Decode Clipboard*: PEM, base64 or hex. */
export async function decodeClipboard(services: Services): Promise<MessageEntry | undefined> {
  const text = await env.clipboard.readText();
  if (text.trim() === "") {
    throw new HumanError(l10n.t("The clipboard holds no text. Copy PEM, base64 or hex, then decode the clipboard."));
  }
  return decodeText(services, text, l10n.t("Clipboard"));
}

async function decodeText(services: Services, text: string, name: string): Promise<MessageEntry | undefined> {
  return decodeBytes(services, new TextEncoder().encode(text), name);
}

async function decodeUris(services: Services, uris: readonly Uri[]): Promise<readonly MessageEntry[]> {
  const files: NamedBytes[] = [];
  const entries: MessageEntry[] = [];
  for (const uri of uris) {
    const name = uri.path.slice(uri.path.lastIndexOf("/") + 1);
    try {
      // A file that cannot be looked at is told of where it is read.
      if (await isLargeCapture(uri).catch(() => false)) entries.push(...(await decodeCapture(services, uri, name)));
      else files.push({ name, bytes: await readWholeFile(uri, name) });
    } catch (error) {
      if (!HumanError.is(error)) throw error;
      // One file that cannot be read does not keep the others from being decoded.
      void showFailure(services.log, { sentence: error.message, detail: error.detail });
    }
  }
  for (const file of files) {
    // Request, reply, keys and certificates that are opened together explain one another.
    const beside = files.filter((other) => other !== file);
    const entry = await decodeBytes(services, file.bytes, file.name, beside);
    if (entry) entries.push(entry);
  }
  return entries;
}

async function decodeBytes(
  services: Services,
  bytes: Uint8Array,
  name: string,
  beside: readonly NamedBytes[] = [],
): Promise<MessageEntry | undefined> {
  // The memory of a large input moves to the thread that inspects it.
  const copy = bytes.length <= longestKept ? { name, bytes: new Uint8Array(bytes) } : undefined;
  const reports = await inspectInput(services, { bytes, name, beside });
  const [first, ...others] = reports ?? [];
  if (!first) return undefined;
  const input = hasClosedParts([first, ...others]) ? copy : undefined;
  const entry = await addEntry(
    services,
    { title: name, at: new Date(), reports: [first, ...others], ...(input && { input }) },
    "opened",
  );
  services.log.info(l10n.t("Decoded {0}: {1}", name, leadingReport(entry).verdict.headline));
  return entry;
}

function urisIn(argument: unknown): readonly Uri[] {
  const list: readonly unknown[] = Array.isArray(argument) ? argument : [argument];
  return list.filter((item) => item instanceof Uri);
}
