/** What the command ends with; documented in docs/cli.md and never changed. */
export const exitStatus = {
  done: 0,
  /** Usage, unreadable input, network: it could not be done. */
  impossible: 1,
  /** The server refused. */
  refused: 2,
  /** The server keeps the request for approval. */
  pending: 3,
} as const;

/** One of {@link exitStatus}. */
export type ExitStatus = (typeof exitStatus)[keyof typeof exitStatus];
