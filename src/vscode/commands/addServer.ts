import { l10n, Uri, window, workspace } from "vscode";
import { HumanError } from "../../core/humanError.js";
import { readServerUrl } from "../../core/scep/server.js";
import { revealServer } from "../servers/revealServer.js";
import type { Server } from "../servers/server.js";
import type { Services } from "../services.js";
import { requireTrust } from "../trust.js";
import { askBoth } from "./askServer.js";

/** What a caller may give instead of being asked. */
interface AddServerArgument {
  readonly address?: string;
  readonly name?: string;
}

/**
 * *Add Server…*: takes a host name, a URL or the path of an sscep.conf, writes the server into the settings and asks it at once. Gives the server,
 * or undefined where the person cancels.
 */
export async function addServer(services: Services, argument?: unknown): Promise<Server | undefined> {
  requireTrust();
  const given = (typeof argument === "object" && argument !== null ? argument : {}) as AddServerArgument;
  const address = given.address ?? (await askAddress());
  if (address === undefined) return undefined;
  const file = configurationFile(address);
  if (file) return (await import("./importSscepConf.js")).importSscepConf(services, file, given.name);
  const url = readServerUrl(address);
  const name = given.name ?? (await askName(services, url));
  if (name === undefined) return undefined;
  await services.servers.add({ name, url });
  return showAndAsk(services, name);
}

/** Shows the new server in *Servers*, and asks it what it says of itself. */
export async function showAndAsk(services: Services, name: string): Promise<Server | undefined> {
  const server = services.servers.find(name);
  if (!server) return undefined;
  await revealServer(services, server);
  await askBoth(services, server);
  return server;
}

/** The configuration that a path names, absolute or below the workspace's first folder; undefined for an address. */
function configurationFile(text: string): Uri | undefined {
  const typed = text.trim();
  if (/^https?:/i.test(typed) || !/\.(?:conf|cnf|cfg)$/i.test(typed)) return undefined;
  if (typed.startsWith("/") || /^[a-z]:[\\/]/i.test(typed)) return Uri.file(typed);
  const folder = workspace.workspaceFolders?.[0]?.uri;
  return folder && Uri.joinPath(folder, typed);
}

function askAddress(): Thenable<string | undefined> {
  return window.showInputBox({
    title: l10n.t("Add Server (1/2)"),
    prompt: l10n.t(
      "Host name, URL, or the path of an sscep.conf. A host name alone becomes NDES's address, http://HOST/certsrv/mscep/mscep.dll.",
    ),
    placeHolder: l10n.t("ndes01.lab.example"),
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === "" || configurationFile(text) ? undefined : problemOf(text)),
  });
}

/** Asks what a server is to be called; undefined where the person cancels. */
export function askName(services: Services, url: string): Thenable<string | undefined> {
  const host = new URL(url).hostname;
  return window.showInputBox({
    title: l10n.t("Add Server (2/2)"),
    prompt: l10n.t("What is the server called? {0}", url),
    value: services.servers.find(host) ? new URL(url).host : host,
    ignoreFocusOut: true,
    validateInput: (text) =>
      text.trim() === ""
        ? l10n.t("Give it a name.")
        : services.servers.find(text.trim())
          ? l10n.t('There is a server called "{0}" already.', text.trim())
          : undefined,
  });
}

function problemOf(text: string): string | undefined {
  try {
    readServerUrl(text);
    return undefined;
  } catch (error) {
    if (HumanError.is(error)) return error.message;
    throw error;
  }
}
