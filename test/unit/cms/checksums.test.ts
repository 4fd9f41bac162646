import { deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { adler32, crc32 } from "../../../src/core/cms/checksums.js";

describe.each([0, 1, 3800, 3801, 100_000])("the checksum of %i octets", (length) => {
  const octets = Uint8Array.from({ length }, (_, index) => (index % 7 === 0 ? 0xff : index & 0xff));

  it("is the one that zlib writes behind a stream", () => {
    expect(adler32(octets)).toBe(deflateSync(octets).readUInt32BE(deflateSync(octets).length - 4));
  });

  it("is the one that gzip writes behind a file", () => {
    const packed = gzipSync(octets);
    expect(crc32(octets)).toBe(packed.readUInt32LE(packed.length - 8));
  });
});
