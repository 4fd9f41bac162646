import { Uri } from "vscode";
import type { MessageEntry } from "../messages/messageEntry.js";

/** The scheme of what is inspected and is no file: entries of *Messages*, and bytes out of another inspector. */
export const inspectorScheme = "scep-inspector";

/** The address of an entry of *Messages*; its last part is what the editor's tab shows. */
export function entryUri(entry: MessageEntry): Uri {
  return addressOf("entry", entry.id, entry.title);
}

/** The address of bytes that are kept under a key (see HeldBytes). */
export function heldUri(key: string, name: string): Uri {
  return addressOf("held", key, name);
}

/** What an address of ours says: which kind, and the id or key. */
export function partsOf(uri: Uri): { readonly kind: string; readonly key: string } {
  const [, kind = "", key = ""] = uri.path.split("/");
  return { kind, key };
}

function addressOf(kind: "entry" | "held", key: string, title: string): Uri {
  const shown = title.replaceAll(/[^\p{L}\p{N} ._→-]+/gu, " ").trim() || key;
  return Uri.from({ scheme: inspectorScheme, path: `/${kind}/${key}/${shown}` });
}
