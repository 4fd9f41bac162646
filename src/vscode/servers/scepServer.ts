import { readFile } from "node:fs/promises";
import path from "node:path";
import { l10n, workspace } from "vscode";
import { HumanError } from "../../core/humanError.js";
import { readServerUrl, type ScepServer } from "../../core/scep/server.js";
import type { ServerSettings } from "./serverSettings.js";

/**
 * The server as the core's client wants it, with the TLS CA file read.
 *
 * @throws {HumanError} where that file cannot be read
 */
export async function scepServer(settings: ServerSettings): Promise<ScepServer> {
  const { name, url, caIdentifier, method, contentEncryption, digest, timeoutSeconds, tlsCaFile } = settings;
  return {
    name,
    url: readServerUrl(url),
    ...(caIdentifier !== "" && { caIdentifier }),
    method,
    contentEncryption,
    digest,
    timeoutSeconds,
    ...(tlsCaFile !== undefined && { tlsCa: await readTlsCa(tlsCaFile) }),
  };
}

async function readTlsCa(file: string): Promise<{ pem: string; path: string }> {
  const folder = workspace.workspaceFolders?.find(({ uri }) => uri.scheme === "file")?.uri.fsPath;
  const resolved = path.isAbsolute(file) || folder === undefined ? file : path.join(folder, file);
  try {
    return { pem: await readFile(resolved, "utf8"), path: resolved };
  } catch (error) {
    throw new HumanError(
      l10n.t(
        'The file {0} of the setting "tlsCaFile" cannot be read. Correct the path, or take the setting out.',
        resolved,
      ),
      String(error),
    );
  }
}
