import { l10n, Uri, window } from "vscode";
import { HumanError } from "../../core/humanError.js";
import { closedPartsIn, hasClosedParts, passphraseOpened } from "../../core/inspect/closedParts.js";
import type { CandidatePassword } from "../../core/inspect/context.js";
import type { Report } from "../../core/inspect/report.js";
import type { NamedBytes } from "../../node/inspect/inspectJob.js";
import { type Input, inspectWithSecrets } from "../decode/inspectInput.js";
import { readWholeFile } from "../decode/readWholeFile.js";
import { revealEntry } from "../messages/addEntry.js";
import type { MessageEntry } from "../messages/messageEntry.js";
import type { Row } from "../messages/row.js";
import { askForSecret, type SecretTrial } from "../secrets/askForSecret.js";
import { doesNotOpen, lookInto } from "../secrets/passphrase.js";
import type { Services } from "../services.js";

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
  const found = await inspectedWith(services, entry, input, keyFile instanceof Uri ? keyFile : await askWithWhat());
  const [first, ...others] = found ?? [];
  if (!first) return undefined;
  const { input: _, ...kept } = entry;
  const reports = [first, ...others] as const;
  const opened = services.messages.replace({ ...kept, reports, ...(hasClosedParts(reports) && { input }) });
  if (opened) await revealEntry(services, opened, false);
  return opened;
}

/** The file of a key, or that a password is meant; undefined where the person thinks better of it. */
async function askWithWhat(): Promise<Uri | "password" | undefined> {
  const file = { label: l10n.t("Key File…"), detail: l10n.t("PEM, DER, PKCS#12, or a secret key; encrypted or not") };
  const password = { label: l10n.t("Password…"), detail: l10n.t("For an envelope that names a password") };
  const chosen = await window.showQuickPick([file, password], { title: l10n.t("Open with Key") });
  if (chosen === password) return "password";
  return chosen && askForFile();
}

async function askForFile(): Promise<Uri | undefined> {
  const [uri] =
    (await window.showOpenDialog({
      openLabel: l10n.t("Open with This Key"),
      title: l10n.t("Open with Key"),
      filters: {
        [l10n.t("Keys")]: ["key", "pem", "pk8", "p8", "p12", "pfx", "der"],
        [l10n.t("All files")]: ["*"],
      },
    })) ?? [];
  return uri;
}

/** The message inspected anew with a key file or a password, which is forgotten then; undefined where the person gives up. */
async function inspectedWith(
  services: Services,
  { title, reports }: MessageEntry,
  input: Input,
  secret: Uri | "password" | undefined,
): Promise<readonly Report[] | undefined> {
  if (secret === undefined) return undefined;
  if (secret === "password") {
    const prompt = l10n.t("The password that the message is encrypted with");
    return ask(prompt, async (typed) => {
      const found = await inspectWithSecrets(services, input, [], [named(typed)]);
      return closedPartsIn(found) < closedPartsIn(reports)
        ? { opened: found }
        : { refusal: l10n.t("This password opens nothing in {0}. Type another one.", title) };
    });
  }
  const name = secret.path.slice(secret.path.lastIndexOf("/") + 1);
  const file = { name, bytes: await readWholeFile(secret, name) };
  if (!(await wantsPassphrase(file))) return inspectWithSecrets(services, input, [file], []);
  return ask(l10n.t("The passphrase of {0}", name), async (typed) => {
    const passwords = [named(typed)];
    return passphraseOpened(await inspectWithSecrets(services, file, [], passwords))
      ? { opened: await inspectWithSecrets(services, input, [file], passwords) }
      : { refusal: doesNotOpen(name) };
  });
}

/** Asks for a passphrase until one is right; undefined where the person gives up. */
async function ask(
  prompt: string,
  tryWith: (typed: string) => Promise<SecretTrial<readonly Report[]>>,
): Promise<readonly Report[] | undefined> {
  const answer = await askForSecret({ title: l10n.t("Open with Key"), prompt }, tryWith);
  return typeof answer === "string" ? undefined : answer;
}

/** Whether a passphrase would open the file; of one that holds no key at all says so. */
async function wantsPassphrase({ name, bytes }: NamedBytes): Promise<boolean> {
  const { holdsKey, wantsPassphrase: wants, reason } = await lookInto(name, bytes);
  if (!holdsKey && !wants) {
    throw new HumanError(l10n.t("{0} holds no private key that can be used. Choose the file of a key.", name), reason);
  }
  return wants;
}

function named(password: string): CandidatePassword {
  return { name: l10n.t("the given passphrase"), password };
}
