import { setImmediate } from "node:timers/promises";
import { l10n, Uri, window, workspace } from "vscode";
import { HumanError } from "../../core/humanError.js";
import { readWholeFile } from "../decode/readWholeFile.js";
import type { MessageEntry } from "../messages/messageEntry.js";
import { askWhereToSave } from "../savedFile.js";
import type { Services } from "../services.js";

/** What the file of a session is called. */
const extension = "scepsession";

/**
 * *Save Messages…*: everything in *Messages* as one file that can be opened again. Secrets stay out of it unless the
 * person asks for them. A caller may say where, and which: `saveSession(uri, { showSecrets: true })`.
 */
export async function saveSession(services: Services, to?: unknown, how?: unknown): Promise<Uri | undefined> {
  const { entries } = services.messages;
  if (entries.length === 0) {
    throw new HumanError(l10n.t("Messages is empty: there is nothing to save. Decode a file or ask a server first."));
  }
  const given = to instanceof Uri ? to : undefined;
  const showSecrets = given
    ? (how as { showSecrets?: boolean } | undefined)?.showSecrets === true
    : await askForSecrets();
  if (showSecrets === undefined) return undefined;
  const uri = given ?? (await askWhereToSave(`messages.${extension}`, { [l10n.t("SCEP session")]: [extension] }));
  if (!uri) return undefined;
  const { writeSession } = await import("../../core/inspect/sessionFile.js");
  const parts: Uint8Array[] = [];
  for (const part of writeSession(entries.toReversed(), { showSecrets })) {
    parts.push(new TextEncoder().encode(part));
    // Each entry takes a moment; nobody has to wait for all of them.
    await setImmediate();
  }
  await workspace.fs.writeFile(uri, Buffer.concat(parts));
  return uri;
}

/** *Open Messages…*: puts the entries of a session file into *Messages*. A caller may name it: `openSession(uri)`. */
export async function openSession(services: Services, from?: unknown): Promise<readonly MessageEntry[]> {
  const uri =
    from instanceof Uri
      ? from
      : (await window.showOpenDialog({ filters: { [l10n.t("SCEP session")]: [extension] } }))?.[0];
  if (!uri) return [];
  const bytes = await readWholeFile(uri, uri.path.slice(uri.path.lastIndexOf("/") + 1));
  const { readSession } = await import("../../core/inspect/sessionFile.js");
  const added: MessageEntry[] = [];
  for (const entry of readSession(new TextDecoder().decode(bytes))) {
    added.push(services.messages.add(entry));
    await setImmediate();
  }
  return added;
}

async function askForSecrets(): Promise<boolean | undefined> {
  const without = l10n.t("Without secrets");
  const chosen = await window.showQuickPick(
    [
      {
        label: without,
        detail: l10n.t("Challenge passwords and private keys are taken out. This is what to send to others."),
      },
      { label: l10n.t("With secrets"), detail: l10n.t("Everything as it is, challenge passwords in clear.") },
    ],
    { title: l10n.t("Save Messages"), placeHolder: l10n.t("What is saved?") },
  );
  return chosen && chosen.label !== without;
}
