import { strict as assert } from "node:assert";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import * as vscode from "vscode";
import type { ExtensionApi } from "../../src/extension.js";
import type { Enrolled } from "../../src/vscode/commands/enroll.js";
import type { SavedFiles } from "../../src/vscode/commands/saveIssued.js";
import type { MessageEntry } from "../../src/vscode/messages/messageEntry.js";
import { activated, run } from "./support/extension.js";
import { hovered, outline, rowAt } from "./support/outline.js";

/** Serial numbers, nonces, identifiers, dates and times differ from run to run. */
function steady(text: string): string {
  return text
    .replaceAll(/\b[0-9a-f]{2}(:[0-9a-f]{2}){15,}\b/g, "SERIAL")
    .replaceAll(/\b[0-9A-F]{40}\b/g, "TRANSACTION")
    .replaceAll(/\b[0-9a-f]{32,40}\b/g, "HEX")
    .replaceAll(/\d{4}-\d{2}-\d{2}/g, "DATE")
    .replaceAll(/\d{2}:\d{2}:\d{2}/g, "TIME")
    .replaceAll(/\b\d+ ms\b/g, "N ms")
    .replaceAll(/\b[\d,]+ bytes\b/g, "N bytes")
    .replaceAll(/127\.0\.0\.1:\d+/g, "127.0.0.1:PORT");
}

