import type { Artifact } from "../../core/inspect/artifact.js";
import { Conversation } from "../../core/inspect/conversation.js";
import { inspect } from "../../core/inspect/inspect.js";
import { recognise } from "../../core/inspect/recognise.js";
import type { Report } from "../../core/inspect/report.js";
import type { InspectJob, InspectSubject } from "./inspectJob.js";
import { nodeCrypto } from "../nodeCrypto.js";

/**
 * Recognises what bytes are, and inspects each thing found in them, or the artifact that is given. All of it is taken in
 * first, and what lies beside it, so that its parts explain one another in whatever order they stand.
 */
export async function runInspectJob({ subject, beside = [], context }: InspectJob): Promise<readonly Report[]> {
  const conversation = new Conversation({ ...context, crypto: nodeCrypto });
  for (const { bytes, name } of beside) recognise(bytes, name).forEach((artifact) => conversation.learn(artifact));
  const artifacts = artifactsIn(subject);
  for (const artifact of artifacts) conversation.learn(artifact);
  const reports: Report[] = [];
  for (const artifact of artifacts) reports.push(await inspect(artifact, await conversation.contextFor(artifact)));
  return reports;
}

function artifactsIn(subject: InspectSubject): readonly Artifact[] {
  return subject.kind === "artifact" ? [subject.artifact] : recognise(subject.bytes, subject.name);
}
