import { l10n, type TextDocumentContentProvider, type Uri } from "vscode";

/** The pages of the findings catalogue, made of the rules when they are opened. */
export class FindingDocuments implements TextDocumentContentProvider {
  async provideTextDocumentContent(uri: Uri): Promise<string> {
    const code = uri.path.slice(1).replace(/\.md$/, "");
    const [{ rules }, { findingPage }] = await Promise.all([
      import("../../core/inspect/rules/all.js"),
      import("../../core/inspect/findingPage.js"),
    ]);
    const rule = rules.find((candidate) => candidate.code === code);
    return rule ? findingPage(rule, 1) : l10n.t("There is no finding of the code {0}.", code);
  }
}
