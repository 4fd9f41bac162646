import { Decompress, Inflate } from "fflate";
import { GrowingBytes } from "./growingBytes.js";
import { httpLimits } from "./httpLimits.js";

/** What came of undoing the content codings of a body. */
export interface Decoded {
  readonly bytes: Uint8Array;
  /** Why the bytes are not, or not all, that the sender meant, in a sentence. */
  readonly problem?: string;
}

/** Input that is handed to the decompressor at once: the limit is looked at between pieces. */
const pieceLength = 4 * 1024;

/** The content codings that are undone here; `br` and `zstd` are named and left as they are. */
const undone = new Set(["gzip", "x-gzip", "deflate"]);

/**
 * Undoes the content codings of a body (RFC 9110 §8.4): gzip and deflate, the latter with or without its zlib header, as
 * servers send both. Bounded by {@link httpLimits}: a small body that unpacks to gigabytes ends there with a problem.
 * Of a damaged or cut body, gives what could be read.
 *
 * @param coding the header's value: `gzip`, `deflate, gzip`
 */
export function undoContentCoding(body: Uint8Array, coding: string): Decoded {
  const codings = coding
    .toLowerCase()
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "" && name !== "identity");
  const limit = Math.min(httpLimits.bodyBytes, httpLimits.unpackedBytes + httpLimits.unpackedRatio * body.length);
  let bytes = body;
  for (const name of codings.toReversed()) {
    if (!undone.has(name)) {
      return { bytes, problem: `The body is in the content coding ${JSON.stringify(name)}, which is not undone here.` };
    }
    const decoded = inflate(bytes, name, limit);
    if (decoded.problem !== undefined) return decoded;
    bytes = decoded.bytes;
  }
  return { bytes };
}

/** A decompressor of fflate's: pieces go in, `ondata` is called with what comes out. */
interface Decompressor {
  ondata: (data: Uint8Array<ArrayBuffer>, final: boolean) => void;
  push(chunk: Uint8Array, final?: boolean): void;
}

function decompressorFor(body: Uint8Array, coding: string): Decompressor {
  // Decompress looks at the first bytes: gzip, zlib, or neither and so raw. A body that only says "gzip" is read as what it is.
  const raw = coding === "deflate" && !hasZlibHeader(body) && body[0] !== 0x1f;
  return raw ? new Inflate() : new Decompress();
}

/** RFC 1950 §2.2: compression method 8, and a multiple of 31. */
function hasZlibHeader(body: Uint8Array): boolean {
  const [cmf = 0, flags = 0] = body;
  return (cmf & 0x0f) === 8 && (cmf * 256 + flags) % 31 === 0;
}

function inflate(body: Uint8Array, coding: string, limit: number): Decoded {
  if (body.length === 0) return { bytes: body };
  const out = new GrowingBytes(limit);
  const decompressor = decompressorFor(body, coding);
  let ended = false;
  decompressor.ondata = (data, final) => {
    out.append(data);
    ended ||= final;
  };
  try {
    for (let at = 0; at < body.length && out.dropped === 0; at += pieceLength) {
      decompressor.push(body.subarray(at, at + pieceLength), at + pieceLength >= body.length);
    }
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return {
      // Where nothing came out, the bytes as they were sent say more than none.
      bytes: out.length > 0 ? out.toBytes() : body,
      problem: `The body says that it is ${coding}, but cannot be unpacked beyond ${out.length} bytes (${words}).`,
    };
  }
  if (out.dropped > 0) {
    const problem = `The body of ${body.length} bytes unpacks to more than ${limit} bytes; no more of it is shown.`;
    return { bytes: out.toBytes(), problem };
  }
  return { bytes: out.toBytes() };
}
