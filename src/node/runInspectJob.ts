import type { Artifact } from "../core/inspect/artifact.js";
import { inspect } from "../core/inspect/inspect.js";
import { recognise } from "../core/inspect/recognise.js";
import type { Report } from "../core/inspect/report.js";
import type { InspectJob, InspectSubject } from "./inspectJob.js";
import { nodeCrypto } from "./nodeCrypto.js";

/** Recognises what bytes are, and inspects each thing found in them, or the artifact that is given. */
export async function runInspectJob({ subject, context }: InspectJob): Promise<readonly Report[]> {
  const reports: Report[] = [];
  for (const artifact of artifactsIn(subject)) {
    reports.push(await inspect(artifact, { ...context, crypto: nodeCrypto }));
  }
  return reports;
}

function artifactsIn(subject: InspectSubject): readonly Artifact[] {
  return subject.kind === "artifact" ? [subject.artifact] : recognise(subject.bytes, subject.name);
}
