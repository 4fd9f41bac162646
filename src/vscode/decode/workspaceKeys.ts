import { FileType, workspace } from "vscode";
import type { NamedBytes } from "../../node/inspect/inspectJob.js";

/** What is read of a workspace at most: as many files, so large each, so large together. */
const limits = { files: 200, fileLength: 64 * 1024, length: 4 * 1024 * 1024 };

/** Files that may hold a key or a certificate, and folders that hold none of the user's own. */
const wanted = "**/*.{key,pem,pk8,p8,p12,pfx,der,crt,cer}";
const unwanted = "**/{node_modules,.git,dist}/**";

/** For so many milliseconds the files are not looked for again. */
const freshFor = 10_000;

let found: { readonly at: number; readonly files: Promise<readonly NamedBytes[]> } | undefined;

/**
 * The files of the workspace that may hold keys and certificates, by their paths in it. None where the workspace is not
 * trusted: it might have brought keys that its reader does not know of.
 */
export function workspaceKeys(): Promise<readonly NamedBytes[]> {
  if (!workspace.isTrusted) return Promise.resolve([]);
  if (!found || Date.now() - found.at > freshFor) found = { at: Date.now(), files: readAll() };
  return found.files;
}

async function readAll(): Promise<readonly NamedBytes[]> {
  const uris = await workspace.findFiles(wanted, unwanted, limits.files);
  const files: NamedBytes[] = [];
  let length = 0;
  for (const uri of uris.toSorted((a, b) => a.path.localeCompare(b.path))) {
    try {
      const { type, size } = await workspace.fs.stat(uri);
      if ((type & FileType.File) === 0 || size > limits.fileLength || length + size > limits.length) continue;
      files.push({ name: workspace.asRelativePath(uri), bytes: await workspace.fs.readFile(uri) });
      length += size;
    } catch {
      // Nobody named this file: one that is gone or may not be read is one that opens nothing.
      continue;
    }
  }
  return files;
}
