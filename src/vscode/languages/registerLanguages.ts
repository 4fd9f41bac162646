import { CodeActionKind, type Disposable, type DocumentFilter, languages } from "vscode";
import { DisposableStore } from "../disposableStore.js";

/** The languages of package.json that are ours. */
export const languageIds = { opensslConf: "openssl-conf", sscepConf: "sscep-conf" } as const;

/**
 * Where a configuration may be found: in our own languages, and by its content in those that a mkrequest script or a
 * configuration under another name is opened as.
 */
const documents: readonly DocumentFilter[] = [
  ...Object.values(languageIds),
  "shellscript",
  "ini",
  "properties",
  "plaintext",
].map((language) => ({ language }));

/** Hovers, completion, quick fixes and links in configurations; what they do is loaded when it is asked for. */
export function registerLanguages(): Disposable {
  const store = new DisposableStore();
  const providers = () => import("./confProviders.js");
  store.add(
    languages.registerHoverProvider([...documents], {
      provideHover: async (document, position) => (await providers()).provideHover(document, position),
    }),
  );
  store.add(
    languages.registerCompletionItemProvider(
      [...documents],
      {
        provideCompletionItems: async (document, position) =>
          (await providers()).provideCompletionItems(document, position),
      },
      "[",
      "=",
      " ",
    ),
  );
  store.add(
    languages.registerCodeActionsProvider(
      [...documents],
      {
        provideCodeActions: async (document, _, { diagnostics }) =>
          (await providers()).provideCodeActions(document, diagnostics),
      },
      { providedCodeActionKinds: [CodeActionKind.QuickFix] },
    ),
  );
  store.add(
    languages.registerDocumentLinkProvider([{ language: languageIds.sscepConf }], {
      provideDocumentLinks: async (document) => (await providers()).provideDocumentLinks(document),
    }),
  );
  return store;
}
