import {
  commands,
  l10n,
  languages,
  type QuickPickItem,
  TabInputCustom,
  TabInputText,
  Uri,
  window,
  workspace,
} from "vscode";
import { comparedUri } from "../comparedDocuments.js";
import type { MessageEntry } from "../messages/messageEntry.js";
import { Row } from "../messages/row.js";
import { openFile } from "../openFile.js";
import type { Services } from "../services.js";
import { quickPickText } from "../shownText.js";

/** Something that can be compared: an entry of *Messages*, or a file. */
type Comparable = MessageEntry | Uri;

/** The language of package.json whose editor settings and colours suit a report. */
const reportLanguage = "scep-report";

/** *Show as Text*: what is in a file or an entry of *Messages*, as text that stays the same for the same bytes. */
export async function showAsText(_services: Services, clicked?: unknown): Promise<void> {
  const given = comparable(clicked) ?? (await openFile()) ?? (await chooseFile());
  if (!given) return;
  const document = await workspace.openTextDocument(comparedUri(given));
  await window.showTextDocument(await languages.setTextDocumentLanguage(document, reportLanguage), { preview: true });
}

/**
 * *Compare With…*: two files that are selected in the explorer, or one file or entry and another that is chosen, side by
 * side in VS Code's own comparison. Resolves to the two addresses that are compared.
 */
export async function compare(
  services: Services,
  clicked?: unknown,
  selected?: unknown,
): Promise<readonly [Uri, Uri] | undefined> {
  const several = (Array.isArray(selected) ? selected : []).map(comparable).filter((one) => one !== undefined);
  const first = several.length === 2 ? several[0] : (comparable(clicked) ?? (await openFile()) ?? (await chooseFile()));
  const second = several.length === 2 ? several[1] : first && (await chooseOther(services, first));
  if (!first || !second) return undefined;
  const sides = [comparedUri(first), comparedUri(second)] as const;
  for (const side of sides) {
    await languages.setTextDocumentLanguage(await workspace.openTextDocument(side), reportLanguage);
  }
  await commands.executeCommand("vscode.diff", ...sides, l10n.t("{0} ↔ {1}", nameOf(first), nameOf(second)));
  return sides;
}

function comparable(given: unknown): Comparable | undefined {
  if (given instanceof Uri) return given;
  return given instanceof Row ? given.entry : undefined;
}

function nameOf(one: Comparable): string {
  return one instanceof Uri ? one.path.slice(one.path.lastIndexOf("/") + 1) : one.title;
}

interface OtherItem extends QuickPickItem {
  readonly other?: Comparable;
}

async function chooseOther(services: Services, first: Comparable): Promise<Comparable | undefined> {
  const entries = services.messages.entries.filter((entry) => entry !== first);
  const open = window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .flatMap(({ input }) => (input instanceof TabInputText || input instanceof TabInputCustom ? [input.uri] : []))
    .filter((uri) => !(first instanceof Uri) || uri.toString() !== first.toString());
  const items: OtherItem[] = [
    ...entries.map((entry) => ({ label: `$(mail) ${quickPickText(entry.title, 80)}`, other: entry })),
    ...open.map((uri) => ({
      label: `$(file) ${quickPickText(nameOf(uri), 80)}`,
      description: quickPickText(workspace.asRelativePath(uri), 120),
      other: uri,
    })),
    { label: `$(folder-opened) ${l10n.t("Choose a file…")}` },
  ];
  const chosen = await window.showQuickPick(items, { title: l10n.t("Compare {0} with", nameOf(first)) });
  return chosen && (chosen.other ?? chooseFile());
}

async function chooseFile(): Promise<Uri | undefined> {
  const [uri] = (await window.showOpenDialog({ openLabel: l10n.t("Compare") })) ?? [];
  return uri;
}
