import { open } from "node:fs/promises";

/** Bytes read at once: large enough that the calls cost nothing, small enough to stay in the processor's cache. */
const chunkLength = 1024 * 1024;

/**
 * The bytes of a file of any size, piece by piece, the next one read while the last is looked at. A piece is valid until the
 * next is asked for: two buffers take turns. Rejects as the file system does. Ends early where `signal` is aborted.
 */
export async function* fileChunks(path: string, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  const handle = await open(path, "r");
  try {
    const buffers = [new Uint8Array(chunkLength), new Uint8Array(chunkLength)] as const;
    const read = async (turn: number): Promise<Uint8Array> => {
      const buffer = buffers[turn % 2] as Uint8Array;
      const { bytesRead } = await handle.read(buffer, 0, chunkLength);
      return buffer.subarray(0, bytesRead);
    };
    let next = read(0);
    for (let turn = 1; signal?.aborted !== true; turn++) {
      const chunk = await next;
      if (chunk.length === 0) return;
      next = read(turn);
      // Where nobody takes it, its failure is nobody's: the one who asks for it gets it.
      next.catch(() => undefined);
      yield chunk;
    }
    await next.catch(() => undefined);
  } finally {
    await handle.close();
  }
}
