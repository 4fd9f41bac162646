/**
 * The bounds of what reading a capture costs: memory stays below their sum, however large the capture is. What goes over
 * one is told by a finding.
 */
export const pcapLimits = {
  /** The longest packet that is taken for one, in bytes; libpcap writes none over 256 KB. */
  packetBytes: 4 * 1024 * 1024,
  /** A block of pcapng that holds no packet and is longer is skipped unread, in bytes. */
  otherBlockBytes: 64 * 1024,
  /** A compressed capture may unpack to so many bytes for each of its own, beside `unpackedBytes`. */
  unpackedRatio: 200,
  unpackedBytes: 16 * 1024 * 1024,
  /** Connections remembered at once; of more, those that were silent longest are ended. */
  connections: 16 * 1024,
  /** Segments and bytes of one direction that wait for what comes before them, until that counts as lost. */
  heldSegments: 256,
  heldBytes: 1024 * 1024,
  /** Bytes that wait in all connections together. */
  allHeldBytes: 32 * 1024 * 1024,
  /** Segments of a connection without its beginning that are collected to find the first of them. */
  unsyncedSegments: 32,
  /** A sequence number farther ahead belongs to no window, in bytes. */
  windowBytes: 64 * 1024 * 1024,
  /** Bytes of a direction without its beginning that are searched for HTTP. */
  searchedBytes: 1024 * 1024,
  /** Bytes of them that are kept, for a start line may begin in them. */
  searchWindowBytes: 16 * 1024,
  /** Bodies in the making, of all connections together, in bytes. */
  allBodyBytes: 64 * 1024 * 1024,
  /** Bytes kept of a body that looks like nothing of ours. */
  otherBodyBytes: 16 * 1024,
  /** Datagrams in the making and bytes of one. */
  fragmentedDatagrams: 64,
  datagramBytes: 65_535,
  /** Lost places, names of encrypted servers and the like that are told one by one. */
  told: 20,
} as const;
