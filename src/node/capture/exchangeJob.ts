import type { ExchangeParts } from "../../core/inspect/exchangeParts.js";
import type { Artifact } from "../../core/inspect/artifact.js";
import type { InspectContext } from "../../core/inspect/context.js";
import type { ReportForm } from "../../core/inspect/reportForm.js";

/** An exchange as an artifact. */
export type ExchangeArtifact = Extract<Artifact, { kind: "httpExchange" }>;

/** What is known around every exchange alike, and how the reports are printed: told to a thread when it starts. May hold secrets. */
export interface ExchangeThreadData {
  readonly base: Omit<InspectContext, "crypto">;
  readonly form: ReportForm;
}

/** A list of a context that many exchanges have in common: the known certificates, or the keys. */
export type SharedList = InspectContext["certificates"] | InspectContext["keys"];

/** What is known around one exchange: the lists by their number, and what differs from the base. */
export interface AroundExchange {
  readonly certificates: number;
  readonly keys: number;
  readonly others: Partial<Omit<InspectContext, "crypto" | "certificates" | "keys">>;
}

/** Exchanges that a thread is to inspect and print. Plain data. */
export interface ExchangeJob {
  /** Lists that the thread does not have yet, under their numbers. */
  readonly learned: readonly (readonly [number: number, list: SharedList])[];
  /** Lists that it will not be asked for any more once this job is done. */
  readonly forgotten: readonly number[];
  readonly exchanges: readonly {
    readonly artifact: ExchangeArtifact;
    readonly parts: ExchangeParts;
    readonly around: AroundExchange;
  }[];
}

/** What the thread answers: the reports as they are printed, in the order of their exchanges. */
export interface PrintedExchanges {
  readonly kind: "printed";
  readonly text: string;
  /** One of them could not be inspected. */
  readonly failed: boolean;
}
