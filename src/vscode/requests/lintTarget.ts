import { workspace } from "vscode";
import type { ServerRegistry } from "../servers/serverRegistry.js";

/** By whose rules requests are judged: those of the setting, or of the servers that are configured. */
export function lintTarget(servers: ServerRegistry): "ndes" | "rfc8894" {
  const target = workspace.getConfiguration("scepWorkbench").get("lint.target", "ndes" as string);
  if (target !== "server") return target === "rfc8894" ? "rfc8894" : "ndes";
  const known = servers.servers.filter(({ origin }) => origin === "settings");
  // NDES is the stricter one: where one of several servers is one, a request should suit it.
  return known.length > 0 && known.every(({ settings }) => settings.target === "rfc8894") ? "rfc8894" : "ndes";
}
