import { commands, l10n, QuickPickItemKind, type QuickPickItem, window } from "vscode";
import { HumanError } from "../../core/humanError.js";
import { commandIds } from "../commandIds.js";
import type { Services } from "../services.js";
import { quickPickText } from "../shownText.js";
import { type Server, serverKey } from "./server.js";

/** A choice of a server, or of making one first. */
export interface ServerItem extends QuickPickItem {
  readonly choice?:
    | { readonly kind: "server"; readonly server: Server }
    | { readonly kind: "startResponder" | "addServer" };
}

/** The servers that there are, and the ways to get another, for a quick pick. */
export function serverItems(services: Services): readonly ServerItem[] {
  const { servers, responder } = services.servers;
  return [
    ...servers.map((server) => ({
      label: `$(${server.origin === "responder" ? "vm-running" : "server"}) ${quickPickText(server.settings.name, 80)}`,
      description: quickPickText(server.settings.url, 120),
      choice: { kind: "server" as const, server },
    })),
    ...(servers.length > 0 ? [{ label: "", kind: QuickPickItemKind.Separator }] : []),
    ...(responder
      ? []
      : [
          {
            label: `$(play) ${l10n.t("Start Local Responder")}`,
            description: l10n.t("answers as NDES does, on this computer"),
            choice: { kind: "startResponder" as const },
          },
        ]),
    { label: `$(add) ${l10n.t("Add Server…")}`, choice: { kind: "addServer" as const } },
  ];
}

/** The server that a choice stands for, made first where it has to be; undefined where the person thought better of it. */
export async function serverOf(services: Services, choice: ServerItem["choice"]): Promise<Server | undefined> {
  switch (choice?.kind) {
    case "server":
      return choice.server;
    case "startResponder":
      return (await commands.executeCommand(commandIds.startResponder)) ? services.servers.responder : undefined;
    case "addServer":
      return commands.executeCommand<Server | undefined>(commandIds.addServer);
    case undefined:
      return undefined;
  }
}

/**
 * The server that a command is for: the one of the row that it was called on, the one that was named, the only one, or
 * the one that is chosen. Undefined where the person cancels.
 *
 * @throws {HumanError} where no server has the name that was given
 */
export async function pickServer(
  services: Services,
  argument: unknown,
  placeHolder: string,
): Promise<Server | undefined> {
  const given = givenServer(services, argument);
  if (given) return given;
  const { servers } = services.servers;
  const [only] = servers;
  if (servers.length === 1 && only) return only;
  const chosen = await window.showQuickPick(serverItems(services), { placeHolder, matchOnDescription: true });
  return serverOf(services, chosen?.choice);
}

/** The server that a menu's row or a caller's `{ server: "NDES Lab" }` names; undefined where neither does. */
export function givenServer(services: Services, argument: unknown): Server | undefined {
  if (typeof argument !== "object" || argument === null || !("server" in argument)) return undefined;
  const { server } = argument;
  if (typeof server === "string") {
    const found = services.servers.find(server);
    if (!found) throw new HumanError(l10n.t('There is no server called "{0}". Add it with SCEP: Add Server….', server));
    return found;
  }
  const wanted = server as Server | undefined;
  // What was known when the row was drawn may have changed in the settings since.
  return services.servers.servers.find(
    (candidate) => wanted !== undefined && serverKey(candidate) === serverKey(wanted),
  );
}
