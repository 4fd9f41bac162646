import type { Report } from "../../core/inspect/report.js";
import type { InspectJob } from "./inspectJob.js";

/** What an inspector shows: something to be inspected first, or reports that are made already. Plain data. */
export type InspectionInput = {
  /** What a person calls it. */
  readonly name: string;
} & (
  | { readonly kind: "job"; readonly job: InspectJob }
  | { readonly kind: "reports"; readonly reports: readonly Report[] }
  /** A saved session (see sessionFile.ts). */
  | { readonly kind: "session"; readonly bytes: Uint8Array }
);
