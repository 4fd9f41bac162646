import { l10n, TabInputCustom, TabInputText, type Uri, window } from "vscode";
import { HumanError } from "../core/humanError.js";

/** Milliseconds that VS Code is given, while it starts, to say which editors are open. */
const patience = 5000;

/**
 * The address that the editor in front is about, be it a text editor's or an inspector's; undefined where there is none. While
 * VS Code starts, extensions are told some time later than people see it; then this waits.
 *
 * @throws {HumanError} where VS Code does not say
 */
export async function openFile(): Promise<Uri | undefined> {
  await editorsToldOf();
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof TabInputText || input instanceof TabInputCustom ? input.uri : undefined;
}

/** There is a group of editors always, though an empty one; where there is none, nothing was told yet. */
function editorsToldOf(): Promise<void> {
  if (window.tabGroups.all.length > 0) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const told = window.tabGroups.onDidChangeTabGroups(() => {
      if (window.tabGroups.all.length === 0) return;
      clearTimeout(timer);
      told.dispose();
      resolve();
    });
    const timer = setTimeout(() => {
      told.dispose();
      reject(
        new HumanError(
          l10n.t(
            "VS Code is still starting and has not said which editor is in front. Try again in a moment, or choose the command from the menu of the file.",
          ),
        ),
      );
    }, patience);
  });
}
