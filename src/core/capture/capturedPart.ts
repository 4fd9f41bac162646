import type { HttpExchange } from "../scep/transport.js";

/** What may be wrong with what stands around a message; each is the code of a rule of the catalogue. */
export type CaptureProblemCode =
  | "asn1.leadingData"
  | "asn1.trailingData"
  | "base64.character"
  | "base64.double"
  | "capture.limit"
  | "har.body"
  | "hex.digit"
  | "hex.gap"
  | "http.contentCoding"
  | "http.cut"
  | "http.framing"
  | "http.garbage"
  | "http.limit"
  | "http.requestMissing"
  | "pcap.cutPackets"
  | "pcap.damaged"
  | "pcap.encrypted"
  | "pcap.fragments"
  | "pcap.gap"
  | "pcap.limit"
  | "pcap.linkType"
  | "pcap.truncated"
  | "input.javaKeystore"
  | "log.message"
  | "mime.part"
  | "pem.armour"
  | "pem.encrypted"
  | "pem.label"
  | "pem.line"
  | "pem.quoted"
  | "pem.trusted";

/** One thing wrong with what a part stood in (a broken line, a lost packet), in a sentence with its place. */
export interface CaptureProblem {
  /** Stable and dotted, as documented in the catalogue. */
  readonly code: CaptureProblemCode;
  readonly message: string;
  /** What to do about this one, where that is not what its rule says. */
  readonly remedy?: string;
  /** Offset in the container of what it concerns. */
  readonly offset: number;
}

/** What every part of a container has: where it was found, and what was wrong there. */
interface PartBase {
  /**
   * What it is inside its container, without the container's own name: `#3 response`, `#1 CERTIFICATE REQUEST`; empty
   * where the container holds nothing else.
   */
  readonly label: string;
  /** Where it began in the container, and how many bytes of the container it took. */
  readonly offset: number;
  readonly length: number;
  readonly problems: readonly CaptureProblem[];
}

/**
 * One thing that a reader of this room found in a container (a capture, a log, a mail): bytes whose kind `recognise` is
 * to say, or an HTTP exchange with everything that the container tells of it.
 */
export type CapturedPart =
  | (PartBase & {
      readonly kind: "bytes";
      readonly bytes: Uint8Array;
      /** A label that says what the bytes should be (a PEM block's); what they are is found out. */
      readonly claim?: string;
      /** What a detached signature in the bytes is over, as it was signed. */
      readonly signedContent?: Uint8Array;
      /** Headers of RFC 1421 in a PEM block, which say how a key is encrypted. */
      readonly headers?: readonly string[];
    })
  | (PartBase & { readonly kind: "exchange"; readonly exchange: HttpExchange });
