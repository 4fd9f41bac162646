import { strict as assert } from "node:assert";
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import * as vscode from "vscode";
import { writePem } from "../../src/core/asn1/pem.js";
import { buildRequest, type RequestInput } from "../../src/core/pkcs10/buildRequest.js";
import { parseDistinguishedName } from "../../src/core/x509/buildName.js";
import type { ExtensionApi } from "../../src/extension.js";
import { nodeCrypto } from "../../src/node/nodeCrypto.js";
import type { FolderCheck } from "../../src/vscode/commands/checkFolder.js";
import { codeOf, diagnosed, quickFixes } from "./support/diagnostics.js";
import { activated, run } from "./support/extension.js";

describe("certificate requests in text editors", () => {
  let api: ExtensionApi;
  let folder: string;
  let key: Awaited<ReturnType<typeof nodeCrypto.generateRsaKeyPair>>;

  before(async () => {
    api = await activated();
    folder = await mkdtemp(path.join(tmpdir(), "scep-workbench-requests-"));
    key = await nodeCrypto.generateRsaKeyPair(2048);
  });

  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await run("clearMessages");
    await rm(folder, { recursive: true, force: true });
  });

  /** A request with which nothing is wrong unless `odd` says so, in PEM. */
  async function request(odd: Partial<RequestInput> & { readonly name?: string } = {}): Promise<string> {
    const { name = "CN=dev7.example.com", ...rest } = odd;
    const der = await buildRequest(nodeCrypto, {
      subject: parseDistinguishedName(name),
      spki: key.spki,
      key: key.pkcs8,
      digest: "SHA-256",
      challengePassword: { text: "8CE317021F690069", stringType: "PrintableString" },
      subjectAltNames: [{ kind: "DNS", text: "dev7.example.com" }],
      ...rest,
    });
    return writePem("CERTIFICATE REQUEST", der);
  }

  async function show(name: string, content: string): Promise<vscode.TextDocument> {
    const file = path.join(folder, name);
    await writeFile(file, content);
    const document = await vscode.workspace.openTextDocument(vscode.Uri.file(file));
    await vscode.window.showTextDocument(document);
    return document;
  }

  it("a UTF8String challenge is an error on the very line of PEM, with its remedy and a link to its page", async () => {
    const pem = await request({ challengePassword: { text: "8CE317021F690069", stringType: "UTF8String" } });
    const document = await show("utf8.csr", pem);
    const [diagnostic] = await diagnosed(document.uri, ["csr.challenge.stringType"]);
    assert.ok(diagnostic);
    assert.equal(diagnostic.severity, vscode.DiagnosticSeverity.Error);
    assert.match(diagnostic.message, /UTF8String.*\n.*string_mask = nombstr/);
    assert.ok(diagnostic.range.start.line > 5, "the finding is not on the first lines of the block");
    assert.ok(typeof diagnostic.code === "object");
    const page = await vscode.workspace.openTextDocument(diagnostic.code.target);
    assert.match(page.getText(), /^# `csr\.challenge\.stringType`\n\n\*\*challengePassword is not a PrintableString/);
  });

  it("the second block of a text with other things around it is found, and what is typed changes the findings", async () => {
    const good = await request();
    const bad = await request({ digest: "SHA-1" });
    const document = await show("notes.txt", `What the device sent:\n\n${good}\nand later\n\n${bad}`);
    const [diagnostic] = await diagnosed(document.uri, ["csr.signature.weakDigest"]);
    assert.ok(diagnostic && diagnostic.range.start.line > good.split("\n").length);
    const edit = new vscode.WorkspaceEdit();
    const from = document.positionAt(document.getText().lastIndexOf("-----BEGIN"));
    edit.delete(document.uri, new vscode.Range(from, document.lineAt(document.lineCount - 1).range.end));
    await vscode.workspace.applyEdit(edit);
    await diagnosed(document.uri, []);
  });

  it("one key in two requests of one document is told", async () => {
    const first = await request();
    const second = await request({
      name: "CN=dev8.example.com",
      subjectAltNames: [{ kind: "DNS", text: "dev8.example.com" }],
    });
    const document = await show("shared.pem", first + second);
    await diagnosed(document.uri, ["csr.key.shared", "csr.key.shared"]);
  });

  it("the target weighs the findings, and the setting switches them off", async () => {
    const pem = await request({ challengePassword: { text: "8CE317021F690069", stringType: "UTF8String" } });
    const document = await show("target.csr", pem);
    await diagnosed(document.uri, ["csr.challenge.stringType"]);
    const settings = vscode.workspace.getConfiguration("scepWorkbench");
    try {
      await settings.update("lint.target", "rfc8894", vscode.ConfigurationTarget.Global);
      const [milder] = await severityOf(document.uri, vscode.DiagnosticSeverity.Warning);
      assert.ok(milder);
      await settings.update("lint.enabled", false, vscode.ConfigurationTarget.Global);
      await diagnosed(document.uri, []);
    } finally {
      await settings.update("lint.target", undefined, vscode.ConfigurationTarget.Global);
      await settings.update("lint.enabled", undefined, vscode.ConfigurationTarget.Global);
    }
    await diagnosed(document.uri, ["csr.challenge.stringType"]);
  });

  async function severityOf(
    uri: vscode.Uri,
    severity: vscode.DiagnosticSeverity,
  ): Promise<readonly vscode.Diagnostic[]> {
    for (;;) {
      const found = await diagnosed(uri, ["csr.challenge.stringType"]);
      if (found.every((diagnostic) => diagnostic.severity === severity)) return found;
      await new Promise<void>((resolve) => {
        const subscription = vscode.languages.onDidChangeDiagnostics(() => {
          subscription.dispose();
          resolve();
        });
      });
    }
  }

  it("a request that was cut short, and one with bytes behind it, are told and not thrown at", async () => {
    const pem = await request();
    const lines = pem.split("\n");
    const cut = [...lines.slice(0, 8), ...lines.slice(-2)].join("\n");
    const document = await show("cut.csr", cut);
    const found = await diagnosedSome(document.uri);
    assert.ok(
      found.some((diagnostic) => codeOf(diagnostic) === "asn1.truncated"),
      found.map(codeOf).join(),
    );
  });

  async function diagnosedSome(uri: vscode.Uri): Promise<readonly vscode.Diagnostic[]> {
    for (;;) {
      const found = vscode.languages.getDiagnostics(uri).filter(({ source }) => source === "SCEP");
      if (found.length > 0) return found;
      await new Promise<void>((resolve) => {
        const subscription = vscode.languages.onDidChangeDiagnostics(() => {
          subscription.dispose();
          resolve();
        });
      });
    }
  }

  it("a request has a lens with its name, key and state, and two to inspect and to enrol with", async () => {
    const document = await show("lens.csr", await request({ digest: "SHA-1" }));
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      "vscode.executeCodeLensProvider",
      document.uri,
      10,
    );
    // The command gives them in the order in which they are resolved.
    const titles = lenses.map(({ command }) => command?.title);
    assert.deepEqual(
      new Set(titles),
      new Set(["dev7.example.com · RSA 2048 · ⚠ 1 warning", "Inspect", "Enroll with…"]),
    );
    const inspect = lenses[titles.indexOf("Inspect")]?.command;
    assert.ok(inspect);
    await vscode.commands.executeCommand(inspect.command, ...(inspect.arguments as unknown[]));
    const { input, label } = vscode.window.tabGroups.activeTabGroup.activeTab ?? {};
    assert.ok(input instanceof vscode.TabInputCustom);
    assert.match(label ?? "", /CERTIFICATE REQUEST in lens\.csr/);
  });

  it("a certificate has one with its name and its end", async () => {
    const pem = await vscode.workspace.fs.readFile(
      vscode.Uri.file(path.join(api.context.extensionPath, "test/host/support/certificate.pem")),
    );
    const document = await show("lens.pem", new TextDecoder().decode(pem));
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      "vscode.executeCodeLensProvider",
      document.uri,
      10,
    );
    assert.deepEqual(
      new Set(lenses.map(({ command }) => command?.title)),
      new Set(["dev7.example.com · until 2126-10-29", "Inspect"]),
    );
  });

  it("the setting takes the lenses away", async () => {
    const document = await show("no-lens.csr", await request());
    const settings = vscode.workspace.getConfiguration("scepWorkbench");
    await settings.update("codeLens", false, vscode.ConfigurationTarget.Global);
    try {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        "vscode.executeCodeLensProvider",
        document.uri,
      );
      assert.deepEqual(lenses, []);
    } finally {
      await settings.update("codeLens", undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it("a hover says what the block is; a name made of Markdown stays text in it", async () => {
    const hostile = "[x](command:abc) $(bug) <b>";
    const document = await show(
      "hover.csr",
      await request({ name: `CN=${hostile.replaceAll(/[<>,+"\\;]/g, String.raw`\$&`)}`, digest: "SHA-1" }),
    );
    const [hover] = await vscode.commands.executeCommand<vscode.Hover[]>(
      "vscode.executeHoverProvider",
      document.uri,
      new vscode.Position(2, 5),
    );
    assert.ok(hover);
    const [words] = hover.contents as vscode.MarkdownString[];
    assert.ok(words);
    assert.match(words.value, /RSA 2048/);
    assert.match(words.value, /csr\\\.signature\\\.weakDigest/);
    const outside = words.value.replaceAll(/```[\s\S]*?```/g, "");
    assert.doesNotMatch(outside, /(^|[^\\])\[x/);
    assert.doesNotMatch(words.value, /8CE317021F690069/);
    assert.notEqual(words.isTrusted, true);
  });

  it("a bundle has an outline with what each block is, and each block folds", async () => {
    const certificate = new TextDecoder().decode(
      await vscode.workspace.fs.readFile(
        vscode.Uri.file(path.join(api.context.extensionPath, "test/host/support/certificate.pem")),
      ),
    );
    const document = await show("bundle.pem", `${await request()}\n${certificate}`);
    assert.equal(document.languageId, "pem");
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      "vscode.executeDocumentSymbolProvider",
      document.uri,
    );
    assert.deepEqual(
      symbols.map(({ name, detail }) => [name, detail]),
      [
        ["dev7.example.com · RSA 2048 · ✓ nothing wrong", "CERTIFICATE REQUEST"],
        ["dev7.example.com · until 2126-10-29", "CERTIFICATE"],
      ],
    );
    const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
      "vscode.executeFoldingRangeProvider",
      document.uri,
    );
    assert.equal(folds.length, 2);
    assert.equal(folds[0]?.start, 0);
  });

  it("a folder is checked as a whole: a summary, and the findings in Problems", async () => {
    const below = path.join(folder, "fleet/site a");
    await mkdir(below, { recursive: true });
    await writeFile(path.join(below, "good.csr"), await request());
    await writeFile(
      path.join(below, "bad.csr"),
      await request({ challengePassword: { text: "8CE317021F690069", stringType: "UTF8String" } }),
    );
    await writeFile(path.join(folder, "fleet/readme.txt"), "no request here\n");
    const check = await run<FolderCheck>("checkFolder", vscode.Uri.file(path.join(folder, "fleet")));
    assert.deepEqual(
      { files: check.files, requests: check.requests, errors: check.errors },
      { files: 3, requests: 2, errors: 1 },
    );
    assert.match(check.sentence, /^fleet: 2 certificate requests, 1 error, 0 warnings\.$/);
    await diagnosed(vscode.Uri.file(path.join(below, "bad.csr")), ["csr.challenge.stringType"]);
    await diagnosed(vscode.Uri.file(path.join(below, "good.csr")), []);
  });

  describe("quick fixes", () => {
    /** The titles of the quick fixes for a document's only block. */
    async function fixesFor(document: vscode.TextDocument): Promise<readonly vscode.CodeAction[]> {
      return quickFixes(document.uri, new vscode.Range(0, 0, document.lineCount - 1, 0));
    }

    async function apply(document: vscode.TextDocument, title: RegExp, ...more: readonly unknown[]): Promise<void> {
      const fixes = await fixesFor(document);
      const fix = fixes.find((action) => title.test(action.title));
      assert.ok(fix?.command, `there is no ${String(title)} among: ${fixes.map((action) => action.title).join(", ")}`);
      await vscode.commands.executeCommand(
        fix.command.command,
        ...(fix.command.arguments as readonly unknown[]),
        ...more,
      );
    }

    it("the challenge is re-encoded and the request signed again with the key beside it; Undo brings it back", async () => {
      const pem = await request({ challengePassword: { text: "8CE317021F690069", stringType: "UTF8String" } });
      await writeFile(path.join(folder, "mend.key"), writePem("PRIVATE KEY", key.pkcs8), { mode: 0o600 });
      const document = await show("mend.csr", pem);
      await diagnosed(document.uri, ["csr.challenge.stringType"]);
      await apply(document, /^Re-encode the challenge as PrintableString/);
      await diagnosed(document.uri, []);
      assert.notEqual(document.getText(), pem);
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand("undo");
      assert.equal(document.getText(), pem);
      await diagnosed(document.uri, ["csr.challenge.stringType"]);
    });

    it("SHA-256 in the place of SHA-1, inside a YAML file whose indentation stays", async () => {
      const pem = (await request({ digest: "SHA-1" })).replaceAll(/^(?=.)/gm, "    ");
      const document = await show("device.yaml", `device:\n  csr: |\n${pem}  name: dev7\n`);
      await diagnosed(document.uri, ["csr.signature.weakDigest"]);
      await apply(document, /^Sign with SHA-256/);
      await diagnosed(document.uri, []);
      assert.match(
        document.getText(),
        /^ {4}-----BEGIN[^]*\n {4}-----END CERTIFICATE REQUEST-----\n {2}name: dev7\n$/m,
      );
    });

    it("a new key is written beside the request for its owner alone, and overwrites nothing", async () => {
      const short = await nodeCrypto.generateRsaKeyPair(1024);
      await writeFile(path.join(folder, "short.key"), "somebody else's\n");
      const document = await show("short.csr", await request({ spki: short.spki, key: short.pkcs8 }));
      await diagnosed(document.uri, ["csr.key.tooShort"]);
      await apply(document, /^Make a new 2048-bit key/);
      await diagnosed(document.uri, []);
      const { mode } = await stat(path.join(folder, "short-2.key"));
      assert.equal(mode & 0o777, 0o600);
      assert.equal(await readFile(path.join(folder, "short.key"), "utf8"), "somebody else's\n");
    });

    it("alternative names are added", async () => {
      const document = await show("names.csr", await request({ subjectAltNames: [] }));
      await diagnosed(document.uri, ["csr.san.missing"]);
      await apply(document, /^Add SAN/, "DNS:dev7.example.com, 192.0.2.7");
      await diagnosed(document.uri, []);
    });

    it("the command for OpenSSL is copied, without the password", async () => {
      const document = await show("copy.csr", await request({ digest: "SHA-1" }));
      await diagnosed(document.uri, ["csr.signature.weakDigest"]);
      await apply(document, /^Copy the OpenSSL command/);
      const command = await vscode.env.clipboard.readText();
      assert.match(command, /^openssl req -new -sha256 .*-key copy\.key -out copy-new\.csr/);
      assert.match(command, /challengePassword = ONE-TIME-PASSWORD/);
      assert.doesNotMatch(command, /8CE317021F690069/);
    });

    it("a request with which nothing is wrong is offered none", async () => {
      const document = await show("fine.csr", await request());
      await diagnosed(document.uri, []);
      assert.deepEqual(await fixesFor(document), []);
    });
  });

  it("two requests are compared as text: what differs stands on lines of its own", async () => {
    const one = path.join(folder, "one.csr");
    const other = path.join(folder, "other.csr");
    await writeFile(one, await request());
    await writeFile(
      other,
      await request({ challengePassword: { text: "8CE317021F690069", stringType: "UTF8String" } }),
    );
    const uris = [one, other].map((file) => vscode.Uri.file(file));
    const sides = await run<readonly [vscode.Uri, vscode.Uri]>("compare", uris[0], uris);
    const [left, right] = await Promise.all(
      sides.map(async (side) => (await vscode.workspace.openTextDocument(side)).getText()),
    );
    assert.ok(left !== undefined && right !== undefined);
    assert.match(left, /^Request CN=dev7\.example\.com \(request\)\n/);
    assert.doesNotMatch(left, /8CE317021F690069/);
    const before = new Set(left.split("\n"));
    const differing = right.split("\n").filter((line) => !before.has(line));
    assert.ok(
      differing.some((line) => line.includes("challengePassword: UTF8String")),
      differing.join("\n"),
    );
    assert.ok(differing.length < 40, `${differing.length} lines differ`);
    const { input } = vscode.window.tabGroups.activeTabGroup.activeTab ?? {};
    assert.ok(input instanceof vscode.TabInputTextDiff);
  });

  it("a certificate is shown as text, the same text each time", async () => {
    const file = vscode.Uri.file(path.join(api.context.extensionPath, "test/host/support/certificate.pem"));
    await run("showAsText", file);
    const document = vscode.window.activeTextEditor?.document;
    assert.ok(document);
    assert.equal(document.languageId, "scep-report");
    assert.match(document.getText(), /\n {2}subject: CN=dev7\.example\.com,O=Example\n/);
    assert.doesNotMatch(document.getText(), new RegExp(api.context.extensionPath));
  });
});
