/** The bounds that keep hostile or merely large HTTP traffic from costing more than it is worth. */
export const httpLimits = {
  /** Start line, headers and blank line of one message, in bytes: a GET carries its whole message in the start line. */
  headerBytes: 256 * 1024,
  /** The body of one message as it is kept, in bytes, before and after its content coding is undone. */
  bodyBytes: 32 * 1024 * 1024,
  /** What a body may unpack to: so many bytes, and so many times its own length, but never more than `bodyBytes`. */
  unpackedBytes: 1024 * 1024,
  unpackedRatio: 100,
  /** A line of a chunked body (a size with its extensions, a trailer field), in bytes. */
  chunkLineBytes: 8 * 1024,
  /** Problems told of one message one by one. */
  problems: 20,
  /** Bytes kept of what stands between two messages and is none. */
  garbageBytes: 64 * 1024,
} as const;
