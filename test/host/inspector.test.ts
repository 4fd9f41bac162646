import { strict as assert } from "node:assert";
import { mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import * as vscode from "vscode";
import type { ExtensionApi } from "../../src/extension.js";
import { openInspectorDocument } from "../../src/vscode/inspector/inspectorDocument.js";
import { refusedCapture } from "../../src/vscode/inspector/refusedCapture.js";
import { inspectorViewType, sessionViewType } from "../../src/vscode/inspector/viewTypes.js";
import type { MessageEntry } from "../../src/vscode/messages/messageEntry.js";
import { largeCrl } from "../support/largeCrl.js";
import { pcapngSection } from "../support/packetWriter.js";
import { activated, run } from "./support/extension.js";
import { rowAt } from "./support/outline.js";
import { threadsStartedBy } from "./support/threads.js";

describe("the inspector", () => {
  let api: ExtensionApi;
  let folder: string;

  before(async () => {
    api = await activated();
    folder = await mkdtemp(path.join(tmpdir(), "scep-workbench-inspector-"));
  });

  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await run("clearMessages");
    await rm(folder, { recursive: true, force: true });
  });

  const sample = (name: string): vscode.Uri =>
    vscode.Uri.file(path.join(api.context.extensionPath, "samples/workspace", name));

  /** The inspector that is in front. */
  function inFront(): vscode.TabInputCustom {
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    assert.ok(input instanceof vscode.TabInputCustom, "There is no custom editor in front.");
    return input;
  }

  /** What an inspector of an address would show, asked of the thread behind it. */
  async function shown(uri: vscode.Uri): Promise<{ headlines: string[]; title: string; evidence: string }> {
    const { token } = new vscode.CancellationTokenSource();
    const document = await openInspectorDocument(api, uri, token);
    try {
      const { artifacts } = await document.browser.overview();
      const view = await document.browser.view({ report: [0] });
      const { label } = await document.browser.details({ report: [0], id: view.evidence.id });
      return { headlines: artifacts.map(({ headline }) => headline), title: view.title, evidence: label };
    } finally {
      document.dispose();
    }
  }

  async function decoded(name: string): Promise<MessageEntry> {
    const [entry] = await run<readonly MessageEntry[]>("decodeFile", sample(name));
    assert.ok(entry);
    return entry;
  }

  it("refuses a capture that does not fit into memory", async () => {
    const file = path.join(folder, "huge.pcapng");
    await writeFile(file, pcapngSection([]));
    await truncate(file, 256 * 1024 * 1024);
    const uri = vscode.Uri.file(file);
    // Of this very size it is still taken.
    assert.equal(await refusedCapture(uri), undefined);
    await truncate(file, 256 * 1024 * 1024 + 1);
    assert.equal((await refusedCapture(uri))?.uri, uri);
    await writeFile(file, "This is no capture.");
    await truncate(file, 256 * 1024 * 1024 + 1);
    assert.equal(await refusedCapture(uri), undefined);
    await rm(file);
  });

  it("opens a file of the explorer, and each of several", async () => {
    await run("inspect", sample("refused-CertRep.der"));
    assert.equal(inFront().viewType, inspectorViewType);
    assert.equal(inFront().uri.toString(), sample("refused-CertRep.der").toString());
    const several = [sample("GetCACert.p7b"), sample("request-utf8-challenge.csr")];
    await run("inspect", several[0], several);
    const open = vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .map(({ input }) => (input instanceof vscode.TabInputCustom ? path.basename(input.uri.path) : ""));
    for (const uri of several) assert.ok(open.includes(path.basename(uri.path)), open.join());
  });

  it("shows each kind of file with what decides its outcome", async () => {
    const refused = await shown(sample("refused-CertRep.der"));
    assert.deepEqual(refused.headlines, ["FAILURE badRequest · 0x80070490"]);
    assert.equal(refused.evidence, "NDES error");
    assert.match((await shown(sample("GetCACert.p7b"))).headlines.join(), /certificates/);
    assert.equal((await shown(sample("request-utf8-challenge.csr"))).evidence, "challengePassword");
  });

  it("says of a file that is no message what it is instead", async () => {
    for (const [name, content, headline] of [
      ["notes.bin", "Dear colleague, the reply is in the other file.", "text that is no message"],
      ["page.der", "<!DOCTYPE html><title>Login</title>", "a web page: Login"],
      ["empty.der", "", "empty"],
      ["noise.bin", Uint8Array.from({ length: 600 }, (_, i) => (i * 197 + 131) & 0xff), "bytes that are no message"],
    ] as const) {
      const uri = vscode.Uri.file(path.join(folder, name));
      await writeFile(uri.fsPath, content);
      assert.deepEqual((await shown(uri)).headlines, [headline]);
    }
  });

  it("opens a row of Messages at its node", async () => {
    const entry = await decoded("refused-CertRep.der");
    const row = await rowAt(api.messagesTree, api.messagesTree.rowOf(entry), "failInfo");
    await run("inspect", row);
    const { uri, viewType } = inFront();
    assert.equal(viewType, inspectorViewType);
    assert.equal(uri.scheme, "scep-inspector");
    assert.match(uri.path, new RegExp(`^/entry/${entry.id}/refused-CertRep\\.der$`));
    assert.deepEqual((await shown(uri)).headlines, ["FAILURE badRequest · 0x80070490"]);
  });

  it("says that an entry is gone which is no longer in Messages", async () => {
    const uri = vscode.Uri.from({ scheme: "scep-inspector", path: "/entry/m999999/reply.der" });
    await assert.rejects(shown(uri), /no longer in Messages/);
  });

  it("takes the clipboard and the selection of a text editor", async () => {
    const pem = await readFile(path.join(api.context.extensionPath, "test/host/support/certificate.pem"), "utf8");
    await vscode.env.clipboard.writeText(pem);
    await run("inspectClipboard");
    assert.match(inFront().uri.path, /^\/held\/\d+\/Clipboard$/);
    assert.match((await shown(inFront().uri)).title, /^Certificate/);
    const document = await vscode.workspace.openTextDocument({ content: `before\n${pem}after\n` });
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(1, 0, document.lineCount - 2, 0);
    await run("inspectSelection");
    assert.match((await shown(inFront().uri)).title, /^Certificate/);
  });

  it("reads in a thread of its own, and asks nothing of this one", async () => {
    const uri = vscode.Uri.file(path.join(folder, "large.crl"));
    await writeFile(uri.fsPath, largeCrl(100_000));
    const threads = await threadsStartedBy(async () => {
      assert.match((await shown(uri)).headlines.join(), /100,000/);
    });
    assert.equal(threads, 1);
  });

  describe("a session", () => {
    it("is saved without its secrets, opens in the inspector by itself, and brings its messages back", async () => {
      await run("clearMessages");
      await decoded("refused-CertRep.der");
      const request = await decoded("request-utf8-challenge.csr");
      const uri = vscode.Uri.file(path.join(folder, "day.scepsession"));
      await run("saveSession", uri);
      const text = await readFile(uri.fsPath, "utf8");
      const challenge = await rowAt(api.messagesTree, api.messagesTree.rowOf(request), "challengePassword");
      const secret = challenge.node?.secret;
      assert.ok(secret !== undefined && secret !== "");
      assert.ok(!text.includes(secret));
      await run("saveSession", uri, { showSecrets: true });
      assert.ok((await readFile(uri.fsPath, "utf8")).includes(secret));

      await vscode.commands.executeCommand("vscode.open", uri);
      assert.equal(inFront().viewType, sessionViewType);
      assert.equal((await shown(uri)).headlines.length, 2);

      await run("clearMessages");
      const entries = await run<readonly MessageEntry[]>("openSession", uri);
      assert.deepEqual(
        entries.map(({ title }) => title),
        ["refused-CertRep.der", "request-utf8-challenge.csr"],
      );
      assert.equal(api.messages.entries.length, 2);
    });

    it("that is damaged is told in a sentence", async () => {
      const uri = vscode.Uri.file(path.join(folder, "damaged.scepsession"));
      await writeFile(uri.fsPath, '{"format":"scep-workbench session","version":1,"secrets":false}\n{"title":');
      assert.equal(await run("openSession", uri), undefined);
      assert.match(api.log.lines.at(-1) ?? "", /Line 2 of this session cannot be read/);
      await assert.rejects(shown(uri), /Line 2 of this session cannot be read/);
    });
  });
});
