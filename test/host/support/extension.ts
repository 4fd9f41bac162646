import { strict as assert } from "node:assert";
import * as vscode from "vscode";
import type { ExtensionApi } from "../../../src/extension.js";
import { commandIds } from "../../../src/vscode/commandIds.js";

/** The extension's parts, as its activation gives them. */
export async function activated(): Promise<ExtensionApi> {
  const extension = vscode.extensions.getExtension<ExtensionApi>("scep-workbench.scep-workbench");
  assert.ok(extension, "VS Code does not know the extension");
  return extension.activate();
}

/** Runs one of the extension's commands by its name in the code. */
export function run<T>(command: keyof typeof commandIds, ...args: readonly unknown[]): Thenable<T> {
  return vscode.commands.executeCommand<T>(commandIds[command], ...args);
}

/** Sets the servers of the settings, and waits until the extension has read them. */
export async function setServers(api: ExtensionApi, servers: readonly unknown[] | undefined): Promise<void> {
  const wanted = servers?.length ?? 0;
  const read = new Promise<void>((resolve) => {
    const subscription = api.servers.onDidChange(() => {
      if (api.servers.entries.length === wanted) {
        subscription.dispose();
        resolve();
      }
    });
  });
  const same = api.servers.entries.length === wanted && wanted === 0;
  await vscode.workspace
    .getConfiguration("scepWorkbench")
    .update("servers", servers, vscode.ConfigurationTarget.Global);
  if (!same) await read;
}

/** Waits until *Servers* is seen with the server of that name selected, and only it. */
export async function shownInServers({ serversView }: ExtensionApi, name: string): Promise<void> {
  const isShown = (): boolean =>
    serversView.visible && serversView.selection.map(({ server }) => server?.settings.name).join() === name;
  if (isShown()) return;
  await new Promise<void>((resolve) => {
    const look = (): void => {
      if (!isShown()) return;
      for (const subscription of subscriptions) subscription.dispose();
      resolve();
    };
    const subscriptions = [serversView.onDidChangeSelection(look), serversView.onDidChangeVisibility(look)];
  });
}
