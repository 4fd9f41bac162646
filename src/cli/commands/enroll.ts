import { writePem } from "../../core/asn1/pem.js";
import { hresult } from "../../core/ndes/hresult.js";
import { enroll as enrollCertificate } from "../../core/scep/client.js";
import type { EnrollmentOutcome } from "../../core/scep/enrollment.js";
import { createHttpTransport } from "../../node/http/httpTransport.js";
import { nodeCrypto } from "../../node/nodeCrypto.js";
import { readArguments } from "../arguments.js";
import { requestOf, requestOptions, signerOf } from "../enrollArguments.js";
import { type EnrollFiles, outputFiles, writeEnrolled } from "../enrollFiles.js";
import { exitStatus, type ExitStatus } from "../exitStatus.js";
import { saveExchanges } from "../saveExchange.js";
import { messageOptions, serverOf, serverOptions } from "../serverArguments.js";
import { passphraseOf, secretsOf } from "../stdinSecrets.js";
import type { Terminal } from "../terminal.js";

const statusOf = {
  issued: exitStatus.done,
  refused: exitStatus.refused,
  pending: exitStatus.pending,
  failed: exitStatus.impossible,
} as const;

/** `enroll URL`: asks for a certificate by PKCSReq. */
export async function enroll(args: readonly string[], terminal: Terminal): Promise<ExitStatus> {
  const { values, positionals } = readArguments("enroll", args, {
    ...serverOptions,
    ...messageOptions,
    ...requestOptions,
    out: { type: "string" },
    "cert-out": { type: "string" },
    "key-out": { type: "string" },
    force: { type: "boolean" },
    tree: { type: "boolean" },
    "show-secrets": { type: "boolean" },
  });
  const server = await serverOf("enroll", positionals, values);
  const secrets = await secretsOf(values, terminal);
  const passphrase = passphraseOf(secrets, terminal);
  const request = await requestOf(values, secrets, passphrase);
  const signer = await signerOf(values, passphrase);
  const files = await outputFiles(values, request.key === undefined);
  const outcome = await enrollCertificate(
    { server, request, ...(signer && { signer }) },
    { crypto: nodeCrypto, transport: createHttpTransport(), signal: terminal.signal, explainHresult: hresult },
  );
  if (values["save-exchange"] !== undefined) await saveExchanges(values["save-exchange"], exchangesOf(outcome));
  const written = await writeEnrolled(outcome, files, secrets.passphrase);
  const showSecrets = values["show-secrets"] === true;
  if (values.json) {
    const { printOutcome } = await import("../exchangeReports.js");
    await printOutcome(terminal, outcome, exchangesOf(outcome), written, showSecrets);
  } else if (values.tree) {
    const { printTrees } = await import("../exchangeReports.js");
    await printTrees(terminal, outcome, exchangesOf(outcome), showSecrets);
  }
  await printSentence(terminal, outcome, written, values.json === true);
  return statusOf[outcome.status];
}

/** The exchanges of an enrolment, as far as it came. */
function exchangesOf({ record }: EnrollmentOutcome) {
  return [
    { operation: "GetCACaps", exchange: record.caps?.exchange },
    { operation: "GetCACert", exchange: record.caCert?.exchange },
    { operation: "PKIOperation", exchange: record.exchange },
  ] as const;
}

/** A certificate goes to standard output where no file was named, and then every sentence to standard error. */
async function printSentence(
  terminal: Terminal,
  outcome: EnrollmentOutcome,
  written: EnrollFiles,
  json: boolean,
): Promise<void> {
  if (outcome.status !== "issued") {
    await terminal.err(`scep-workbench: ${outcome.sentence}\n`);
  } else if (!json) {
    const toFile = written.certificate !== undefined;
    await (toFile ? terminal.out(`${outcome.sentence}\n`) : terminal.err(`${outcome.sentence}\n`));
    if (!toFile) await terminal.out(writePem("CERTIFICATE", outcome.certificate.der));
  }
  if (json) return;
  for (const [what, file] of Object.entries(written) as [string, string][]) {
    await terminal.err(`  ${what}: ${file}\n`);
  }
}
