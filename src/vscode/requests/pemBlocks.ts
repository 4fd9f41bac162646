import { Range, type TextDocument } from "vscode";

/** One PEM block of a text document. */
export interface DocumentBlock {
  /** What stands behind BEGIN: `CERTIFICATE REQUEST`. */
  readonly label: string;
  readonly text: string;
  /** From BEGIN to behind END. */
  readonly range: Range;
}

/** Blocks of one document that are looked at: a bundle of all CAs in the world has some 150. */
const mostBlocks = 2000;

/** What was found, until the document changes or is forgotten. */
const found = new WeakMap<TextDocument, { readonly version: number; readonly blocks: readonly DocumentBlock[] }>();

/**
 * The PEM blocks of a document, in their order. Loaded at the start and asked by everybody, so it looks for armour alone;
 * a document without any costs one search for it, once for each change.
 */
export function pemBlocks(document: TextDocument): readonly DocumentBlock[] {
  const known = found.get(document);
  if (known?.version === document.version) return known.blocks;
  const blocks = findBlocks(document);
  found.set(document, { version: document.version, blocks });
  return blocks;
}

/** The block at a line of a document, or undefined. */
export function blockAt(document: TextDocument, line: number): DocumentBlock | undefined {
  return pemBlocks(document).find(({ range }) => line >= range.start.line && line <= range.end.line);
}

function findBlocks(document: TextDocument): DocumentBlock[] {
  const text = document.getText();
  const blocks: DocumentBlock[] = [];
  for (let begin = text.indexOf("-----BEGIN "); begin >= 0 && blocks.length < mostBlocks;) {
    const label = /^-----BEGIN ([^-\r\n]{0,80})-----/.exec(text.slice(begin, begin + 100))?.[1];
    if (label === undefined) {
      begin = text.indexOf("-----BEGIN ", begin + 1);
      continue;
    }
    const next = text.indexOf("-----", begin + 16 + label.length);
    const endLine = next < 0 ? undefined : /^-----END [^-\r\n]{0,80}-----/.exec(text.slice(next, next + 100))?.[0];
    const end = next < 0 ? text.length : next + (endLine?.length ?? 0);
    const range = new Range(document.positionAt(begin), document.positionAt(end));
    blocks.push({ label, text: text.slice(begin, end), range });
    begin = text.indexOf("-----BEGIN ", end);
  }
  return blocks;
}
