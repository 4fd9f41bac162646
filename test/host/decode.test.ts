import { strict as assert } from "node:assert";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import * as vscode from "vscode";
import type { ExtensionApi } from "../../src/extension.js";
import type { MessageEntry } from "../../src/vscode/messages/messageEntry.js";
import { captureInWorker } from "../../src/node/capture/captureInWorker.js";
import { skipBecause } from "../support/hostResults.js";
import { writeLargeCapture } from "../support/largeCapture.js";
import { enrolments } from "../support/scepTraffic.js";
import { largeCrl } from "../support/largeCrl.js";
import { hasOpenssl, OpensslFolder } from "../support/opensslProgram.js";
import { activated, run } from "./support/extension.js";
import { hovered, outline, rowAt } from "./support/outline.js";
import { threadsStartedBy } from "./support/threads.js";

describe("decoding", () => {
  let api: ExtensionApi;
  let folder: string;

  before(async () => {
    api = await activated();
    folder = await mkdtemp(path.join(tmpdir(), "scep-workbench-decode-"));
  });

  after(async () => {
    await run("clearMessages");
    await rm(folder, { recursive: true, force: true });
  });

  async function decode(name: string, content: Uint8Array | string): Promise<MessageEntry> {
    const file = path.join(folder, name);
    await writeFile(file, content);
    const [entry] = await run<readonly MessageEntry[]>("decodeFile", vscode.Uri.file(file));
    assert.ok(entry, `${name} gave no entry`);
    return entry;
  }

  async function firstLines(entry: MessageEntry): Promise<string[]> {
    return outline(api.messagesTree, [api.messagesTree.rowOf(entry)], { depth: 1 });
  }

  it("a reply from the corpus says SUCCESS at the top and what is missing on the row concerned", async function () {
    const file = path.join(api.context.extensionPath, "../shared/corpus/jscep/scep_resp2.der");
    if (!existsSync(file)) skipBecause(this, "The folder ../shared/corpus is not there.");
    const [entry] = await run<readonly MessageEntry[]>("decodeFile", vscode.Uri.file(file));
    assert.ok(entry);
    const lines = await firstLines(entry);
    assert.match(lines[0] ?? "", /^. scep_resp2\.der: .*SUCCESS/);
    assert.ok(lines.includes("  ✓ pkiStatus: 0 SUCCESS"), lines.join("\n"));
    assert.match(lines.join("\n"), /senderNonce/);
  });

  it("an empty file says that it is empty", async () => {
    const lines = await firstLines(await decode("empty.der", ""));
    assert.match(lines[0] ?? "", /^✗ empty\.der: /);
    assert.match(lines[1] ?? "", /empty/);
  });

  it("a web page says that it is one", async () => {
    const lines = await firstLines(await decode("page.der", "<!DOCTYPE html><html><title>Login</title></html>"));
    assert.match(lines[0] ?? "", /^✗ page\.der: /);
    assert.match(lines[1] ?? "", /page|HTML/i);
  });

  it("several certificates of one PEM file are rows of one entry", async () => {
    const certificate = await readFile(
      path.join(api.context.extensionPath, "test/host/support/certificate.pem"),
      "utf8",
    );
    const entry = await decode("bundle.pem", `${certificate}${certificate}`);
    assert.equal(entry.reports.length, 2);
    const lines = await firstLines(entry);
    assert.equal(lines.length, 3);
    assert.match(lines[0] ?? "", /^✓ bundle\.pem: 2 items · /);
    assert.match(lines[1] ?? "", /Certificate/);
  });

  it("a PEM file with a broken line says which", async () => {
    const certificate = await readFile(
      path.join(api.context.extensionPath, "test/host/support/certificate.pem"),
      "utf8",
    );
    const lines = certificate.split("\n");
    lines[3] = `${lines[3] ?? ""}!!!`;
    const shown = (await firstLines(await decode("broken.pem", lines.join("\n")))).join("\n");
    assert.match(shown, /Line 4 of the PEM text/);
  });

  it("the clipboard takes hex", async () => {
    await vscode.env.clipboard.writeText("30 03 02 01 05");
    const entry = await run<MessageEntry>("decodeClipboard");
    assert.equal(entry.title, "Clipboard");
    assert.equal(entry.reports[0].facts.kind, "asn1");
  });

  it("an empty clipboard is told in a sentence", async () => {
    await vscode.env.clipboard.writeText(" ");
    assert.equal(await run("decodeClipboard"), undefined);
    assert.match(api.log.lines.at(-1) ?? "", /The clipboard holds no text/);
  });

  it("a selection takes PEM out of the text around it", async () => {
    const certificate = await readFile(
      path.join(api.context.extensionPath, "test/host/support/certificate.pem"),
      "utf8",
    );
    const document = await vscode.workspace.openTextDocument({ content: `the certificate:\n${certificate}the end\n` });
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(1, 0, document.lineCount - 2, 0);
    const entry = await run<MessageEntry>("decodeSelection");
    assert.match(entry.title, /^Selection in /);
    assert.equal(entry.reports[0].facts.kind, "certificate");
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  });

  it("a folder and a missing file are told in a sentence, and the file between them is decoded", async () => {
    const good = path.join(folder, "good.pem");
    await writeFile(good, await readFile(path.join(api.context.extensionPath, "test/host/support/certificate.pem")));
    const uris = [folder, good, path.join(folder, "missing.der")].map((file) => vscode.Uri.file(file));
    const entries = await run<readonly MessageEntry[]>("decodeFile", uris);
    assert.deepEqual(
      entries.map(({ title }) => title),
      ["good.pem"],
    );
    const log = api.log.lines.join("\n");
    assert.match(log, /is a folder\. Choose the files in it\./);
    assert.match(log, /missing\.der cannot be read\./);
  });

  it("a name that is Markdown with a command in it stays text wherever it is shown", async () => {
    const hostile = "[x](command:abc)";
    const pem = await readFile(path.join(api.context.extensionPath, "test/host/support/certificate.pem"), "utf8");
    const der = Buffer.from(pem.replaceAll(/-----.*-----|\s/g, ""), "base64").toString("latin1");
    const changed = der.replaceAll("dev7.example.com", hostile);
    assert.notEqual(changed, der);
    const row = api.messagesTree.rowOf(await decode("hostile.der", Buffer.from(changed, "latin1")));
    const subject = await rowAt(api.messagesTree, row, "subject");
    for (const shown of [row, ...api.messagesTree.getChildren(row), ...api.messagesTree.getChildren(subject)]) {
      const { tooltip } = await hovered(api.messagesTree, shown);
      assert.ok(tooltip instanceof vscode.MarkdownString);
      assert.equal(tooltip.isTrusted, false);
      assert.equal(tooltip.supportHtml, false);
      // In a code block everything is text; outside of it every sign of Markdown has to be escaped.
      const outside = tooltip.value.replaceAll(/```[\s\S]*?```/g, "");
      assert.doesNotMatch(outside, /(^|[^\\])\[x/);
    }
    const { tooltip } = await hovered(api.messagesTree, subject);
    assert.match((tooltip as vscode.MarkdownString).value, /command:abc/);
  });

  it("copies a field's value and its bytes", async () => {
    const certificate = await readFile(path.join(api.context.extensionPath, "test/host/support/certificate.pem"));
    const row = api.messagesTree.rowOf(await decode("one.pem", certificate));
    await run("copyHex", row);
    assert.match(await vscode.env.clipboard.readText(), /^3082/);
    const subject = await rowAt(api.messagesTree, row, "subject");
    await run("copyValue", subject);
    assert.equal(await vscode.env.clipboard.readText(), api.messagesTree.getTreeItem(subject).description);
    await run("copyPath", subject);
    assert.equal(await vscode.env.clipboard.readText(), "one.pem > subject");
    const target = vscode.Uri.file(path.join(folder, "saved.pem"));
    await run("saveContent", row, target);
    assert.equal(
      (await readFile(target.fsPath, "utf8")).replaceAll(/\s/g, ""),
      certificate.toString("utf8").replaceAll(/\s/g, ""),
    );
  });

  describe("what is large holds nobody up:", () => {
    it("a CRL of 4 MB is read in a thread of its own", async () => {
      const crl = largeCrl(100_000);
      assert.ok(crl.length > 3_500_000, `${crl.length} bytes`);
      const file = path.join(folder, "large.crl");
      await writeFile(file, crl);
      let entry: MessageEntry | undefined;
      const threads = await threadsStartedBy(async () => {
        [entry] = await run<readonly MessageEntry[]>("decodeFile", vscode.Uri.file(file));
      });
      assert.ok(entry);
      const { facts } = entry.reports[0];
      assert.equal(facts.kind === "crl" && facts.revokedCount, 100_000);
      assert.equal(threads, 1);
    });

    it("a CRL of 60 KB is read without one", async () => {
      const file = path.join(folder, "middle.crl");
      const crl = largeCrl(1_550);
      assert.ok(crl.length > 58_000 && crl.length <= 65_536, `${crl.length} bytes`);
      await writeFile(file, crl);
      const threads = await threadsStartedBy(() => run("decodeFile", vscode.Uri.file(file)));
      assert.equal(threads, 0);
    });

    it("64 MB of zeros are read, and told as such, in a thread of their own", async () => {
      const file = path.join(folder, "zeros.bin");
      await writeFile(file, "");
      await truncate(file, 64 * 1024 * 1024);
      let entry: MessageEntry | undefined;
      const threads = await threadsStartedBy(async () => {
        [entry] = await run<readonly MessageEntry[]>("decodeFile", vscode.Uri.file(file));
      });
      assert.ok(entry);
      assert.match((await firstLines(entry)).join("\n"), /zero/);
      assert.equal(threads, 1);
    });
  });

  describe("a capture larger than is taken into memory", () => {
    const exchanges = 40;
    let file: string;
    let most: unknown;

    before(async () => {
      const settings = vscode.workspace.getConfiguration("scepWorkbench.messages");
      most = settings.inspect("keep")?.globalValue;
      await settings.update("keep", 12, vscode.ConfigurationTarget.Global);
      file = path.join(folder, "large.pcapng");
      await writeLargeCapture(file, { size: 20 * 1024 * 1024, exchanges, enrolments: await enrolments(2) });
    });

    after(async () => {
      const settings = vscode.workspace.getConfiguration("scepWorkbench.messages");
      await settings.update("keep", most, vscode.ConfigurationTarget.Global);
    });

    it("is read in a thread of its own; as many exchanges as Messages keeps, and an account of the capture, are there", async () => {
      let entries: readonly MessageEntry[] = [];
      const threads = await threadsStartedBy(async () => {
        entries = await run<readonly MessageEntry[]>("decodeFile", vscode.Uri.file(file));
      });
      assert.equal(threads, 1);
      assert.deepEqual(
        entries.map(({ title }) => title),
        [...Array.from({ length: 6 }, (_, index) => `large.pcapng#${index + 1}`), "large.pcapng"],
      );
      const [summary] = entries.at(-1)?.reports ?? [];
      assert.ok(summary?.facts.kind === "capture");
      assert.equal(summary.facts.shown, exchanges);
      assert.ok(api.messages.entries.length <= 12);
      const replies = entries.filter(
        ({ reports: [{ facts }] }) => facts.kind === "httpExchange" && facts.method === "POST",
      );
      assert.ok(replies.length > 0);
      assert.match(replies[0]?.reports[0].verdict.headline ?? "", /SUCCESS/);
    });

    it("ends at once where it is cancelled", async () => {
      const aborter = new AbortController();
      let reports = 0;
      const script = path.join(api.context.extensionPath, "dist/captureWorker.js");
      const context = { keys: [], certificates: [], now: new Date() };
      const reading = captureInWorker(
        script,
        { path: file, name: "large.pcapng", most: exchanges, context },
        {
          reports: (found) => {
            reports += found.length;
            aborter.abort();
          },
          progress: () => undefined,
        },
        aborter.signal,
      );
      await assert.rejects(reading, /cancelled/);
      assert.equal(reports, 1);
    });
  });

  it("what stays closed opens with a key, in its place in Messages", async function () {
    if (!hasOpenssl) skipBecause(this, "The openssl program is not there.");
    const openssl = new OpensslFolder();
    try {
      openssl.write("content", "hello");
      const files = ["-keyout", "own.key", "-out", "own.pem"];
      openssl.run("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "9", "-subj", "/CN=own", ...files);
      openssl.run("cms", "-encrypt", "-aes128", "-in", "content", "-outform", "DER", "-out", "closed.der", "own.pem");
      const closed = await decode("closed.der", openssl.read("closed.der"));
      assert.equal(
        closed.reports[0].facts.kind === "envelopedData" && closed.reports[0].facts.envelope.decrypted,
        false,
      );
      assert.match(api.messagesTree.getTreeItem(api.messagesTree.rowOf(closed)).contextValue ?? "", /\bclosed\b/);
      const key = vscode.Uri.file(path.join(openssl.path, "own.key"));
      const opened = await run<MessageEntry>("openWithKey", api.messagesTree.rowOf(closed), key);
      assert.equal(opened.id, closed.id);
      assert.match((await firstLines(opened)).join("\n"), /AES-128-CBC .*opened/);
      const { facts } = opened.reports[0];
      assert.equal(facts.kind === "envelopedData" && facts.envelope.openedWith, "own.key");
      assert.doesNotMatch(
        api.messagesTree.getTreeItem(api.messagesTree.rowOf(opened)).contextValue ?? "",
        /\bclosed\b/,
      );
    } finally {
      openssl.remove();
    }
  });
});
