import { strict as assert } from "node:assert";
import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import type { ExtensionApi } from "../../src/extension.js";
import { openInspectorDocument } from "../../src/vscode/inspector/inspectorDocument.js";
import { skipBecause } from "../support/hostResults.js";
import { hasOpenssl, OpensslFolder } from "../support/opensslProgram.js";
import { activated } from "./support/extension.js";

describe("a key that lies in the workspace", () => {
  let api: ExtensionApi;
  before(async () => {
    api = await activated();
  });

  it("opens what an inspector shows", async function () {
    if (!hasOpenssl) skipBecause(this, "The openssl program is not there.");
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
    assert.ok(folder, "The suite runs in a folder.");
    const openssl = new OpensslFolder();
    const key = path.join(folder, "inspected.key");
    const message = path.join(folder, "inspected.der");
    try {
      openssl.write("content", "hello");
      openssl.run("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=own", "-keyout", "k", "-out", "c");
      openssl.run("cms", "-encrypt", "-aes128", "-in", "content", "-outform", "DER", "-out", "m", "c");
      await writeFile(key, openssl.read("k"));
      // The envelope names its recipient by issuer and serial number, so the certificate has to be there as well.
      await writeFile(`${key}.pem`, openssl.read("c"));
      await writeFile(message, openssl.read("m"));
      const { token } = new vscode.CancellationTokenSource();
      const document = await openInspectorDocument(api, vscode.Uri.file(message), token);
      try {
        const { artifacts } = await document.browser.overview();
        assert.match(artifacts.map(({ headline }) => headline).join(), /AES-128-CBC · opened/);
      } finally {
        document.dispose();
      }
    } finally {
      openssl.remove();
      await Promise.all([key, `${key}.pem`, message].map((file) => rm(file, { force: true })));
    }
  });
});
