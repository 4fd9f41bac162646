import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../../..");

/** Every call of l10n.t in the extension: the text, or undefined where it is no literal. */
function calls(): { readonly file: string; readonly text: string | undefined }[] {
  const files = readdirSync(path.join(root, "src/vscode"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => path.join(root, "src/vscode", file));
  return files.toSorted().flatMap((file) => {
    const source = readFileSync(file, "utf8");
    return [...source.matchAll(/\bl10n\.t\(\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')?/g)].map(
      ([, double, single]) => ({
        file: path.relative(root, file),
        text: double === undefined ? single?.replaceAll("\\'", "'") : (JSON.parse(`"${double}"`) as string),
      }),
    );
  });
}

describe("the texts of the extension", () => {
  it("are literals, so that they can be collected", () => {
    expect(calls().filter(({ text }) => text === undefined)).toEqual([]);
  });

  it("are all in l10n/bundle.l10n.json, for translators (npx vitest run test/unit/vscode/l10n.test.ts -u writes it)", async () => {
    const texts = [...new Set(calls().map(({ text }) => text ?? ""))].toSorted();
    expect(texts.length).toBeGreaterThan(100);
    const bundle = `${JSON.stringify(Object.fromEntries(texts.map((text) => [text, text])), undefined, 2)}\n`;
    await expect(bundle).toMatchFileSnapshot("../../../l10n/bundle.l10n.json");
  });

  it("have as many placeholders as numbers in a row", () => {
    for (const { file, text = "" } of calls()) {
      const used = new Set([...text.matchAll(/\{(\d+)\}/g)].map(([, index]) => Number(index)));
      for (let i = 0; i < used.size; i++) expect(used, `${file}: ${text}`).toContain(i);
    }
  });
});
