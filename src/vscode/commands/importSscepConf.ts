import { l10n, Uri, window, workspace } from "vscode";
import { asciiText } from "../../core/asn1/byteText.js";
import { configurationKind } from "../../core/config/configurationKind.js";
import { readConf } from "../../core/config/readConf.js";
import { serverOfSscepConf } from "../../core/config/sscepServer.js";
import { HumanError } from "../../core/humanError.js";
import { readServerUrl } from "../../core/scep/server.js";
import { notificationText } from "../shownText.js";
import type { Server } from "../servers/server.js";
import type { Services } from "../services.js";
import { requireTrust } from "../trust.js";
import { askName, showAndAsk } from "./addServer.js";

/** A configuration is smaller, in bytes. */
const largestConfiguration = 1024 * 1024;

/**
 * *Import sscep Configuration…*: makes a server of an sscep.conf that is chosen, clicked or open, and asks it at once. A
 * caller may say which: `importSscepConf(uri, name)`. Gives the server, or undefined where the person cancels.
 */
export async function importSscepConf(
  services: Services,
  argument?: unknown,
  given?: unknown,
): Promise<Server | undefined> {
  requireTrust();
  const uri = argument instanceof Uri ? argument : await chooseConfiguration();
  if (!uri) return undefined;
  const fileName = uri.path.slice(uri.path.lastIndexOf("/") + 1);
  const { url, notes, ...settings } = serverOfSscepConf(readConf(await readConfiguration(uri, fileName)));
  if (url === undefined) {
    throw new HumanError(
      l10n.t(
        "{0} names no URL: sscep is given it with -u then. Add the line “URL = http://…” to [sscep], or use SCEP: Add Server….",
        fileName,
      ),
    );
  }
  const address = readServerUrl(url);
  const name = typeof given === "string" ? given : await askName(services, address);
  if (name === undefined) return undefined;
  await services.servers.add({ name, url: address, ...settings });
  if (notes.length > 0) void window.showInformationMessage(notes.map((note) => notificationText(note)).join(" "));
  return showAndAsk(services, name);
}

async function chooseConfiguration(): Promise<Uri | undefined> {
  const open = window.activeTextEditor?.document;
  if (open && configurationKind(open.getText()) === "sscepConf") return open.uri;
  const chosen = await window.showOpenDialog({
    title: l10n.t("Import an sscep configuration"),
    openLabel: l10n.t("Import"),
    filters: { [l10n.t("sscep configurations")]: ["conf", "cnf", "cfg"], [l10n.t("All files")]: ["*"] },
  });
  return chosen?.[0];
}

/** The text of the file, or of the editor in which it is open and perhaps not saved. */
async function readConfiguration(uri: Uri, fileName: string): Promise<string> {
  const open = workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  const text = open && (open.isDirty || open.isUntitled) ? open.getText() : await readFile(uri, fileName);
  if (configurationKind(text) === "sscepConf") return text;
  throw new HumanError(
    l10n.t(
      "{0} is no sscep configuration: it has no section [sscep] with keys of sscep. Choose the file that sscep is started with (-f).",
      fileName,
    ),
  );
}

async function readFile(uri: Uri, fileName: string): Promise<string> {
  try {
    const { size } = await workspace.fs.stat(uri);
    if (size > largestConfiguration) return "";
    return asciiText(await workspace.fs.readFile(uri)).text;
  } catch (error) {
    throw new HumanError(
      l10n.t("{0} cannot be read. Look whether it is still there and may be read.", fileName),
      String(error),
    );
  }
}
