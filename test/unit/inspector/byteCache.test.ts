import { setImmediate } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { ByteCache } from "../../../src/webview/inspector/page/byteCache.js";

/** A cache over a buffer in which every byte is its offset, and what it asked for. */
function cacheOver(length: number, masked: readonly { start: number; end: number }[] = []) {
  const asked: number[] = [];
  const failures: unknown[] = [];
  let arrivals = 0;
  let broken = false;
  const cache = new ByteCache(
    async ({ start, end }) => {
      asked.push(start);
      if (broken) throw new Error("gone");
      const bytes = Uint8Array.from({ length: Math.min(end, length) - start }, (_, i) => (start + i) & 0xff);
      return { bytes, masked: masked.filter((range) => range.start < end && range.end > start) };
    },
    () => arrivals++,
    (error) => failures.push(error),
  );
  return { cache, asked, failures, arrivals: () => arrivals, breakIt: (now: boolean) => (broken = now) };
}

describe("bytes that are fetched when they are looked at", () => {
  it("are asked for once in a piece, and then are there", async () => {
    const { cache, asked, arrivals } = cacheOver(10_000);
    expect([cache.at(0, 5000), cache.at(0, 5001)]).toEqual([undefined, undefined]);
    await setImmediate();
    expect(asked).toEqual([4096]);
    expect(arrivals()).toBe(1);
    expect([cache.at(0, 5000), cache.at(0, 4096)]).toEqual([5000 & 0xff, 0]);
  });

  it("are told to be secret, until they are forgotten and come again", async () => {
    const secrets = [{ start: 10, end: 12 }];
    const { cache } = cacheOver(100, secrets);
    cache.at(0, 0);
    await setImmediate();
    expect([9, 10, 11, 12].map((offset) => cache.at(0, offset))).toEqual([9, "secret", "secret", 12]);
    secrets.pop();
    cache.clear();
    expect(cache.at(0, 10)).toBeUndefined();
    await setImmediate();
    expect(cache.at(0, 10)).toBe(10);
  });

  it("are not asked for where they came by themselves, in several pieces", async () => {
    const { cache, asked } = cacheOver(20_000);
    const bytes = Uint8Array.from({ length: 8192 }, (_, i) => i & 0xff);
    cache.put({ buffer: 0, start: 4096, bytes, masked: [{ start: 8190, end: 8194 }] });
    expect([4096, 4097, 8189, 8190, 8193, 8194].map((offset) => cache.at(0, offset))).toEqual([
      0,
      1,
      (8189 - 4096) & 0xff,
      "secret",
      "secret",
      (8194 - 4096) & 0xff,
    ]);
    expect(asked).toEqual([]);
    cache.at(0, 4095);
    cache.at(0, 12_288);
    expect(asked).toEqual([0, 12_288]);
  });

  it("are asked for again when they did not come", async () => {
    const { cache, asked, failures, breakIt } = cacheOver(100);
    breakIt(true);
    cache.at(0, 0);
    await setImmediate();
    expect(failures).toHaveLength(1);
    breakIt(false);
    cache.at(0, 0);
    await setImmediate();
    expect(cache.at(0, 7)).toBe(7);
    expect(asked).toEqual([0, 0]);
  });

  it("keep no more than two megabytes, the oldest go first", async () => {
    const { cache, asked } = cacheOver(8 * 1024 * 1024);
    for (let offset = 0; offset < 4 * 1024 * 1024; offset += 4096) cache.at(0, offset);
    await setImmediate();
    asked.length = 0;
    cache.at(0, 4 * 1024 * 1024 - 1);
    cache.at(0, 0);
    expect(asked).toEqual([0]);
  });
});
