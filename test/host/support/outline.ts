import { ThemeIcon, type TreeDataProvider, type TreeItem } from "vscode";

/** The marks of the icons that say how something went. */
const marks: Readonly<Record<string, string>> = { error: "✗", warning: "⚠", info: "ℹ", pass: "✓" };

/** How an outline is made. */
interface OutlineOptions {
  /** How many levels below the given rows are shown; 0 for the rows alone. */
  readonly depth: number;
  /** Replaces what differs from run to run. */
  readonly replace?: (text: string) => string;
}

/** A tree as a person sees it: one line a row, two blanks a level, "✗ label: description". */
export async function outline<T>(
  provider: TreeDataProvider<T>,
  rows: readonly T[],
  { depth, replace = (text) => text }: OutlineOptions,
): Promise<string[]> {
  const lines: string[] = [];
  for (const row of rows) {
    const item = await provider.getTreeItem(row);
    const mark = item.iconPath instanceof ThemeIcon ? marks[item.iconPath.id] : undefined;
    const label = labelOf(item);
    const description = typeof item.description === "string" ? `: ${item.description}` : "";
    lines.push(replace(`${mark === undefined ? "" : `${mark} `}${label}${description}`));
    if (depth === 0) continue;
    const children = (await provider.getChildren(row)) ?? [];
    const below = await outline(provider, children, { depth: depth - 1, replace });
    lines.push(...below.map((line) => `  ${line}`));
  }
  return lines;
}

/** The row at the end of a path of labels; where several have the same label, the first. */
export async function rowAt<T>(provider: TreeDataProvider<T>, start: T, ...labels: readonly string[]): Promise<T> {
  let row = start;
  for (const label of labels) {
    const children = (await provider.getChildren(row)) ?? [];
    const items = await Promise.all(
      children.map(async (child) => ({ child, item: await provider.getTreeItem(child) })),
    );
    const found = items.find(({ item }) => labelOf(item) === label);
    if (!found) {
      throw new Error(`There is no "${label}" among: ${items.map(({ item }) => labelOf(item)).join(", ")}`);
    }
    row = found.child;
  }
  return row;
}

function labelOf({ label }: TreeItem): string {
  return typeof label === "string" ? label : (label?.label ?? "");
}

/** The item of a row with its tooltip, as hovering over it brings it. */
export async function hovered<T>(provider: TreeDataProvider<T>, row: T): Promise<TreeItem> {
  const item = await provider.getTreeItem(row);
  if (item.tooltip !== undefined || !provider.resolveTreeItem) return item;
  const token = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose: () => undefined }) };
  return (await provider.resolveTreeItem(item, row, token)) ?? item;
}
