import type { Report } from "../core/inspect/report.js";
import { inspect } from "../core/inspect/inspect.js";
import { recognise } from "../core/inspect/recognise.js";
import type { InspectJob } from "./inspectJob.js";
import { nodeCrypto } from "./nodeCrypto.js";

/** Recognises what the bytes are and inspects each thing found in them. */
export async function inspectBytes({ bytes, name, keys, certificates }: InspectJob): Promise<readonly Report[]> {
  const reports: Report[] = [];
  for (const artifact of recognise(bytes, name)) {
    reports.push(await inspect(artifact, { crypto: nodeCrypto, keys, certificates, now: new Date() }));
  }
  return reports;
}
