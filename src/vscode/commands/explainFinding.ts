import { commands, l10n, languages, type QuickPickItem, window } from "vscode";
import { diagnosticSource, findingUri } from "../requests/diagnosticOf.js";
import type { Services } from "../services.js";
import { quickPickText } from "../shownText.js";

interface FindingItem extends QuickPickItem {
  readonly code: string;
}

/**
 * *Explain Finding…*: the page of the findings catalogue on a code that a caller gives, on the finding at the cursor, or
 * on one that is chosen of all.
 */
export async function explainFinding(_services: Services, argument?: unknown): Promise<void> {
  const code = typeof argument === "string" ? argument : (codeAtCursor() ?? (await chooseCode()));
  if (code !== undefined) await commands.executeCommand("markdown.showPreview", findingUri(code));
}

function codeAtCursor(): string | undefined {
  const editor = window.activeTextEditor;
  if (!editor) return undefined;
  const here = languages
    .getDiagnostics(editor.document.uri)
    .filter(({ source, range }) => source === diagnosticSource && range.contains(editor.selection.active))
    .map(({ code }) => (typeof code === "object" ? String(code.value) : undefined));
  return here.length === 1 ? here[0] : undefined;
}

async function chooseCode(): Promise<string | undefined> {
  const { rules } = await import("../../core/inspect/rules/all.js");
  const byCode = new Map(rules.map((rule) => [rule.code, rule]));
  const items: FindingItem[] = [...byCode.values()]
    .toSorted((a, b) => (a.code < b.code ? -1 : 1))
    .map(({ code, title }) => ({ code, label: code, description: quickPickText(title) }));
  const chosen = await window.showQuickPick(items, {
    title: l10n.t("Explain a finding"),
    placeHolder: l10n.t("A code, or a word of what was said"),
    matchOnDescription: true,
  });
  return chosen?.code;
}
