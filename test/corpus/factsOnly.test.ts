import { describe, expect, it } from "vitest";
import { inspect } from "../../src/core/inspect/inspect.js";
import { jsonText, reportJson } from "../../src/core/inspect/json.js";
import { recognise } from "../../src/core/inspect/recognise.js";
import { nodeCrypto } from "../../src/node/nodeCrypto.js";
import { corpusFile, corpusFiles, hasCorpus } from "../support/corpus.js";

const now = new Date("2026-11-25T12:00:00Z");

async function json(bytes: Uint8Array, name: string, factsOnly: boolean): Promise<string> {
  const context = { crypto: nodeCrypto, keys: [], certificates: [], now, factsOnly };
  const all: string[] = [];
  for (const artifact of recognise(bytes, name)) {
    all.push(jsonText(reportJson(await inspect(artifact, context), { showSecrets: false })));
  }
  return all.join("\n");
}

describe("a report without a tree says the same in JSON as one with it", () => {
  it.skipIf(!hasCorpus).each(corpusFiles())("%s, whole and cut", async (file) => {
    const bytes = corpusFile(file);
    for (const part of [bytes, bytes.subarray(0, Math.floor(bytes.length * 0.6))]) {
      expect(await json(part, file, true)).toBe(await json(part, file, false));
    }
  });
});
