import type { TextDocument } from "vscode";

/** Longer documents are no configurations that a person wrote, in lines. */
const mostLines = 20_000;

/**
 * Whether a document may be a configuration of OpenSSL or sscep, or a script that writes one: it has a line that begins
 * the section [req] or one of sscep's. Asked of every document after every change, so it costs one search.
 */
export function mayBeConfiguration(document: TextDocument): boolean {
  return (
    document.lineCount <= mostLines && /^[ \t]*(?:echo[ \t]+["']?)?\[[ \t]*(?:req|sscep)/m.test(document.getText())
  );
}
