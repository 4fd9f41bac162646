import { decodeTime } from "../asn1/times.js";
import { integerHex } from "../asn1/integer.js";
import { octetString } from "../asn1/octets.js";
import { oidOf } from "../asn1/oid.js";
import { Tag } from "../asn1/tag.js";
import { readBer } from "../asn1/berReader.js";
import { type AlgorithmIdentifierView, readAlgorithmIdentifier } from "../crypto/algorithmIdentifier.js";

/** What a time-stamping authority says: TSTInfo (RFC 3161 §2.4.2). */
export interface TimeStampView {
  /** Dotted. */
  readonly policy: string;
  readonly serialNumber: string;
  /** Absent where the encoding is no time. */
  readonly time: Date | undefined;
  readonly digestAlgorithm: AlgorithmIdentifierView;
  /** The digest of what was stamped. */
  readonly imprint: Uint8Array;
}

/** Reads a TSTInfo; undefined where the bytes are none. */
export function readTimeStamp(bytes: Uint8Array): TimeStampView | undefined {
  const [, policyNode, imprintNode, serialNode, timeNode] = readBer(bytes)?.children ?? [];
  const digestAlgorithm = readAlgorithmIdentifier(imprintNode?.child(0));
  const digest = imprintNode?.child(1);
  if (!digestAlgorithm || !digest?.isUniversal(Tag.octetString) || !serialNode?.isUniversal(Tag.integer)) {
    return undefined;
  }
  const time = timeNode && decodeTime(timeNode);
  return {
    policy: policyNode?.isUniversal(Tag.objectIdentifier) ? (oidOf(policyNode) ?? "") : "",
    serialNumber: integerHex(serialNode),
    time,
    digestAlgorithm,
    imprint: octetString(digest),
  };
}