describe("an enrolment against the local responder", () => {
  let api: ExtensionApi;
  let folder: string;

  before(async () => {
    api = await activated();
    folder = await mkdtemp(path.join(tmpdir(), "scep-workbench-enroll-"));
    await run("startResponder", { port: 0 });
    assert.ok(api.responder.running, "the local responder did not start");
  });

  after(async () => {
    await run("stopResponder");
    await api.vault.forgetAll();
    await run("clearMessages");
    await rm(folder, { recursive: true, force: true });
  });

  it("shows the responder as a server, with its capabilities, certificates by role and free passwords", async () => {
    const rows = await api.serversTree.getChildren();
    assert.deepEqual(await outline(api.serversTree, rows.slice(0, 1), { depth: 2 }), [
      "Local responder: running · NDES 2022",
      "  Capabilities: POST · SHA-512 SHA-256 SHA-1 · DES3",
      "    POSTPKIOperation",
      "    Renewal",
      "    SHA-512",
      "    SHA-256",
      "    SHA-1",
      "    DES3",
      "  Certificates: 4",
      "    RA signing: NDES01-MSCEP-RA · 364 d",
      "    RA encryption: NDES01-MSCEP-RA · 364 d",
      "    Issuing CA: Lab Issuing CA · 4 y",
      "    Root CA: Lab Root CA · 9 y",
      "  Challenge: one-time password, 5 of 5 free",
    ]);
  });

  it("keeps what GetCACaps and GetCACert brought as entries of Messages, newest first", async () => {
    const rows = api.messagesTree.getChildren();
    const lines = await outline(api.messagesTree, rows, { depth: 0, replace: steady });
    assert.deepEqual(
      lines.map((line) => line.replace(/:.*/, "")),
      ["✓ GetCACert → Local responder", "✓ GetCACaps → Local responder"],
    );
  });

  describe("that is granted", () => {
    let enrolled: Enrolled;
    let entry: MessageEntry;

    before(async () => {
      const result = await run<Enrolled | undefined>("enroll", {
        server: "Local responder",
        subject: "CN=dev7.example.com, O=Example",
      });
      assert.ok(result, "the enrolment brought nothing");
      enrolled = result;
      ({ entry } = enrolled);
    });

    it("says who was issued what until when", () => {
      assert.equal(enrolled.status, "issued", enrolled.sentence);
      assert.match(
        enrolled.sentence,
        /^Issued: .*CN=dev7\.example\.com.*, serial ([0-9a-f]{2}:)+[0-9a-f]{2}, until \d{4}-\d\d-\d\d\.$/,
      );
    });

    it("is an entry whose first line answers whether it worked, with the reply opened below", async () => {
      const row = api.messagesTree.rowOf(entry);
      const [first, why, sent, received] = await outline(api.messagesTree, [row], { depth: 1, replace: steady });
      assert.equal(first, "✓ Enroll dev7.example.com → Local responder: SUCCESS · until DATE · TIME");
      assert.match(why ?? "", /^ {2}✓ Issued: .*dev7\.example\.com.*, serial SERIAL, until DATE\.$/);
      assert.equal(sent, "  ✓ ↑ PKCSReq: POST N bytes");
      assert.equal(received, "  ✓ ↓ CertRep: 200 · N bytes");
      const reply = await rowAt(api.messagesTree, row, "↓ CertRep");
      assert.equal(api.messagesTree.getTreeItem(reply).collapsibleState, vscode.TreeItemCollapsibleState.Expanded);
    });

    it("has the page that gave the password below it, which is no failure", async () => {
      const [, page] = await outline(api.messagesTree, api.messagesTree.getChildren(), { depth: 0, replace: steady });
      assert.match(page ?? "", /^✓ One-time password ← Local responder: /);
    });

    it("shows pkiStatus first in the reply, and every check of it", async () => {
      const reply = await rowAt(api.messagesTree, api.messagesTree.rowOf(entry), "↓ CertRep");
      const lines = await outline(api.messagesTree, await children(api, reply), { depth: 0, replace: steady });
      assert.equal(lines[0], "✓ pkiStatus: 0 SUCCESS");
      for (const line of [
        "messageType: 3 CertRep",
        "✓ transactionID: TRANSACTION, the request's",
        "✓ recipientNonce: matches the request's senderNonce",
        "✓ signature: valid, NDES01-MSCEP-RA (RA signing)",
      ]) {
        assert.ok(lines.includes(line), `"${line}" is not among:\n${lines.join("\n")}`);
      }
    });

    it("says in words what a row's icon says, for those who hear it", async () => {
      const status = await rowAt(api.messagesTree, api.messagesTree.rowOf(entry), "↓ CertRep", "pkiStatus");
      const item = await hovered(api.messagesTree, status);
      assert.equal(item.accessibilityInformation?.label, "pkiStatus, 0 SUCCESS, passed");
      assert.ok(item.tooltip instanceof vscode.MarkdownString);
      assert.match(item.tooltip.value, /RFC 8894 §3/);
      assert.equal(item.tooltip.isTrusted, false);
    });

    it("keeps the key in the secret storage until it is saved, and saves it for its owner alone", async () => {
      const secrets = await api.context.secrets.keys();
      assert.equal(secrets.filter((name) => name.startsWith("scepWorkbench.key.")).length, 1, secrets.join("\n"));

      const target = vscode.Uri.file(path.join(folder, "dev7.pem"));
      const saved = await run<SavedFiles | undefined>("saveIssued", { entry }, target);
      assert.ok(saved, "nothing was saved");
      const key = await readFile(saved.key.fsPath, "utf8");
      assert.match(key, /^-----BEGIN PRIVATE KEY-----\n/);
      assert.match(await readFile(saved.certificate.fsPath, "utf8"), /^-----BEGIN CERTIFICATE-----\n/);
      if (process.platform !== "win32") assert.equal((await stat(saved.key.fsPath)).mode & 0o777, 0o600);
      assert.deepEqual(
        (await api.context.secrets.keys()).filter((name) => name.startsWith("scepWorkbench.key.")),
        [],
      );
      const { X509Certificate, createPrivateKey } = await import("node:crypto");
      const certificate = new X509Certificate(await readFile(saved.certificate.fsPath));
      assert.ok(certificate.checkPrivateKey(createPrivateKey(key)), "the saved key is not the certificate's");
    });

    it("opens the envelope of its own reply again when that is decoded as a file", async () => {
      const reply = await rowAt(api.messagesTree, api.messagesTree.rowOf(entry), "↓ CertRep");
      const file = path.join(folder, "reply.der");
      await writeFile(file, reply.bytes ?? new Uint8Array());
      const [decoded] = await run<readonly MessageEntry[]>("decodeFile", vscode.Uri.file(file));
      assert.ok(decoded, "nothing was decoded");
      const envelope = await rowAt(api.messagesTree, api.messagesTree.rowOf(decoded), "envelope");
      assert.equal(api.messagesTree.getTreeItem(envelope).accessibilityInformation?.label.endsWith(", passed"), true);
      assert.match(String(api.messagesTree.getTreeItem(envelope).description), /opened/);
    });

    it("can be read as text, with the challenge masked", async () => {
      await run("openAsText", { entry });
      const document = vscode.window.activeTextEditor?.document;
      assert.equal(document?.uri.scheme, "scep-workbench");
      const text = document.getText();
      assert.match(text, /pkiStatus +0 SUCCESS/);
      assert.match(text, /challengePassword.*•••/);
      await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    });
  });

  describe("with the challenge in a UTF8String", () => {
    let enrolled: Enrolled;

    before(async () => {
      const result = await run<Enrolled | undefined>("enroll", {
        server: "Local responder",
        subject: "CN=dev8.example.com",
        stringType: "UTF8String",
      });
      assert.ok(result, "the enrolment brought nothing");
      enrolled = result;
    });

    it("is refused in a sentence that names the code and says what to do", () => {
      assert.equal(enrolled.status, "refused");
      assert.match(enrolled.sentence, /0x80070490 ERROR_NOT_FOUND/);
      assert.match(enrolled.sentence, /PrintableString/);
    });

    it("is an entry that says FAILURE, why, and what to do before anything else", async () => {
      const row = api.messagesTree.rowOf(enrolled.entry);
      const lines = await outline(api.messagesTree, [row], { depth: 1, replace: steady });
      assert.equal(lines[0], "✗ Enroll dev8.example.com → Local responder: FAILURE badRequest · 0x80070490 · TIME");
      assert.match(lines[1] ?? "", /^ {2}⚠ Why: the challenge is a UTF8String/);
      assert.match(lines[2] ?? "", /PrintableString/);
      const remedy = (await children(api, row))[1];
      assert.ok(remedy);
      const spoken = api.messagesTree.getTreeItem(remedy).accessibilityInformation?.label ?? "";
      assert.match(spoken, /^What to do: /);
    });

    it("shows pkiStatus, failInfo and NDES's own error at the top of the reply, as errors", async () => {
      const reply = await rowAt(api.messagesTree, api.messagesTree.rowOf(enrolled.entry), "↓ CertRep");
      const lines = await outline(api.messagesTree, await children(api, reply), { depth: 0, replace: steady });
      assert.equal(lines[0], "✗ pkiStatus: 2 FAILURE");
      assert.match(lines[1] ?? "", /^✗ failInfo: 2 badRequest/);
      assert.match(lines[2] ?? "", /^✗ NDES error: 0x80070490 ERROR_NOT_FOUND/);
    });

    it("marks the challenge in the request, and shows neither it nor a key", async () => {
      const sent = await rowAt(api.messagesTree, api.messagesTree.rowOf(enrolled.entry), "↑ PKCSReq");
      const lines = await outline(api.messagesTree, [sent], { depth: 4, replace: steady });
      assert.ok(
        lines.some((line) => /✗ challengePassword: UTF8String +•••/.test(line.replaceAll("\u00a0", " "))),
        lines.join("\n"),
      );
    });
  });

  it("is refused before it is sent where the caller names a server that is not there", async () => {
    const before = api.messages.entries.length;
    assert.equal(await run("enroll", { server: "nobody", subject: "CN=x" }), undefined);
    assert.equal(api.messages.entries.length, before);
    assert.match(api.log.lines.at(-1) ?? "", /There is no server called "nobody"/);
  });

  it("with a challenge that the server never gave is refused", async () => {
    const first = await run<Enrolled>("enroll", {
      server: "Local responder",
      subject: "CN=dev9.example.com",
      challenge: { kind: "text", text: "0123456789ABCDEF" },
    });
    assert.equal(first.status, "refused");
    assert.match(first.sentence, /0x80070490/);
  });

  it("leaves no challenge and no key in the log", () => {
    const log = api.log.lines.join("\n");
    assert.match(log, /Enroll Local responder/);
    assert.doesNotMatch(log, /0123456789ABCDEF|PRIVATE KEY/);
    assert.doesNotMatch(log, /\b[0-9A-F]{16}\b/);
  });
});

async function children(api: ExtensionApi, row: Parameters<ExtensionApi["messagesTree"]["getTreeItem"]>[0]) {
  return api.messagesTree.getChildren(row);
}
