import { l10n, ProgressLocation, window } from "vscode";
import { secretKeyIn } from "../../core/crypto/secretKey.js";
import { hasClosedParts } from "../../core/inspect/closedParts.js";
import type { CandidatePassword, CandidateSecretKey } from "../../core/inspect/context.js";
import type { Report } from "../../core/inspect/report.js";
import type { InspectJob, InspectSubject, NamedBytes } from "../../node/inspect/inspectJob.js";
import { viewIds } from "../commandIds.js";
import type { Services } from "../services.js";

/** Above so many bytes the work could be felt: it goes to a worker thread. */
const inWorkerAbove = 64 * 1024;

/** What was decoded may be inspected anew up to so many bytes: its entry keeps them. */
export const longestKept = 1024 * 1024;

/** Bytes to be inspected, and what was opened together with them. */
export interface Input extends NamedBytes {
  readonly beside?: readonly NamedBytes[];
}

/**
 * What is in some bytes, one report for each thing found. Knows the keys of our own enrolments and the certificates that
 * servers have shown. Undefined where the person cancels, which large inputs let them.
 */
export async function inspectInput(
  services: Services,
  { bytes, name, beside = [] }: Input,
): Promise<readonly Report[] | undefined> {
  const job: InspectJob = {
    subject: { kind: "bytes", bytes, name },
    // A larger one is a capture, not a key or a message that explains another, and its memory may have moved to a worker.
    beside: beside.filter((other) => other.bytes.length <= inWorkerAbove),
    context: await inspectContextOf(services),
  };
  if (bytes.length <= inWorkerAbove) {
    const reports = await window.withProgress({ location: { viewId: viewIds.messages } }, () => inspectHere(job));
    return withWorkspaceKeys(services, { bytes, name, beside: job.beside ?? [] }, reports);
  }
  const title = l10n.t("Decoding {0}", name);
  const location = ProgressLocation.Notification;
  return window.withProgress({ location, title, cancellable: true }, async (_, token) => {
    const aborter = new AbortController();
    const subscription = token.onCancellationRequested(() => aborter.abort());
    try {
      const { workspaceKeys } = await import("./workspaceKeys.js");
      const besideToo = [...(job.beside ?? []), ...(await workspaceKeys())];
      return await inspectElsewhere(services, { ...job, beside: besideToo }, aborter.signal);
    } catch (error) {
      if (aborter.signal.aborted) return undefined;
      throw error;
    } finally {
      subscription.dispose();
    }
  });
}

/** What stayed closed is tried once more with the keys and certificates that lie in the workspace. */
async function withWorkspaceKeys(
  services: Services,
  input: Input,
  reports: readonly Report[],
): Promise<readonly Report[]> {
  if (!hasClosedParts(reports)) return reports;
  const { workspaceKeys } = await import("./workspaceKeys.js");
  const files = await workspaceKeys();
  return files.length === 0 ? reports : inspectWithSecrets(services, input, files, []);
}

/**
 * The same with keys and passphrases that a person gave for this one inspection. In a thread of its own, for opening a
 * container may take a million rounds of hashing.
 */
export async function inspectWithSecrets(
  services: Services,
  { bytes, name, beside = [] }: Input,
  files: readonly NamedBytes[],
  passwords: readonly CandidatePassword[],
): Promise<readonly Report[]> {
  const context = await inspectContextOf(services);
  const secretKeys = secretKeysIn(files);
  const job: InspectJob = {
    // The memory of the bytes moves to the thread; the entry keeps its own.
    subject: { kind: "bytes", bytes: new Uint8Array(bytes), name },
    beside: [...beside, ...files],
    context: { ...context, passwords, secretKeys },
  };
  return window.withProgress({ location: { viewId: viewIds.messages } }, () =>
    inspectElsewhere(services, job, new AbortController().signal),
  );
}

/** The files that are secret keys of a content cipher, as bytes or hex. */
export function secretKeysIn(files: readonly NamedBytes[]): readonly CandidateSecretKey[] {
  return files.flatMap((file) => {
    const key = secretKeyIn(file.bytes);
    return key ? [{ name: file.name, key }] : [];
  });
}

/** What is known around whatever is opened: the keys of our own enrolments, the certificates that servers have shown. */
export async function inspectContextOf(services: Services): Promise<InspectJob["context"]> {
  return {
    keys: await services.vault.candidateKeys(),
    certificates: knownCertificates(services),
    now: new Date(),
  };
}

/** What an artifact of so many bytes is, inspected where it holds nobody up. */
export async function inspectArtifact(
  services: Services,
  subject: Extract<InspectSubject, { kind: "artifact" }>,
  context: InspectJob["context"],
): Promise<Report> {
  const job = { subject, context };
  const [report] =
    subject.artifact.bytes.length > inWorkerAbove
      ? await inspectElsewhere(services, job, new AbortController().signal)
      : await inspectHere(job);
  if (!report) throw new Error("An artifact was inspected without a report.");
  return report;
}

async function inspectHere(job: InspectJob): Promise<readonly Report[]> {
  const { runInspectJob } = await import("../../node/inspect/runInspectJob.js");
  return runInspectJob(job);
}

async function inspectElsewhere(services: Services, job: InspectJob, signal: AbortSignal): Promise<readonly Report[]> {
  const { inspectInWorker } = await import("../../node/inspect/inspectInWorker.js");
  return inspectInWorker(services.context.asAbsolutePath("dist/inspectWorker.js"), job, signal);
}

function knownCertificates(services: Services): readonly Uint8Array[] {
  return services.servers.servers.flatMap((server) => {
    const { caCert } = services.servers.knowledge(server);
    return caCert?.ok === true ? caCert.ca.certificates.map(({ der }) => der) : [];
  });
}
