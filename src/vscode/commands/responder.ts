import { l10n, window } from "vscode";
import { HumanError } from "../../core/humanError.js";
import { describeFailure, showFailure } from "../failure.js";
import type { ResponderThread } from "../../responder/responderThread.js";
import type { Services } from "../services.js";
import { requireTrust } from "../trust.js";
import { askBoth } from "./askServer.js";

/**
 * *Start Local Responder*: starts it and asks it at once. Gives the running responder; undefined where it could not
 * start, which was then said. A caller may name the port: `{ port: 0 }` for any that is free.
 */
export async function startLocalResponder(
  services: Services,
  argument?: unknown,
): Promise<ResponderThread | undefined> {
  requireTrust();
  const { port } = (typeof argument === "object" && argument !== null ? argument : {}) as { readonly port?: number };
  if (services.responder.running) return services.responder.running;
  try {
    const running = await window.withProgress({ location: { viewId: "scepWorkbench.servers" } }, () =>
      services.responder.start(port),
    );
    const server = services.servers.responder;
    if (server) await askBoth(services, server);
    return running;
  } catch (error) {
    if (!HumanError.is(error)) throw error;
    const another = { title: l10n.t("Use Another Port"), run: () => startLocalResponder(services, { port: 0 }) };
    void showFailure(services.log, describeFailure(error), isAboutPort(error) ? [another] : []);
    return undefined;
  }
}

/** *Stop Local Responder*. */
export async function stopLocalResponder(services: Services): Promise<void> {
  if (services.responder.running) await services.responder.stop();
  else void window.showInformationMessage(l10n.t("The local responder is not running."));
}

/** Whether another port would help: the host's words name the code. */
function isAboutPort({ detail }: HumanError): boolean {
  return /EADDRINUSE|EACCES|EADDRNOTAVAIL/.test(detail ?? "");
}
