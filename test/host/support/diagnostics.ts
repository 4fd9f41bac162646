import { setTimeout as sleep } from "node:timers/promises";
import * as vscode from "vscode";

/** The code of a diagnostic, as the Problems panel shows it. */
export function codeOf({ code }: vscode.Diagnostic): string {
  return typeof code === "object" ? String(code.value) : String(code);
}

/** Waits until our diagnostics of a document have exactly these codes, and gives them in the order of the codes. */
export async function diagnosed(uri: vscode.Uri, codes: readonly string[]): Promise<readonly vscode.Diagnostic[]> {
  return new Promise((resolve, reject) => {
    const now = (): readonly vscode.Diagnostic[] =>
      vscode.languages
        .getDiagnostics(uri)
        .filter(({ source }) => source === "SCEP")
        .toSorted((a, b) => (codeOf(a) < codeOf(b) ? -1 : 1));
    const fits = (): boolean => now().map(codeOf).join() === codes.toSorted().join();
    const look = (): void => {
      if (!fits()) return;
      clearTimeout(timer);
      subscription.dispose();
      resolve(now());
    };
    const subscription = vscode.languages.onDidChangeDiagnostics(look);
    const timer = setTimeout(() => {
      subscription.dispose();
      reject(new Error(`Expected ${codes.join(", ")}, but there is: ${now().map(codeOf).join(", ")}`));
    }, 60_000);
    look();
  });
}

/** How often quick fixes are asked for, and how long is waited before they are asked for again, in milliseconds. */
const [asked, pause] = [10, 200];

/**
 * The quick fixes that VS Code offers in a range. It drops the question, and answers that there are none, when any
 * extension registers a provider meanwhile, as some do long after the start; the editor's light bulb asks again then, and
 * so does this.
 */
export async function quickFixes(uri: vscode.Uri, range: vscode.Range): Promise<readonly vscode.CodeAction[]> {
  for (let times = 1; ; times++) {
    const fixes = await vscode.commands.executeCommand<readonly vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      uri,
      range,
      vscode.CodeActionKind.QuickFix.value,
    );
    if (fixes.length > 0 || times === asked) return fixes;
    await sleep(pause);
  }
}

/** Applies the preferred quick fix for a diagnostic, or the one with that title; what the editor's light bulb does. */
export async function applyQuickFix(uri: vscode.Uri, diagnostic: vscode.Diagnostic, title?: string): Promise<void> {
  const actions = await quickFixes(uri, diagnostic.range);
  const action = actions.find((one) => (title === undefined ? one.isPreferred === true : one.title === title));
  if (!action?.edit) throw new Error(`No such quick fix: ${actions.map((one) => one.title).join("; ")}`);
  if (!(await vscode.workspace.applyEdit(action.edit))) throw new Error(`The edit "${action.title}" was refused.`);
}
