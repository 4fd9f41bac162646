import { setImmediate as turnOfTheLoop } from "node:timers/promises";
import { l10n } from "vscode";
import { visibleText } from "../../core/asn1/visibleText.js";
import { hresult } from "../../core/ndes/hresult.js";
import { enroll } from "../../core/scep/client.js";
import { type EnrollmentOutcome, enrollmentStepSentences } from "../../core/scep/enrollment.js";
import { createHttpTransport } from "../../node/http/httpTransport.js";
import { nodeCrypto } from "../../node/nodeCrypto.js";
import { announceOutcome } from "../enroll/announceOutcome.js";
import { enrollmentReport } from "../enroll/enrollmentReport.js";
import { type EnrollArgument, type EnrollPlan, planOf, requestOf } from "../enroll/enrollPlan.js";
import { obtainChallenge } from "../enroll/obtainChallenge.js";
import { addEntry } from "../messages/addEntry.js";
import type { MessageEntry } from "../messages/messageEntry.js";
import { withNetworkProgress } from "../networkProgress.js";
import { givenServer } from "../servers/pickServer.js";
import { scepServer } from "../servers/scepServer.js";
import type { Services } from "../services.js";
import { requireTrust } from "../trust.js";

/** How an enrolment ended: its status, what a person is told, and the entry of Messages that holds it. */
export interface Enrolled {
  readonly status: EnrollmentOutcome["status"];
  readonly sentence: string;
  readonly entry: MessageEntry;
}

/**
 * *Enroll Certificate…*: asks for what the caller did not give (see {@link EnrollArgument}; a row of *Servers* gives the
 * server), enrols, and shows how it ended. Undefined where the person cancels or no challenge could be had.
 */
export async function enrollCertificate(services: Services, argument?: unknown): Promise<Enrolled | undefined> {
  requireTrust();
  const server = givenServer(services, argument);
  const given = argument as EnrollArgument | undefined;
  if (server && given?.subject !== undefined) return run(services, planOf(server, given));
  const { askForPlan } = await import("../enroll/enrollWizard.js");
  const plan = await askForPlan(services, server, given);
  return plan && (await run(services, plan));
}

async function run(services: Services, plan: EnrollPlan): Promise<Enrolled | undefined> {
  const { server, request } = plan;
  const { name } = server.settings;
  const startedAt = new Date();
  const subject = visibleText(request.subject, 100);
  const outcome = await withNetworkProgress(l10n.t("Enroll {0} at {1}", subject, name), async (signal, announce) => {
    const settings = await scepServer({
      ...server.settings,
      ...(plan.contentEncryption && { contentEncryption: plan.contentEncryption }),
      ...(plan.digest && { digest: plan.digest }),
    });
    // The libraries that build messages take their time to load: now, and not in one go with the building.
    await import("../../core/scep/buildPkiMessage.js");
    await turnOfTheLoop();
    const challenge = await obtainChallenge(services, plan, settings, signal, announce);
    if (!challenge.ok) return undefined;
    return enroll(
      { server: settings, request: requestOf(plan, challenge.text) },
      {
        transport: createHttpTransport(),
        crypto: nodeCrypto,
        signal,
        explainHresult: hresult,
        onProgress: (step) => announce(`${enrollmentStepSentences[step]}…`),
      },
    );
  });
  return outcome && (await conclude(services, plan, outcome, startedAt));
}

/** Keeps what an enrolment brought: what was learnt of the server, the key, the entry; and tells how it ended. */
async function conclude(
  services: Services,
  { server }: EnrollPlan,
  outcome: EnrollmentOutcome,
  startedAt: Date,
): Promise<Enrolled> {
  const { name } = server.settings;
  const { caps, caCert } = outcome.record;
  if (outcome.status !== "failed" || outcome.problem.code !== "cancelled") {
    services.servers.learn(server, { ...(caps && { caps }), ...(caCert && { caCert }) });
  }
  const issuedKey = outcome.status === "issued" ? await keepKey(services, outcome) : undefined;
  // What was sent is built and what came is opened; before it is explained, others get their turn.
  await turnOfTheLoop();
  const report = await enrollmentReport(services, server, outcome);
  const entry = await addEntry(
    services,
    {
      title: report.title,
      at: startedAt,
      reports: [report],
      ...(issuedKey !== undefined && { issuedKey }),
    },
    "opened",
  );
  services.log.info(`Enroll ${name}: ${outcome.sentence}`);
  void announceOutcome(services, outcome, entry);
  return { status: outcome.status, sentence: outcome.sentence, entry };
}

/** Puts the key of an issued certificate into the vault, until the person saves it. */
async function keepKey(services: Services, outcome: Extract<EnrollmentOutcome, { status: "issued" }>): Promise<string> {
  const { certificate, others, transaction } = outcome;
  const id = `${transaction.transactionID}.${certificate.serialNumber}`;
  await services.vault.storeKey(id, {
    name: visibleText(certificate.subject.text, 200),
    pkcs8: transaction.key,
    certificate: certificate.der,
    others: others.map(({ der }) => der),
  });
  return id;
}
