import { l10n, Uri, window } from "vscode";
import { HumanError } from "../../core/humanError.js";
import { hasClosedParts } from "../../core/inspect/closedParts.js";
import type { CandidatePassword } from "../../core/inspect/context.js";
import type { NamedBytes } from "../../node/inspectJob.js";
import { inspectWithSecrets } from "../decode/inspectInput.js";
import { readWholeFile } from "../decode/readWholeFile.js";
import { revealEntry } from "../messages/addEntry.js";
import type { MessageEntry } from "../messages/messageEntry.js";
import type { Row } from "../messages/row.js";
import type { Services } from "../services.js";

/** What a person opens a message with: a file, a passphrase, or both. It is forgotten when the message was inspected. */
interface Secrets {
  readonly files: readonly NamedBytes[];
  readonly passwords: readonly CandidatePassword[];
}

/**
 * *Open with Key…*: inspects an entry of *Messages* anew with a key file and its passphrase, or with a password. A caller may
 * name the file: `openWithKey(row, uri)`.
 */
export async function openWithKey(
  services: Services,
  row: unknown,
  keyFile?: unknown,
): Promise<MessageEntry | undefined> {
  const { entry } = row as Row | { readonly entry: MessageEntry };
  const { input } = entry;
  if (!input) {
    throw new HumanError(
      l10n.t("Only what was decoded from a file, the clipboard or a selection of up to 1 MB can be opened with a key."),
    );
  }
  const secrets = keyFile instanceof Uri ? await secretsOf(keyFile) : await askForSecrets();
  if (!secrets) return undefined;
  const [first, ...others] = await inspectWithSecrets(services, input, secrets.files, secrets.passwords);
  if (!first) return undefined;
  const { input: _, ...kept } = entry;
  const reports = [first, ...others] as const;
  const opened = services.messages.replace({ ...kept, reports, ...(hasClosedParts(reports) && { input }) });
  if (opened) await revealEntry(services, opened, false);
  return opened;
}

async function askForSecrets(): Promise<Secrets | undefined> {
  const file = { label: l10n.t("Key File…"), detail: l10n.t("PEM, DER, PKCS#12, or a secret key; encrypted or not") };
  const password = { label: l10n.t("Password…"), detail: l10n.t("For an envelope that names a password") };
  const chosen = await window.showQuickPick([file, password], { title: l10n.t("Open with Key") });
  if (chosen === file) return askForFile();
  if (chosen !== password) return undefined;
  const typed = await askForPassphrase(l10n.t("The password that the message is encrypted with"));
  return typed === undefined ? undefined : { files: [], passwords: [named(typed)] };
}

async function askForFile(): Promise<Secrets | undefined> {
  const [uri] =
    (await window.showOpenDialog({
      openLabel: l10n.t("Open with This Key"),
      title: l10n.t("Open with Key"),
      filters: {
        [l10n.t("Keys")]: ["key", "pem", "pk8", "p8", "p12", "pfx", "der"],
        [l10n.t("All files")]: ["*"],
      },
    })) ?? [];
  return uri && secretsOf(uri);
}

/** The key in a file, with its passphrase where it has one. */
async function secretsOf(uri: Uri): Promise<Secrets | undefined> {
  const name = uri.path.slice(uri.path.lastIndexOf("/") + 1);
  const bytes = await readWholeFile(uri, name);
  if (!(await wantsPassphrase({ name, bytes }))) return { files: [{ name, bytes }], passwords: [] };
  const typed = await askForPassphrase(l10n.t("The passphrase of {0}", name));
  return typed === undefined ? undefined : { files: [{ name, bytes }], passwords: [named(typed)] };
}

/** Whether a passphrase would open the file; of one that holds no key at all says so. */
async function wantsPassphrase({ name, bytes }: NamedBytes): Promise<boolean> {
  const { lookIntoKeyFile } = await import("../../node/lookIntoKeyFile.js");
  const { holdsKey, wantsPassphrase: wants } = await lookIntoKeyFile({ name, bytes });
  if (!holdsKey && !wants) {
    throw new HumanError(l10n.t("{0} holds no private key that can be used. Choose the file of a key.", name));
  }
  return wants;
}

function askForPassphrase(prompt: string): Thenable<string | undefined> {
  return window.showInputBox({ title: l10n.t("Open with Key"), prompt, password: true, ignoreFocusOut: true });
}

function named(password: string): CandidatePassword {
  return { name: l10n.t("the given passphrase"), password };
}
