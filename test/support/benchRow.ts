/** One row of `npm run bench`: the same work done by us and by a peer, in turns. A test/bench/*.bench.ts exports `rows`. */
export interface BenchRow {
  /** What is done: "decode and verify one CertRep". */
  name: string;
  /** What it is compared with, as a person would type it: "openssl cms -cmsout -print". */
  peerName: string;
  /** What is measured; milliseconds unless told. */
  unit?: "MB";
  /** How often both are run; the medians are what counts. */
  runs: number;
  /**
   * Makes ready what both need.
   *
   * @returns the two pieces of work, or why they cannot be done here, as a sentence
   */
  prepare(): Promise<BenchWork | { cannotRun: string }>;
}

/** The two pieces of work of a row. Each may return its own measurement in the row's unit, else it is timed as a whole. */
export interface BenchWork {
  ours: () => Promise<number | void>;
  peer: () => Promise<number | void>;
  /** Ends what was started. */
  end?(): Promise<void>;
}
