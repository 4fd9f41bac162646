import { inspectTransaction } from "../../core/inspect/transaction.js";
import type { Report } from "../../core/inspect/report.js";
import type { EnrollmentOutcome } from "../../core/scep/enrollment.js";
import { nodeCrypto } from "../../node/nodeCrypto.js";
import type { Server } from "../servers/server.js";
import type { Services } from "../services.js";

/** What inspection says of an enrolment: all of its exchanges in one report, each explained by the others. */
export async function enrollmentReport(
  services: Services,
  server: Server,
  outcome: EnrollmentOutcome,
): Promise<Report> {
  return inspectTransaction(
    { outcome, serverName: server.settings.name },
    {
      crypto: nodeCrypto,
      keys: await services.vault.candidateKeys(),
      certificates: [],
      target: server.settings.target,
      now: new Date(),
    },
  );
}
