import { Position, Range, type TextDocument, Uri, workspace } from "vscode";
import { findNamedFiles } from "../../core/config/sscepFiles.js";
import { lint, type TextRange } from "../../core/inspect/lint.js";
import { nodeCrypto } from "../../node/nodeCrypto.js";
import type { DocumentArtifact } from "../requests/documentLint.js";

/** Certificates, keys and requests are smaller; of a larger file no more is looked at than that it is there, in bytes. */
const largestNamedFile = 256 * 1024;

/** What is wrong with a configuration that is open, the files that it names beside it included. */
export async function lintConfiguration(
  document: TextDocument,
  target: "ndes" | "rfc8894",
): Promise<readonly DocumentArtifact[]> {
  const bytes = new TextEncoder().encode(document.getText());
  const namedFiles =
    document.uri.scheme === "untitled"
      ? undefined
      : await findNamedFiles(bytes, (name) => readBeside(document.uri, name));
  const { artifacts } = await lint(bytes, "", {
    crypto: nodeCrypto,
    keys: [],
    certificates: [],
    now: new Date(),
    target,
    ...(namedFiles && { namedFiles }),
  });
  return artifacts.map((artifact) => ({
    artifact,
    range: rangeOf(artifact.place.text),
    findings: artifact.findings.map((finding) => ({ finding, range: rangeOf(finding.place.text) })),
  }));
}

async function readBeside(document: Uri, name: string): Promise<Uint8Array | undefined> {
  const uri = name.startsWith("/") ? document.with({ path: name }) : Uri.joinPath(document, "..", name);
  try {
    const { size } = await workspace.fs.stat(uri);
    return size <= largestNamedFile ? await workspace.fs.readFile(uri) : new Uint8Array();
  } catch {
    // That it is not there is what the finding says.
    return undefined;
  }
}

function rangeOf(place: TextRange | undefined): Range {
  if (!place) return new Range(0, 0, 0, 1);
  return new Range(
    new Position(place.line - 1, place.column - 1),
    new Position(place.endLine - 1, place.endColumn - 1),
  );
}
