import path from "node:path";
import { parentPort } from "node:worker_threads";
import { lint, type LintResult } from "../../core/inspect/lint.js";
import { answerJobs } from "../threads/answerJobs.js";
import { filesBelow, lintFiles, lintOne, type LintedAlone, type LintProgress } from "./lintFiles.js";
import type { LintAnswer, LintJob } from "./lintJob.js";
import { nodeCrypto } from "../nodeCrypto.js";

/** How often progress is told, in milliseconds. */
const tellEvery = 100;

/** The worker thread in which long texts, files by the hundred and whole folders are linted: for each job some progress and one result. */
answerJobs(run);

async function run(job: LintJob): Promise<LintAnswer> {
  const context = { ...job.context, crypto: nodeCrypto };
  if (job.kind === "texts") {
    const results: LintResult[] = [];
    for (const text of job.texts) results.push(await lint(text, "", context));
    return { kind: "texts", results };
  }
  if (job.kind === "files") {
    const files: LintedAlone[] = [];
    for (const file of job.files) files.push(await lintOne(file, context));
    return { kind: "files", files };
  }
  const { folder } = job;
  let toldAt = 0;
  const onProgress = (progress: LintProgress): void => {
    const now = performance.now();
    if (now - toldAt < tellEvery) return;
    toldAt = now;
    parentPort?.postMessage({ kind: "progress", progress } satisfies LintAnswer, []);
  };
  const nameOf = (file: string): string => path.relative(folder, file).split(path.sep).join("/");
  return { kind: "folder", files: await lintFiles(filesBelow(folder), context, { nameOf, onProgress }) };
}
