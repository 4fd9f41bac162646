import { env, l10n, Uri } from "vscode";
import type { ScepServer } from "../../core/scep/server.js";
import { exchangeReport } from "../commands/exchangeReport.js";
import { showFailure } from "../failure.js";
import { addEntry, revealEntry } from "../messages/addEntry.js";
import type { Announce } from "../networkProgress.js";
import type { Services } from "../services.js";
import type { EnrollPlan } from "./enrollPlan.js";
import { fetchChallenge } from "./fetchChallenge.js";

/** The challenge to be sent (none where the plan wants none), or that there is none to be had, which was then said. */
export type ObtainedChallenge = { readonly ok: true; /** Secret. */ readonly text?: string } | { readonly ok: false };

/** Gets the challenge that a plan names from wherever it comes. */
export async function obtainChallenge(
  services: Services,
  { challenge, server }: Pick<EnrollPlan, "challenge" | "server">,
  settings: ScepServer,
  signal: AbortSignal,
  announce: Announce,
): Promise<ObtainedChallenge> {
  const { url, adminUrl } = server.settings;
  switch (challenge.kind) {
    case "none":
      return { ok: true };
    case "stored": {
      const text = await services.vault.challenge(url);
      if (text !== undefined) return { ok: true, text };
      void showFailure(services.log, {
        sentence: l10n.t("No challenge is stored for {0} any more. Enroll again and type it.", server.settings.name),
      });
      return { ok: false };
    }
    case "text":
      if (challenge.store) {
        await services.vault.storeChallenge(url, challenge.text);
        services.servers.refresh();
      }
      return { ok: true, text: challenge.text };
    case "fetch":
      if (adminUrl === undefined) return { ok: true };
      announce(l10n.t("Fetching a one-time password…"));
      return fetched(services, server, adminUrl, settings, signal);
  }
}

async function fetched(
  services: Services,
  server: EnrollPlan["server"],
  adminUrl: string,
  settings: ScepServer,
  signal: AbortSignal,
): Promise<ObtainedChallenge> {
  const { exchange, challenge } = await fetchChallenge(adminUrl, settings, signal);
  const report = await exchangeReport(services, server, undefined, exchange);
  const entry = await addEntry(
    services,
    {
      title: l10n.t("One-time password ← {0}", server.settings.name),
      at: exchange.timings ? new Date(exchange.timings.startedAt) : new Date(),
      reports: [report],
    },
    "closed",
  );
  services.servers.refresh();
  if (challenge !== undefined) return { ok: true, text: challenge };
  if (exchange.failure?.code === "cancelled") return { ok: false };
  const { sentence, remedy } = report.verdict;
  const logon = exchange.response?.status === 401;
  void showFailure(
    services.log,
    {
      sentence: logon
        ? l10n.t(
            "The admin page asks for a logon. Open it in a browser, copy the password from there, and choose Type it now when you enroll again.",
          )
        : [sentence, remedy].filter((part) => part !== undefined).join(" "),
      detail: exchange.failure?.detail,
    },
    logon ? [{ title: l10n.t("Open in Browser"), run: () => env.openExternal(Uri.parse(adminUrl)) }] : [],
    () => revealEntry(services, entry),
  );
  return { ok: false };
}
