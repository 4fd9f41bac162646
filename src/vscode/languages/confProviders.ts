import {
  CodeAction,
  CodeActionKind,
  CompletionItem,
  CompletionItemKind,
  type Diagnostic,
  DocumentLink,
  Hover,
  MarkdownString,
  type Position,
  Range,
  type TextDocument,
  Uri,
  workspace,
  WorkspaceEdit,
} from "vscode";
import { confFixes } from "../../core/config/confFixes.js";
import { explainConf, suggestConf } from "../../core/config/confHelp.js";
import { type ConfigurationKind, configurationKind } from "../../core/config/configurationKind.js";
import { readConf } from "../../core/config/readConf.js";
import { sscepInputFiles } from "../../core/config/sscepFiles.js";
import { mayBeConfiguration } from "./mayBeConfiguration.js";
import { languageIds } from "./registerLanguages.js";

/** What a key or a value of a configuration does. */
export function provideHover(document: TextDocument, position: Position): Hover | undefined {
  const kind = kindOf(document);
  const found = kind && explainConf(document.getText(), document.offsetAt(position), kind);
  if (!found) return undefined;
  const words = new MarkdownString();
  words.appendCodeblock(found.heading, "ini");
  // The words are our own constants; as appendText they would not wrap.
  for (const sentence of found.sentences) words.appendMarkdown(`${sentence}\n\n`);
  words.appendMarkdown(`*${found.citation}*`);
  return new Hover(words, rangeOf(document, found.range));
}

const itemKinds = {
  section: CompletionItemKind.Module,
  key: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
} as const;

/** Sections, keys and values that may stand there. */
export function provideCompletionItems(document: TextDocument, position: Position): CompletionItem[] {
  const kind = kindOf(document);
  if (!kind) return [];
  return suggestConf(document.getText(), document.offsetAt(position), kind).map((suggestion, index) => {
    const item = new CompletionItem(suggestion.label, itemKinds[suggestion.kind]);
    item.insertText = suggestion.insert;
    item.range = rangeOf(document, suggestion.range);
    item.filterText = suggestion.label;
    // The first is what most people want.
    item.sortText = String(index).padStart(3, "0");
    if (suggestion.detail !== "") item.documentation = suggestion.detail;
    if (suggestion.kind === "key" && suggestion.insert.endsWith("= ")) {
      item.command = { command: "editor.action.triggerSuggest", title: "" };
    }
    return item;
  });
}

/** What puts the findings on those lines right. */
export function provideCodeActions(document: TextDocument, diagnostics: readonly Diagnostic[]): CodeAction[] {
  const text = document.getText();
  return diagnostics.flatMap((diagnostic) => {
    const { range } = diagnostic;
    const place = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
    return confFixes(codeOf(diagnostic), text, place).map(({ title, edit, preferred }) => {
      const action = new CodeAction(title, CodeActionKind.QuickFix);
      action.edit = new WorkspaceEdit();
      action.edit.replace(document.uri, rangeOf(document, edit), edit.text);
      action.diagnostics = [diagnostic];
      action.isPreferred = preferred;
      return action;
    });
  });
}

/** The files that an sscep.conf names and that are there. */
export async function provideDocumentLinks(document: TextDocument): Promise<DocumentLink[]> {
  if (document.uri.scheme === "untitled") return [];
  const folder = Uri.joinPath(document.uri, "..");
  const links = await Promise.all(
    sscepInputFiles(readConf(document.getText())).map(async ({ entry, candidates }) => {
      const targets = candidates.map((name) =>
        name.startsWith("/") ? folder.with({ path: name }) : Uri.joinPath(folder, name),
      );
      for (const target of targets) {
        if (await isThere(target)) return new DocumentLink(rangeOf(document, entry.valueRange), target);
      }
      return undefined;
    }),
  );
  return links.filter((link) => link !== undefined);
}

async function isThere(uri: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(uri);
    return true;
  } catch {
    // That it is not there is a finding of its own.
    return false;
  }
}

/** Which configuration a document is: by its language, else by its content. */
export function kindOf(document: TextDocument): ConfigurationKind | undefined {
  if (document.languageId === languageIds.sscepConf) return "sscepConf";
  if (document.languageId === languageIds.opensslConf) return "opensslConf";
  return mayBeConfiguration(document) ? configurationKind(document.getText()) : undefined;
}

function codeOf({ code }: Diagnostic): string {
  return String(typeof code === "object" ? code.value : (code ?? ""));
}

function rangeOf(document: TextDocument, { start, end }: { readonly start: number; readonly end: number }): Range {
  return new Range(document.positionAt(start), document.positionAt(end));
}
