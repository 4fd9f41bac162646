import { l10n, ProgressLocation, window } from "vscode";
import type { Report } from "../../core/inspect/report.js";
import type { InspectJob } from "../../node/inspectJob.js";
import { viewIds } from "../commandIds.js";
import type { Services } from "../services.js";

/** Above so many bytes the work would be felt: it goes to a worker thread. */
const inWorkerAbove = 256 * 1024;

/**
 * What is in some bytes, one report for each thing found. Knows the keys of our own enrolments and the certificates that
 * servers have shown. Undefined where the person cancels, which large inputs let them.
 */
export async function inspectInput(
  services: Services,
  bytes: Uint8Array,
  name: string,
): Promise<readonly Report[] | undefined> {
  const job: InspectJob = {
    bytes,
    name,
    keys: await services.vault.candidateKeys(),
    certificates: knownCertificates(services),
  };
  if (bytes.length > inWorkerAbove) return inspectLarge(services, job);
  return window.withProgress({ location: { viewId: viewIds.messages } }, async () => {
    const { inspectBytes } = await import("../../node/inspectBytes.js");
    return inspectBytes(job);
  });
}

function inspectLarge(services: Services, job: InspectJob): Thenable<readonly Report[] | undefined> {
  const title = l10n.t("Decoding {0}", job.name);
  return window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    async (_, token) => {
      const aborter = new AbortController();
      const subscription = token.onCancellationRequested(() => aborter.abort());
      try {
        const { inspectInWorker } = await import("../../node/inspectInWorker.js");
        return await inspectInWorker(services.context.asAbsolutePath("dist/inspectWorker.js"), job, aborter.signal);
      } catch (error) {
        if (aborter.signal.aborted) return undefined;
        throw error;
      } finally {
        subscription.dispose();
      }
    },
  );
}

function knownCertificates(services: Services): readonly Uint8Array[] {
  return services.servers.servers.flatMap((server) => {
    const { caCert } = services.servers.knowledge(server);
    return caCert?.ok === true ? caCert.ca.certificates.map(({ der }) => der) : [];
  });
}
