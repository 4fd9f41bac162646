import type * as vscode from "vscode";

/** Called by VS Code when the first command or view of ours is used. */
export function activate(_context: vscode.ExtensionContext): void {}
