import { l10n, ThemeColor, ThemeIcon } from "vscode";
import type { NodeStatus } from "../core/inspect/report.js";

/** The icon of a status in its colour. Icon, colour and word say the same, so that none of them is needed. */
export function statusIcon(status: NodeStatus): ThemeIcon {
  switch (status) {
    case "error":
      return new ThemeIcon("error", new ThemeColor("testing.iconFailed"));
    case "warning":
      return new ThemeIcon("warning", new ThemeColor("list.warningForeground"));
    case "info":
      return new ThemeIcon("info", new ThemeColor("notificationsInfoIcon.foreground"));
    case "ok":
      return new ThemeIcon("pass", new ThemeColor("testing.iconPassed"));
  }
}

/** The word of a status, for screen readers and tooltips. */
export function statusWord(status: NodeStatus): string {
  switch (status) {
    case "error":
      return l10n.t("error");
    case "warning":
      return l10n.t("warning");
    case "info":
      return l10n.t("note");
    case "ok":
      return l10n.t("passed");
  }
}
