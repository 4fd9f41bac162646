import type { Artifact } from "../../core/inspect/artifact.js";
import { CaptureArtifacts } from "../../core/inspect/captureArtifacts.js";
import { Conversation } from "../../core/inspect/conversation.js";
import { inspect } from "../../core/inspect/inspect.js";
import type { Report } from "../../core/inspect/report.js";
import type { CaptureAnswer, CaptureJob, CaptureProgress } from "./captureJob.js";
import { fileChunks } from "./fileChunks.js";
import { nodeCrypto } from "../nodeCrypto.js";

/** Reports handed on at once: to take them in must not be felt. */
const mostAtOnce = 4;

/** Milliseconds between two words on how far it has come. */
const betweenProgress = 200;

/**
 * Reads a capture of any size and hands on what it finds as it is found. Of more exchanges than are wanted, the first half
 * is handed on as it comes, and from then on only those that went wrong; all of them are counted in the summary.
 *
 * @param say takes an answer; reading goes on when it settles
 */
export async function readCapture(job: CaptureJob, say: (answer: CaptureAnswer) => Promise<void>): Promise<void> {
  const conversation = new Conversation({ ...job.context, crypto: nodeCrypto });
  const found: Artifact[] = [];
  const artifacts = new CaptureArtifacts(job.name, (artifact) => found.push(artifact));
  const reports: Report[] = [];
  let progress: CaptureProgress = { bytes: 0, packets: 0, exchanges: 0 };
  let handedOn = 0;
  let told = 0;
  const handOn = async (): Promise<void> => {
    if (reports.length > 0) await say({ kind: "reports", reports: reports.splice(0), progress });
  };
  const take = async (artifact: Artifact): Promise<void> => {
    progress = { ...progress, exchanges: progress.exchanges + 1 };
    const report = await reportWanted(artifact, conversation, handedOn, job.most);
    if (!report) return;
    handedOn += 1;
    reports.push(report);
    if (reports.length >= mostAtOnce || handedOn === 1) await handOn();
  };
  for await (const piece of fileChunks(job.path)) {
    artifacts.push(piece);
    progress = { ...progress, bytes: progress.bytes + piece.length, packets: artifacts.packets };
    for (const artifact of found.splice(0)) await take(artifact);
    await handOn();
    if (performance.now() - told > betweenProgress) {
      told = performance.now();
      await say({ kind: "progress", progress });
    }
  }
  artifacts.end();
  const capture = found.pop();
  for (const artifact of found) await take(artifact);
  await handOn();
  if (!capture) throw new Error("A capture was read without an account of it.");
  const summary = await inspect(capture, await conversation.contextFor(capture));
  await say({ kind: "done", summary, handedOn });
}

async function reportWanted(
  artifact: Artifact,
  conversation: Conversation,
  handedOn: number,
  most: number,
): Promise<Report | undefined> {
  conversation.learn(artifact);
  if (handedOn >= most) return undefined;
  const context = await conversation.contextFor(artifact);
  if (handedOn >= most / 2) {
    const facts = await inspect(artifact, { ...context, factsOnly: true });
    if (facts.verdict.status !== "error") return undefined;
  }
  return inspect(artifact, context);
}
