import { describe, expect, it } from "vitest";
import type { KeyHolders } from "../../../src/core/inspect/keyHolders.js";
import type { LintResult } from "../../../src/core/inspect/lint.js";
import type { LintedAlone } from "../../../src/node/lint/lintFiles.js";
import { LintResults } from "../../../src/node/lint/lintResults.js";
import { PackedRecords } from "../../../src/node/lint/packedRecords.js";

/** A file in which some have a key each. */
function file(name: string, ...keys: readonly (readonly [key: string, subject: string])[]): LintedAlone {
  const holders = keys.map(([key, subject]): LintResult["keys"][number] => [
    key,
    { kind: "request", subject, source: name },
  ]);
  return { file: name, artifacts: [], keys: holders };
}

/** The names of the results in their order, `!` behind one that was linted again, and what it was linted again with. */
async function resultsOf(files: readonly LintedAlone[], order: readonly number[]) {
  const results = new LintResults((result) => result.file);
  for (const index of order) {
    const one = files[index];
    if (one) results.add(index, one);
  }
  const names: string[] = [];
  const told: KeyHolders[] = [];
  const again = async (name: string, keyHolders: KeyHolders): Promise<LintedAlone> => {
    told.push(keyHolders);
    return file(`${name}!`);
  };
  for await (const name of results.inOrder(again)) names.push(name);
  return { names, told };
}

describe("what came of linting files, each by itself", () => {
  it("is given in the order of the files, in whatever order it came", async () => {
    const files = ["a", "b", "c", "d", "e"].map((name) => file(name, [`key of ${name}`, name]));
    const { names } = await resultsOf(files, [3, 1, 0, 4, 2]);
    expect(names).toEqual(["a", "b", "c", "d", "e"]);
  });

  it("is judged anew, and nothing else is, where somebody else has the key as well", async () => {
    const files = [
      file("a", ["k1", "CN=a"]),
      file("b", ["k2", "CN=b"], ["k3", "CN=b"]),
      file("c", ["k2", "CN=b"]),
      file("d", ["k3", "CN=d"]),
    ];
    const { names, told } = await resultsOf(files, [3, 2, 1, 0]);
    expect(names).toEqual(["a", "b!", "c", "d!"]);
    const k3 = [
      { kind: "request", subject: "CN=b", source: "b" },
      { kind: "request", subject: "CN=d", source: "d" },
    ];
    expect(told).toEqual([new Map([["k3", k3]]), new Map([["k3", k3]])]);
  });

  it("is judged anew where two in one file have the same key", async () => {
    const { names } = await resultsOf([file("a", ["k", "CN=a"], ["k", "CN=b"])], [0]);
    expect(names).toEqual(["a!"]);
  });
});

describe("packed records", () => {
  it("are what was added, in that order, as often as one looks, over many blocks and characters of any kind", () => {
    const records = new PackedRecords<{ readonly index: number; readonly text: string }>();
    const added = Array.from({ length: 5000 }, (_, index) => ({
      index,
      text: `${index} \ud800 ü 😀 \n "${"x".repeat(index % 90)}"`,
    }));
    for (const record of added) records.add(record);
    expect([...records]).toEqual(added);
    records.add({ index: 5000, text: "" });
    expect([...records]).toHaveLength(5001);
  });

  it("are none where none were added", () => {
    expect([...new PackedRecords<number>()]).toEqual([]);
  });
});
