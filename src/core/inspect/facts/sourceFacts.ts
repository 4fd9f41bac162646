/** A value that is printed as `•••` unless a person asked for secrets. */
export interface SecretFact {
  readonly secret: string;
}

/** A coded value beside its name in the field: `{ value: "2", name: "FAILURE" }`. */
export interface NamedValue {
  readonly value: string;
  readonly name: string;
}

/** Where an artifact was found. */
export interface SourceFacts {
  /** The file, and inside a container what it is: `scep.pcap#3 response`. */
  readonly source?: string;
  readonly offset?: number;
  readonly length?: number;
  readonly encoding?: "DER" | "BER";
}

/** Whether a signature holds, and if not, what stands in the way. */
export type SignatureVerdict = "valid" | "invalid" | "signerCertificateMissing" | "unsupported";
