import type { TreeView } from "vscode";

/**
 * Opens a tree's view at a row, which is selected and opened. A view that is hidden does not yet know what came meanwhile:
 * it is opened first, and VS Code waits with the next call until it does.
 *
 * @param row asked for whenever it is needed, for rows may be made anew
 * @param refresh has VS Code ask for the rows again
 */
export async function revealRow<Row>(
  view: TreeView<Row>,
  row: () => Row,
  refresh: () => void,
  focus: boolean,
): Promise<void> {
  const show = (): Thenable<void> => view.reveal(row(), { select: true, focus, expand: true });
  if (!view.visible) {
    await show();
    refresh();
  }
  await show();
}
