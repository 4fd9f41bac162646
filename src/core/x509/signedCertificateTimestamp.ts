/** A signed certificate timestamp (RFC 6962 §3.2): a log's promise to have taken up the certificate. */
export interface SignedCertificateTimestamp {
  /** 0 is v1. */
  readonly version: number;
  /** SHA-256 of the log's public key. */
  readonly logId: Uint8Array;
  readonly timestamp: Date;
  readonly extensions: Uint8Array;
  /** `ecdsa-with-SHA256`, in the words of TLS 1.2's numbers (RFC 5246 §7.4.1.4.1). */
  readonly signatureAlgorithm: string;
  readonly signature: Uint8Array;
}

/** The list as far as it could be read, and in a few words what stopped it. */
export interface TimestampList {
  readonly timestamps: readonly SignedCertificateTimestamp[];
  readonly problem?: string;
}

const hashes: Readonly<Record<number, string>> = {
  1: "MD5",
  2: "SHA1",
  3: "SHA224",
  4: "SHA256",
  5: "SHA384",
  6: "SHA512",
};
const signatures: Readonly<Record<number, string>> = { 1: "rsa", 2: "dsa", 3: "ecdsa" };

/** Reads a SignedCertificateTimestampList, in TLS's encoding: lengths of two octets before the list and each entry. */
export function readTimestampList(octets: Uint8Array): TimestampList {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  const timestamps: SignedCertificateTimestamp[] = [];
  const stopped = (problem: string): TimestampList => ({ timestamps, problem });
  if (octets.length < 2) return stopped("the list has no length");
  const end = 2 + view.getUint16(0);
  if (end !== octets.length) return stopped(`the list says ${end - 2} bytes, ${octets.length - 2} are there`);
  for (let at = 2; at < end;) {
    const length = at + 2 <= end ? view.getUint16(at) : 0;
    const timestamp = readTimestamp(octets.subarray(at + 2, Math.min(at + 2 + length, end)));
    if (!timestamp || at + 2 + length > end) return stopped("the rest is not readable");
    timestamps.push(timestamp);
    at += 2 + length;
  }
  return { timestamps };
}

function readTimestamp(octets: Uint8Array): SignedCertificateTimestamp | undefined {
  // version, logID, timestamp, length of the extensions
  if (octets.length < 43) return undefined;
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  const milliseconds = Number(view.getBigUint64(33));
  const extensionsEnd = 43 + view.getUint16(41);
  if (extensionsEnd + 4 > octets.length) return undefined;
  const [hash, signature] = [octets[extensionsEnd] as number, octets[extensionsEnd + 1] as number];
  const signatureEnd = extensionsEnd + 4 + view.getUint16(extensionsEnd + 2);
  if (signatureEnd > octets.length || milliseconds > 8.64e15) return undefined;
  return {
    version: octets[0] as number,
    logId: octets.subarray(1, 33),
    timestamp: new Date(milliseconds),
    extensions: octets.subarray(43, extensionsEnd),
    signatureAlgorithm: `${signatures[signature] ?? signature}-with-${hashes[hash] ?? hash}`,
    signature: octets.subarray(extensionsEnd + 4, signatureEnd),
  };
}
