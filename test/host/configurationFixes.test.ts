import { strict as assert } from "node:assert";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import * as vscode from "vscode";
import { readAdminPage } from "../../src/core/ndes/adminPage.js";
import type { ExtensionApi } from "../../src/extension.js";
import { runCommand } from "../support/commandLine.js";
import { skipBecause } from "../support/hostResults.js";
import { applyQuickFix, codeOf, diagnosed } from "./support/diagnostics.js";
import { activated, run } from "./support/extension.js";

/** A script of the form that sscep ships, without string_mask and with the key size that it comes with. */
const script = `#!/bin/sh
PREFIX=local
KEYBITS=1024

cat > request.cnf <<END
[ req ]
prompt = no
distinguished_name = req_distinguished_name
attributes = req_attributes
[ req_attributes ]
challengePassword = $3
[ req_distinguished_name ]
CN = $2
[ x509v3_DNS ]
subjectAltName = critical,DNS:$2
END
openssl genrsa -out $PREFIX.key $KEYBITS
openssl req -new -key $PREFIX.key -sha256 -out $PREFIX.csr -config request.cnf -reqexts x509v3_DNS
`;

describe("what is wrong with a configuration", () => {
  let api: ExtensionApi;
  let folder: string;

  before(async () => {
    api = await activated();
    folder = await mkdtemp(path.join(tmpdir(), "configuration-"));
    await run("startResponder", { port: 0 });
  });
  after(async () => {
    await run("stopResponder");
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await rm(folder, { recursive: true });
  });

  async function show(name: string, content: string): Promise<vscode.TextDocument> {
    const file = path.join(folder, name);
    await writeFile(file, content);
    const document = await vscode.workspace.openTextDocument(file);
    await vscode.window.showTextDocument(document);
    return document;
  }

  it("stands on its line, and goes with the fix and comes back with undo", async () => {
    const document = await show("sscep.conf", "[sscep]\nURL = http://ca/x\nCACertFile = sscep.conf\nDebug = yes\n");
    const [diagnostic] = await diagnosed(document.uri, ["sscepConf.value.invalid"]);
    assert.ok(diagnostic);
    assert.equal(document.getText(diagnostic.range), "yes");
    await applyQuickFix(document.uri, diagnostic);
    assert.equal(document.lineAt(3).text, "Debug = true");
    await diagnosed(document.uri, []);
    await vscode.commands.executeCommand("undo");
    await diagnosed(document.uri, ["sscepConf.value.invalid"]);
  });

  it("is found in any text that is one, while it is typed", async () => {
    const document = await show("notes.txt", "[ req ]\ndistinguished_name = dn\nprompt = no\n[ dn ]\nCN = a\n");
    await diagnosed(document.uri, []);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(1, 0), "default_bits = 512\n");
    await vscode.workspace.applyEdit(edit);
    await diagnosed(document.uri, ["opensslConf.defaultBits.tooSmall"]);
  });

  it("names a file that is not there", async () => {
    const document = await show("gone.sscep.conf", "[sscep]\nURL = http://ca/x\nCACertFile = nowhere.crt\n");
    await diagnosed(document.uri, ["sscepConf.file.missing"]);
  });

  it("of a mkrequest script is what the responder refuses, and what the quick fixes make of it is taken", async function () {
    if (spawnSync("openssl", ["version"]).status !== 0) skipBecause(this, "There is no openssl program.");
    const server = api.servers.responder?.settings;
    assert.ok(server?.adminUrl);

    /** Runs the script with a fresh one-time password, and enrols with what it makes: the command's exit status. */
    const enroll = async (document: vscode.TextDocument): Promise<{ status: number; err: string }> => {
      assert.ok(await document.save());
      const page = await fetch(server.adminUrl ?? "");
      const password = readAdminPage(new Uint8Array(await page.arrayBuffer()))?.password ?? "";
      execFileSync("sh", [document.fileName, "-dns", "dev7.example.com", password], { cwd: folder, stdio: "pipe" });
      const [csr, key] = ["local.csr", "local.key"].map((name) => path.join(folder, name));
      return runCommand(["enroll", server.url, "--csr", csr ?? "", "--key", key ?? ""]);
    };

    const document = await show("mkrequest", script);
    const codes = ["opensslConf.defaultBits.tooSmall", "opensslConf.san.critical", "opensslConf.stringMask.missing"];
    await diagnosed(document.uri, codes);
    const refused = await enroll(document);
    assert.equal(refused.status, 2, refused.err);

    for (let left = codes; left.length > 0; left = left.slice(1)) {
      const [first] = await diagnosed(document.uri, left);
      assert.ok(first && codeOf(first) === left[0]);
      await applyQuickFix(document.uri, first);
    }
    await diagnosed(document.uri, []);
    assert.match(document.getText(), /^\[ req \]\nstring_mask = nombstr$/m);
    const taken = await enroll(document);
    assert.equal(taken.status, 0, taken.err);
  });
});
