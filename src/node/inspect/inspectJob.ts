import type { Artifact } from "../../core/inspect/artifact.js";
import type { InspectContext } from "../../core/inspect/context.js";
import type { Report, ReportNode } from "../../core/inspect/report.js";

/** What is to be inspected: bytes of which nothing is known, or an artifact. */
export type InspectSubject =
  | {
      readonly kind: "bytes";
      readonly bytes: Uint8Array;
      /** What a report calls the source. */
      readonly name: string;
    }
  | { readonly kind: "artifact"; readonly artifact: Artifact };

/** Bytes and what a report calls them. */
export interface NamedBytes {
  readonly bytes: Uint8Array;
  readonly name: string;
}

/** An inspection, and what is known around its subject. Plain data: it crosses to a worker. */
export interface InspectJob {
  readonly subject: InspectSubject;
  /** What lies beside the subject and may explain it, but is not reported on: other files, keys, certificates. May hold secrets. */
  readonly beside?: readonly NamedBytes[];
  /** Holds keys: secret. */
  readonly context: Omit<InspectContext, "crypto">;
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
