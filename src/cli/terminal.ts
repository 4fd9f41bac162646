/** What a command has of the world: its streams, and a signal that somebody wants it to end. */
export interface Terminal {
  /** Writes text to standard output; settles when there is room for more. */
  out(text: string): Promise<void>;
  /** Writes text to standard error. */
  err(text: string): Promise<void>;
  /** Standard input. */
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Whether standard output shows colours: a terminal, and nobody set NO_COLOR. */
  readonly colour: boolean;
  /** Aborted by SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
}
