import {
  type CancellationToken,
  CodeActionKind,
  type CodeLens,
  type Disposable,
  EventEmitter,
  languages,
  workspace,
} from "vscode";
import { DisposableStore } from "../disposableStore.js";
import type { Services } from "../services.js";
import { blockAt, pemBlocks } from "./pemBlocks.js";

/** Where text is edited; our own documents and version control's old versions are shown like all others. */
const everywhere = { pattern: "**" };

/** Languages in which nobody else folds or makes an outline. */
const pemLanguages = ["pem", "plaintext"];

/**
 * What a text editor shows of PEM blocks: lenses, hovers, outline, folding, quick fixes. Each loads what it needs when a
 * document has a block, never before.
 */
export function registerPemFeatures(services: Services): Disposable {
  const store = new DisposableStore();
  const lensesChanged = store.add(new EventEmitter<void>());
  store.add(
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("scepWorkbench")) lensesChanged.fire();
    }),
  );
  store.add(
    languages.registerCodeLensProvider(everywhere, {
      onDidChangeCodeLenses: lensesChanged.event,
      provideCodeLenses: async (document) =>
        pemBlocks(document).length === 0 ? [] : (await import("./pemLenses.js")).pemLenses(document),
      resolveCodeLens: async (lens: CodeLens, token: CancellationToken) =>
        (await import("./pemLenses.js")).resolveLens(services, lens, token),
    }),
  );
  store.add(
    languages.registerHoverProvider(everywhere, {
      provideHover: async (document, position, token) =>
        blockAt(document, position.line)
          ? (await import("./pemHover.js")).pemHover(services, document, position, token)
          : undefined,
    }),
  );
  store.add(
    languages.registerFoldingRangeProvider(pemLanguages, {
      provideFoldingRanges: async (document) =>
        pemBlocks(document).length === 0 ? undefined : (await import("./pemOutline.js")).pemFolding(document),
    }),
  );
  store.add(
    languages.registerDocumentSymbolProvider(pemLanguages, {
      provideDocumentSymbols: async (document) =>
        pemBlocks(document).length === 0 ? undefined : (await import("./pemOutline.js")).pemSymbols(services, document),
    }),
  );
  store.add(
    languages.registerCodeActionsProvider(
      everywhere,
      {
        provideCodeActions: async (document, range, { diagnostics }) =>
          pemBlocks(document).length === 0
            ? []
            : (await import("./requestFixes.js")).requestFixes(document, range, diagnostics),
      },
      { providedCodeActionKinds: [CodeActionKind.QuickFix] },
    ),
  );
  return store;
}
