import { l10n } from "vscode";
import type { AnswerProblem } from "../../core/scep/answerProblem.js";
import { getCaCaps, getCaCert } from "../../core/scep/caInformation.js";
import type { HttpExchange } from "../../core/scep/transport.js";
import { createHttpTransport } from "../../node/http/httpTransport.js";
import { showFailure } from "../failure.js";
import { addEntry, type Opening, revealEntry } from "../messages/addEntry.js";
import type { MessageEntry } from "../messages/messageEntry.js";
import { withNetworkProgress } from "../networkProgress.js";
import { pickServer } from "../servers/pickServer.js";
import { scepServer } from "../servers/scepServer.js";
import type { Server } from "../servers/server.js";
import type { Services } from "../services.js";
import { requireTrust } from "../trust.js";
import { exchangeReport } from "./exchangeReport.js";

/** How asking a server came out: what a person is told, and the entry of Messages that holds it. */
export interface Asked {
  readonly ok: boolean;
  /** The person did not wait for the answer. */
  readonly cancelled: boolean;
  readonly sentence: string;
  readonly entry: MessageEntry;
}

/** *Get CA Capabilities*: RFC 8894 §3.5. */
export async function askCapabilities(services: Services, argument?: unknown): Promise<Asked | undefined> {
  requireTrust();
  const server = await pickServer(services, argument, l10n.t("Whose capabilities?"));
  return server && (await ask(services, server, "GetCACaps", "opened"));
}

/** *Get CA Certificates*: RFC 8894 §4.2. */
export async function askCertificates(services: Services, argument?: unknown): Promise<Asked | undefined> {
  requireTrust();
  const server = await pickServer(services, argument, l10n.t("Whose certificates?"));
  return server && (await ask(services, server, "GetCACert", "opened"));
}

/** *Ask All Servers Again*: capabilities and certificates of every server, one after the other. */
export async function refreshServers(services: Services): Promise<void> {
  requireTrust();
  for (const server of services.servers.servers) {
    const { cancelled } = await askBoth(services, server);
    if (cancelled) return;
  }
}

/** Asks a server for its capabilities and, where it can be reached at all, its certificates. */
export async function askBoth(services: Services, server: Server): Promise<Asked> {
  const caps = await ask(services, server, "GetCACaps", "closed");
  const reachable = services.servers.knowledge(server).caps?.reachable !== false;
  return reachable && !caps.cancelled ? ask(services, server, "GetCACert", "closed") : caps;
}

async function ask(
  services: Services,
  server: Server,
  operation: "GetCACaps" | "GetCACert",
  opening: Opening,
): Promise<Asked> {
  const { name } = server.settings;
  const settings = await scepServer(server.settings);
  const title =
    operation === "GetCACaps" ? l10n.t("Get CA Capabilities: {0}", name) : l10n.t("Get CA Certificates: {0}", name);
  const result = await withNetworkProgress(title, async (signal) => {
    const options = { transport: createHttpTransport(), signal };
    if (operation === "GetCACaps") {
      const caps = await getCaCaps(settings, options);
      if (!signal.aborted) services.servers.learn(server, { caps });
      return { exchange: caps.exchange, problem: caps.reachable ? undefined : caps.problem, sentence: caps.sentence };
    }
    const caCert = await getCaCert(settings, options);
    if (!signal.aborted) services.servers.learn(server, { caCert });
    return {
      exchange: caCert.exchange,
      problem: caCert.ok ? undefined : caCert.problem,
      sentence: caCert.sentence,
    };
  });
  const entry = await addExchange(services, server, operation, result, opening);
  services.log.info(`${operation} ${name}: ${result.sentence}`);
  const cancelled = result.problem?.code === "cancelled";
  if (result.problem && !cancelled) {
    void showFailure(
      services.log,
      { sentence: `${name}: ${result.problem.sentence}`, detail: result.problem.detail },
      [],
      () => revealEntry(services, entry),
    );
  }
  return { ok: result.problem === undefined, cancelled, sentence: result.sentence, entry };
}

async function addExchange(
  services: Services,
  server: Server,
  operation: string,
  { exchange, problem }: { readonly exchange: HttpExchange; readonly problem: AnswerProblem | undefined },
  opening: Opening,
): Promise<MessageEntry> {
  const report = await exchangeReport(services, server, operation, exchange);
  // The client knows what it asked for; what is sound in itself may be no answer to that.
  const verdict =
    problem && report.verdict.status !== "error"
      ? { ...report.verdict, status: "error" as const, sentence: problem.sentence }
      : report.verdict;
  return addEntry(
    services,
    {
      title: l10n.t("{0} → {1}", operation, server.settings.name),
      at: exchange.timings ? new Date(exchange.timings.startedAt) : new Date(),
      reports: [{ ...report, verdict }],
    },
    opening,
  );
}
