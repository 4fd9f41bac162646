/**
 * The bounds that keep hostile input from costing more than its size is worth. They are generous for anything that a
 * PKI produces (the largest real SCEP message has some 2,000 nodes, a CRL of 100,000 entries some 400,000).
 */
export const limits = {
  /** Nesting below which a constructed value is kept as bytes instead of being opened. */
  depth: 128,
  /** Nodes made of one input before the rest is kept as bytes. */
  nodes: 2_000_000,
  /** Places of one SEQUENCE or SET at which reading goes on behind a wrong length. */
  mended: 16,
  /** Values looked at in one input to find such places, and for each of its octets. */
  searchSteps: 500_000,
  searchStepsPerOctet: 16,
  /** Content octets of an OBJECT IDENTIFIER that is read as one; the longest in use have some thirty. */
  oidOctets: 1000,
  /** Tag numbers are read up to 2^28-1; a larger one is a problem of the input. */
  tagNumber: 0x0f_ff_ff_ff,
} as const;
