import { l10n, workspace } from "vscode";
import { HumanError } from "../core/humanError.js";

/** Guards what talks to a network: a workspace that is not trusted may have brought the servers that it names. */
export function requireTrust(): void {
  if (!workspace.isTrusted) {
    throw new HumanError(
      l10n.t(
        "This workspace is not trusted, so nothing is sent from it. Trust it with Workspaces: Manage Workspace Trust, then try again.",
      ),
    );
  }
}
