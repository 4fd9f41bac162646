/**
 * What bounds the readers of this room. Each of them takes time in proportion to its input; these keep what comes of it
 * in proportion too.
 */
export const captureLimits = {
  /** Parts taken out of one container; the rest is counted in a finding. */
  parts: 1000,
  /** Containers in containers: base64 in a mail in a HAR is three. */
  nesting: 6,
  /** Characters of a text that is read; the longest string that every host can hold is 512 MB. */
  text: 256 * 1024 * 1024,
  /** Zero bytes put where a dump has a gap, so that what follows stands at its place. */
  gap: 64 * 1024,
  /** Bytes that gaps and the `*` of the dumps in one text may stand for, in all. */
  repeated: 4 * 1024 * 1024,
  /** Problems told of one part, one by one. */
  problems: 20,
  /** The shortest base64 (in characters) that is taken for some when it stands in the middle of other text. */
  embeddedBase64: 64,
  /** The shortest hex (in octets) that is taken for some when it stands in the middle of other text. */
  embeddedHex: 32,
} as const;
