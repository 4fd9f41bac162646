import type { Report } from "../../core/inspect/report.js";
import type { EnrollmentOutcome } from "../../core/scep/enrollment.js";
import { exchangeReport } from "../commands/exchangeReport.js";
import type { Server } from "../servers/server.js";
import type { Services } from "../services.js";

/** What inspection says of an enrolment: all of its exchanges, with the keys that open them. */
export async function enrollmentReport(
  services: Services,
  server: Server,
  { record }: EnrollmentOutcome,
): Promise<Report> {
  const exchange = record.exchange ?? record.caCert?.exchange ?? record.caps?.exchange;
  if (!exchange) throw new Error("An enrolment that asked nobody has nothing to show.");
  return exchangeReport(services, server, "Enroll", exchange);
}
