import { strict as assert } from "node:assert";
import { mkdtemp, open, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import * as vscode from "vscode";
import type { ExtensionApi } from "../../src/extension.js";
import type { FolderCheck } from "../../src/vscode/commands/checkFolder.js";
import { badRequests } from "../support/badRequests.js";
import { codeOf, diagnosed, quickFixes } from "./support/diagnostics.js";
import { activated, run } from "./support/extension.js";

describe("a request that is broken, in a text editor", () => {
  let api: ExtensionApi;
  let corpus: string;

  before(async () => {
    api = await activated();
    corpus = path.join(api.context.extensionPath, "test/corpus/requests");
  });

  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await run("clearMessages");
  });

  for (const { name, what, codes } of badRequests) {
    it(`${what}: its findings, a lens, a hover and fixes, and nothing unexpected in the log`, async () => {
      const logged = api.log.lines.length;
      const document = await vscode.workspace.openTextDocument(path.join(corpus, `${name}.csr`));
      await vscode.window.showTextDocument(document);
      const found = await diagnosed(document.uri, codes);
      assert.deepEqual(found.map(codeOf), codes.toSorted());
      const ask = <T>(command: string, ...more: readonly unknown[]): Thenable<readonly T[]> =>
        vscode.commands.executeCommand<readonly T[]>(command, document.uri, ...more);
      const lenses = await ask<vscode.CodeLens>("vscode.executeCodeLensProvider", 10);
      // They come in the order in which they are ready.
      const [glance] = lenses.flatMap(({ command }) => (/[✗⚠]/.test(command?.title ?? "") ? [command?.title] : []));
      assert.match(glance ?? "", / · [✗⚠] \d/, lenses.map(({ command }) => command?.title).join());
      assert.equal((await ask("vscode.executeHoverProvider", new vscode.Position(1, 3))).length, 1);
      const whole = new vscode.Range(0, 0, document.lineCount - 1, 0);
      const offered = (await quickFixes(document.uri, whole)).map(({ title }) => title);
      if (name.startsWith("encoding/cut")) assert.deepEqual(offered, []);
      else assert.equal(offered.at(-1), "Copy the OpenSSL command that makes it right");
      assert.doesNotMatch(api.log.lines.slice(logged).join("\n"), /did not expect/);
    });
  }

  it("a text of 100 MB with one block at its end is checked with its folder; an editor that shows it stays of use", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "scep-workbench-large-"));
    const file = vscode.Uri.file(path.join(folder, "large.txt"));
    try {
      const block = await readFile(path.join(corpus, "signature/sha1.csr"));
      const lines = Buffer.from(`${"x".repeat(79)}\n`.repeat(12_500));
      await using handle = await open(file.fsPath, "w");
      for (let written = 0; written < 100_000_000; written += lines.length) await handle.write(lines);
      await handle.write(block);
      await vscode.commands.executeCommand("vscode.open", file);
      const check = await run<FolderCheck>("checkFolder", vscode.Uri.file(folder));
      assert.match(check.sentence, /: 1 certificate request, 0 errors, 1 warning\.$/);
      const [diagnostic] = await diagnosed(file, ["csr.signature.weakDigest"]);
      assert.ok((diagnostic?.range.start.line ?? 0) > 1_250_000);
    } finally {
      await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
      await rm(folder, { recursive: true, force: true });
    }
  });
});
