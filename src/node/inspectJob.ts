import type { CandidateKey } from "../core/inspect/context.js";
import type { Report, ReportNode } from "../core/inspect/report.js";

/** Bytes that are to be recognised and inspected, and what is known around them. Plain data: it crosses to a worker. */
export interface InspectJob {
  readonly bytes: Uint8Array;
  /** What a report calls the source. */
  readonly name: string;
  /** Tried on envelopes. Secret. */
  readonly keys: readonly CandidateKey[];
  /** DER of certificates that are known beside the input. */
  readonly certificates: readonly Uint8Array[];
}

/** What a worker answers. */
export type InspectResult =
  | { readonly ok: true; readonly reports: readonly Report[] }
  | { readonly ok: false; readonly detail: string };

/** The buffers of a result's reports, which move to the receiver instead of being copied. */
export function transferables(result: InspectResult): ArrayBuffer[] {
  if (!result.ok) return [];
  const buffers = new Set<ArrayBuffer>();
  const add = (bytes: Uint8Array | undefined): void => {
    if (bytes && bytes.buffer instanceof ArrayBuffer) buffers.add(bytes.buffer);
  };
  const reports = [...result.reports];
  for (let report = reports.pop(); report; report = reports.pop()) {
    add(report.bytes);
    const nodes: ReportNode[] = [report.root];
    for (let node = nodes.pop(); node; node = nodes.pop()) {
      add(node.bytes);
      nodes.push(...node.children);
    }
    reports.push(...report.contains);
  }
  return [...buffers];
}
