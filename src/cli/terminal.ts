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
  /** Whether standard error is a terminal that somebody may be watching. */
  readonly attended: boolean;
  /** Whether standard output is a terminal. */
  readonly outIsTerminal: boolean;
  /** Asks the person for a secret, without an echo; undefined for an empty answer. Absent where nobody can be asked. */
  readonly askSecret?: (question: string) => Promise<string | undefined>;
  /** Aborted by SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
}
