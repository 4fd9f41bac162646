import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { tellWhenSlow } from "../../../src/cli/tellWhenSlow.js";
import type { Terminal } from "../../../src/cli/terminal.js";

describe("work that takes long", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** What standard error was told, of work that needs so many milliseconds. */
  async function told(attended: boolean, duration: number): Promise<string> {
    let err = "";
    const terminal: Terminal = {
      out: () => Promise.resolve(),
      err: (text) => {
        err += text;
        return Promise.resolve();
      },
      stdin: (async function* () {})(),
      colour: false,
      attended,
      outIsTerminal: false,
      signal: new AbortController().signal,
    };
    const work = (): Promise<number> => new Promise((resolve) => setTimeout(() => resolve(7), duration));
    const result = tellWhenSlow(terminal, "still trying", work);
    await vi.advanceTimersByTimeAsync(duration);
    expect(await result).toBe(7);
    await vi.runAllTimersAsync();
    return err;
  }

  it("is told of, once, where somebody watches", async () => {
    expect(await told(true, 60_000)).toBe("still trying\n");
  });

  it("is not where it is quick, or where nobody watches", async () => {
    expect(await told(true, 100)).toBe("");
    expect(await told(false, 60_000)).toBe("");
  });
});
