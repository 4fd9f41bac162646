import type { BerNode } from "../asn1/berNode.js";
import type { CapturedPart, CaptureProblem } from "../capture/capturedPart.js";
import type { CaptureContents } from "./captureArtifacts.js";
import type { HttpExchange } from "../scep/transport.js";

/** Where an artifact's bytes came from. */
export interface ArtifactSource {
  /** A file's name, a command's (`Clipboard`), or the place inside a container: `scep.pcap#3 response`. */
  readonly name: string;
  /** Offset of the artifact in that source; of PEM, where its armour begins. */
  readonly offset: number;
  /** Length in that source; of PEM, armour included. */
  readonly length: number;
}

/**
 * The BER value by which an artifact was recognised, in the input that it was read from. A symbol, so that it stays behind when an
 * artifact is copied to another thread.
 */
export const readAlready: unique symbol = Symbol("readAlready");

/** What every artifact has: its own bytes (decoded from PEM or base64 where it came so) and where they were. */
interface ArtifactBase {
  readonly bytes: Uint8Array;
  readonly source: ArtifactSource;
  /** What was wrong with the wrapping (a broken PEM line, trailing data), each as a sentence with its place. */
  readonly wrapping: readonly WrappingProblem[];
  /** What a detached signature is over, where that stood beside it. */
  readonly signedContent?: Uint8Array;
  /** Of a key in an encrypted PEM block, the block's headers, which say how it is encrypted (RFC 1421 §4.6.1). */
  readonly pemHeaders?: readonly string[];
  readonly [readAlready]?: BerNode | undefined;
}

/** One thing wrong with what stood around an artifact's bytes; the offset is in the source that {@link ArtifactSource} names. */
export type WrappingProblem = CaptureProblem;

/** What some bytes were recognised as; `inspect` says the rest. */
export type Artifact =
  | (ArtifactBase & {
      readonly kind:
        | "pkiMessage"
        | "certsOnly"
        | "signedData"
        | "envelopedData"
        | "authEnvelopedData"
        | "encryptedData"
        | "compressedData"
        | "digestedData"
        | "authenticatedData"
        | "certificate"
        | "crl"
        | "request"
        | "caCapabilities"
        | "adminPage"
        | "html"
        | "privateKey"
        | "publicKey"
        | "ocspRequest"
        | "ocspResponse"
        | "sshPublicKey"
        | "pkcs12"
        | "opensslConf"
        | "sscepConf"
        | "mkrequest"
        | "asn1"
        | "unknown";
    })
  | (ArtifactBase & { readonly kind: "httpExchange"; readonly exchange: HttpExchange; readonly operation?: string })
  | (ArtifactBase & { readonly kind: "capture"; readonly capture: CaptureContents });

/** The name of an artifact's kind. */
export type ArtifactKind = Artifact["kind"];

/** The kinds that are told by their content alone; the rest (an exchange) is made by those who witnessed it. */
export type RecognisedKind = Exclude<ArtifactKind, "httpExchange" | "capture">;

/** A witnessed exchange as an artifact; `operation` is the SCEP operation that it was for, `name` what a report calls it. */
export function exchangeArtifact(exchange: HttpExchange, operation?: string, name = operation ?? "exchange"): Artifact {
  const bytes = exchange.response?.body ?? new Uint8Array();
  return {
    kind: "httpExchange",
    exchange,
    ...(operation !== undefined && { operation }),
    bytes,
    source: { name, offset: 0, length: bytes.length },
    wrapping: [],
  };
}

/** An exchange that was found in a container (a capture, a log), named as its place there: `scep.pcap#3`. */
export function capturedExchangeArtifact(
  part: Extract<CapturedPart, { kind: "exchange" }>,
  container: string,
): Artifact {
  const { exchange, label, offset, length, problems } = part;
  const name = `${container}${label}`;
  return { ...exchangeArtifact(exchange, undefined, name), source: { name, offset, length }, wrapping: problems };
}
