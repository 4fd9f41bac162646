import type { InspectContext } from "../../core/inspect/context.js";
import type { Report } from "../../core/inspect/report.js";

/** A capture of any size that is to be read in a worker. Plain data. */
export interface CaptureJob {
  /** Absolute path of the file. */
  readonly path: string;
  /** What a report calls it. */
  readonly name: string;
  /** Exchanges that are handed on at most, beside the report on the capture itself. */
  readonly most: number;
  /** Holds keys: secret. */
  readonly context: Omit<InspectContext, "crypto">;
}

/** How far the reading has come. */
export interface CaptureProgress {
  readonly bytes: number;
  readonly packets: number;
  /** Exchanges of a PKI found so far, handed on or not. */
  readonly exchanges: number;
}

/** What the worker says; after `reports` it waits for {@link captureTaken}. */
export type CaptureAnswer =
  | { readonly kind: "reports"; readonly reports: readonly Report[]; readonly progress: CaptureProgress }
  | { readonly kind: "progress"; readonly progress: CaptureProgress }
  /** The report on the capture itself; `handedOn` is how many exchanges were. */
  | { readonly kind: "done"; readonly summary: Report; readonly handedOn: number }
  | { readonly kind: "failed"; readonly detail: string };

/** What the worker is told when its reports were taken: it goes on then, so that none pile up. */
export const captureTaken = "taken";
