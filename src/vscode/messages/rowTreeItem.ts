import { l10n, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from "vscode";
import { statusIcon, statusWord } from "../statusLook.js";
import type { Row } from "./row.js";
import { statusUri } from "./statusColors.js";

/** The row as VS Code shows it; its tooltip is made when it is asked for. */
export function rowTreeItem(row: Row): TreeItem {
  const item = new TreeItem(row.label, collapsibleState(row));
  item.id = row.id;
  if (row.detail !== undefined) item.description = row.detail;
  item.iconPath = rowIcon(row);
  if (row.status === "error" || row.status === "warning") item.resourceUri = statusUri(row.status);
  item.contextValue = [...traits(row)].join(" ");
  item.accessibilityInformation = { label: spoken(row) };
  return item;
}

function collapsibleState(row: Row): TreeItemCollapsibleState {
  if (!row.hasChildren) return TreeItemCollapsibleState.None;
  return row.opened ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
}

/** A plain field has an icon that cannot be seen, so that the labels of one level stand below each other. */
function rowIcon(row: Row): ThemeIcon {
  if (row.subject.kind === "remedy") return new ThemeIcon("lightbulb", new ThemeColor("editorLightBulb.foreground"));
  return row.status ? statusIcon(row.status) : new ThemeIcon("blank");
}

/** What a screen reader says: "failInfo, 2 badRequest, error". */
function spoken(row: Row): string {
  const label = row.subject.kind === "remedy" ? l10n.t("What to do: {0}", row.label) : row.label;
  return [label, row.detail, row.status && statusWord(row.status)].filter((part) => part !== undefined).join(", ");
}

/** What the menus in package.json ask a row's `viewItem` for. */
export function* traits(row: Row): Generator<string> {
  const { node, subject } = row;
  yield subject.kind;
  if (subject.kind === "entry" && row.entry.issuedKey !== undefined) yield "issued";
  if (subject.kind === "entry" && row.entry.input) yield "closed";
  if (subject.kind === "node" && subject.node.secret !== undefined) yield "secret";
  else if (valueOf(row) !== undefined) yield "value";
  if (node) yield "path";
  if (row.bytes !== undefined && row.bytes.length > 0) yield "hex";
  if (node?.content !== undefined) yield "content";
}

/** What *Copy Value* copies: the whole value of a field, the sentence of a finding. */
export function valueOf(row: Row): string | undefined {
  switch (row.subject.kind) {
    case "node":
      return row.subject.node.copyValue ?? row.subject.node.value;
    case "finding":
      return `${row.subject.finding.message} ${row.subject.finding.remedy}`;
    case "why":
    case "remedy":
      return row.label;
    case "entry":
    case "report":
      return `${row.label}: ${row.detail ?? ""}`;
    case "findings":
      return undefined;
  }
}
