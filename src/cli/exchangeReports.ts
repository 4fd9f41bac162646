import { writePem } from "../core/asn1/pem.js";
import { exchangeArtifact } from "../core/inspect/artifact.js";
import type { InspectContext } from "../core/inspect/context.js";
import { inspect } from "../core/inspect/inspect.js";
import { type Json, jsonText, reportJson } from "../core/inspect/json.js";
import type { Report } from "../core/inspect/report.js";
import { renderText } from "../core/inspect/text.js";
import { transactionContext } from "../core/inspect/transaction.js";
import type { EnrollmentOutcome } from "../core/scep/enrollment.js";
import type { HttpExchange } from "../core/scep/transport.js";
import { nodeCrypto } from "../node/nodeCrypto.js";
import type { EnrollFiles } from "./enrollFiles.js";
import type { Terminal } from "./terminal.js";

/** An exchange, where it came about, with the operation that it was for. */
export interface OperationExchange {
  readonly operation: string;
  readonly exchange: HttpExchange | undefined;
}

/** A context that knows nothing but the time. */
function ignorant(): InspectContext {
  return { crypto: nodeCrypto, keys: [], certificates: [], now: new Date() };
}

/** Prints exchanges as `decode --json` prints artifacts. */
export async function printExchanges(terminal: Terminal, exchanges: readonly OperationExchange[]): Promise<void> {
  const reports = await inspectExchanges(exchanges, ignorant());
  await terminal.out(
    `${jsonText({ artifacts: reports.map((report) => reportJson(report, { showSecrets: false })) }, 2)}\n`,
  );
}

/** Prints how an enrolment ended, and its exchanges as `decode --json` prints artifacts. */
export async function printOutcome(
  terminal: Terminal,
  outcome: EnrollmentOutcome,
  exchanges: readonly OperationExchange[],
  files: EnrollFiles,
  showSecrets: boolean,
): Promise<void> {
  const reports = await inspectExchanges(exchanges, transactionContext(outcome, ignorant()));
  const artifacts = reports.map((report) => reportJson(report, { showSecrets }));
  await terminal.out(`${jsonText({ outcome: outcomeJson(outcome, files), artifacts }, 2)}\n`);
}

/** Prints an enrolment's exchanges as trees. */
export async function printTrees(
  terminal: Terminal,
  outcome: EnrollmentOutcome,
  exchanges: readonly OperationExchange[],
  showSecrets: boolean,
): Promise<void> {
  const reports = await inspectExchanges(exchanges, transactionContext(outcome, ignorant()));
  for (const report of reports)
    await terminal.out(`${renderText(report, { showSecrets, colour: terminal.colour })}\n\n`);
}

/** The outcome of `enroll --json`; docs/cli.md lists its names. */
function outcomeJson(outcome: EnrollmentOutcome, files: EnrollFiles): Json {
  const { status, sentence, record } = outcome;
  const { transaction, checks } = record;
  return {
    status,
    sentence,
    ...(transaction && { transactionID: transaction.transactionID, ...transaction.negotiation }),
    ...(outcome.status === "issued" && { certificate: writePem("CERTIFICATE", outcome.certificate.der) }),
    ...(outcome.status === "refused" && { reason: outcome.reason }),
    ...(outcome.status === "failed" && { problem: outcome.problem }),
    checks,
    files,
  } as object as Json;
}

async function inspectExchanges(
  exchanges: readonly OperationExchange[],
  context: InspectContext,
): Promise<readonly Report[]> {
  const reports: Report[] = [];
  for (const { operation, exchange } of exchanges) {
    if (exchange) reports.push(await inspect(exchangeArtifact(exchange, operation), context));
  }
  return reports;
}
