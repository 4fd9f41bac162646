import type { ThemeIcon } from "vscode";
import type { NodeContent, NodeStatus } from "../../core/inspect/report.js";
import type { Server } from "./server.js";

/** One row of *Servers*, before it becomes VS Code's. */
export interface ServerRow {
  /** Unique in the tree and the same as long as it stands for the same. */
  readonly id: string;
  readonly label: string;
  /** The grey text behind the label. */
  readonly detail?: string;
  /** What the row says in whole words, for the tooltip and a screen reader. */
  readonly sentence?: string;
  readonly status?: NodeStatus;
  readonly icon?: ThemeIcon;
  /** What the menus in package.json ask `viewItem` for. */
  readonly traits: readonly string[];
  /** The server that the row belongs to; absent for an entry of the setting that is broken. */
  readonly server?: Server;
  /** The place in the setting, where the row stands for an entry of it. */
  readonly settingIndex?: number;
  /** What *Copy Value* copies. */
  readonly value?: string;
  /** What *Copy Hex* copies and *Save As…* saves. */
  readonly bytes?: Uint8Array;
  readonly content?: NodeContent;
  readonly expanded?: boolean;
  readonly children: readonly ServerRow[];
}
