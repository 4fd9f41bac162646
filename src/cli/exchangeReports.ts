import { toHex } from "../core/asn1/hex.js";
import { writePem } from "../core/asn1/pem.js";
import type { Artifact } from "../core/inspect/artifact.js";
import type { InspectContext } from "../core/inspect/context.js";
import { inspect } from "../core/inspect/inspect.js";
import { type Json, jsonText, reportJson } from "../core/inspect/json.js";
import type { Report } from "../core/inspect/report.js";
import { renderText } from "../core/inspect/text.js";
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

/** Prints exchanges as `decode --json` prints artifacts. */
export async function printExchanges(terminal: Terminal, exchanges: readonly OperationExchange[]): Promise<void> {
  const reports = await inspectExchanges(exchanges, {});
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
  const reports = await inspectExchanges(exchanges, contextOf(outcome));
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
  const reports = await inspectExchanges(exchanges, contextOf(outcome));
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

/** What is known around the exchanges of an enrolment. */
function contextOf({ record }: EnrollmentOutcome): Partial<InspectContext> {
  const { caps, caCert, transaction } = record;
  const ca = caCert?.ok ? caCert.ca.certificates.map(({ der }) => der) : [];
  return {
    certificates: transaction ? [...ca, transaction.signer.certificate] : ca,
    ...(caps && !caps.problem && { capabilities: [...caps.capabilities.known, ...caps.capabilities.unknown] }),
    ...(transaction && {
      keys: [
        { name: "the signer's key", pkcs8: transaction.signer.key },
        { name: "the request's key", pkcs8: transaction.key },
      ],
      request: {
        transactionID: transaction.transactionID,
        senderNonce: toHex(transaction.senderNonce),
        pkcs10: transaction.request,
      },
    }),
  };
}

async function inspectExchanges(
  exchanges: readonly OperationExchange[],
  known: Partial<InspectContext>,
): Promise<readonly Report[]> {
  const context: InspectContext = { crypto: nodeCrypto, keys: [], certificates: [], now: new Date(), ...known };
  const reports: Report[] = [];
  for (const { operation, exchange } of exchanges) {
    if (exchange) reports.push(await inspect(exchangeArtifact(operation, exchange), context));
  }
  return reports;
}

function exchangeArtifact(operation: string, exchange: HttpExchange): Artifact {
  const bytes = exchange.response?.body ?? new Uint8Array();
  const source = { name: operation, offset: 0, length: bytes.length };
  return { kind: "httpExchange", exchange, operation, bytes, source, wrapping: [] };
}
