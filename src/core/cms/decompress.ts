import { Gunzip, Unzlib } from "fflate";
import { concat } from "../asn1/octets.js";
import type { ContentReading } from "../crypto/contentCipher.js";
import { adler32, crc32 } from "./checksums.js";

/** What a compressed content may unpack to at most: octets, and octets for each that was compressed. */
export const decompressionLimits = { length: 64 * 1024 * 1024, ratio: 200, least: 1024 * 1024 };

/** Input that is unpacked at once: the limit is looked at between pieces. */
const pieceLength = 4 * 1024;

/** Unpacks the zlib stream of a CompressedData (RFC 3274 §2), within {@link decompressionLimits}. */
export function decompressZlib(compressed: Uint8Array): ContentReading {
  const reading = unpacked(compressed, (taken) => new Unzlib(taken));
  if (!reading.ok) return reading;
  const trailer = new DataView(compressed.buffer, compressed.byteOffset + Math.max(0, compressed.length - 4));
  return compressed.length > 4 && trailer.getUint32(0) === adler32(reading.content) ? reading : damaged;
}

/** Unpacks a file that gzip packed (RFC 1952), within the same limits. */
export function decompressGzip(compressed: Uint8Array): ContentReading {
  // A file may have several members, each with its own trailer; what is packed in pieces is as good as its last.
  let before = 0;
  let have = 0;
  const reading = unpacked(compressed, (taken) => {
    const stream = new Gunzip((part, final) => {
      have += part.length;
      taken(part, final);
    });
    stream.onmember = () => {
      before = have;
    };
    return stream;
  });
  if (!reading.ok || compressed.length < 18) return reading.ok ? damaged : reading;
  const trailer = new DataView(compressed.buffer, compressed.byteOffset + compressed.length - 8, 8);
  const last = reading.content.subarray(before);
  const isWhole = trailer.getUint32(4, true) === last.length && trailer.getUint32(0, true) === crc32(last);
  return isWhole ? reading : damaged;
}

/** The library stops where the input does, and looks at no checksum. */
const damaged: ContentReading = {
  ok: false,
  reason: "The compressed content is cut short or damaged: its checksum does not fit.",
};

function unpacked(
  compressed: Uint8Array,
  begin: (taken: (part: Uint8Array, final: boolean) => void) => Pick<Unzlib, "push">,
): ContentReading {
  const { length, ratio, least } = decompressionLimits;
  const limit = Math.min(length, Math.max(least, ratio * compressed.length));
  const parts: Uint8Array[] = [];
  let have = 0;
  let ended = false;
  const stream = begin((part, final) => {
    parts.push(part);
    have += part.length;
    ended ||= final;
  });
  try {
    for (let at = 0; at < compressed.length && have <= limit; at += pieceLength) {
      stream.push(compressed.subarray(at, at + pieceLength), at + pieceLength >= compressed.length);
    }
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return { ok: false, reason: `The compressed content cannot be unpacked beyond ${have} octets (${words}).` };
  }
  if (have > limit) {
    return { ok: false, reason: `The compressed content unpacks to more than ${limit} octets, which is not done.` };
  }
  return ended ? { ok: true, content: concat(parts) } : { ok: false, reason: "The compressed content is cut short." };
}
