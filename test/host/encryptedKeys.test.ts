import { strict as assert } from "node:assert";
import { copyFile, mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import * as vscode from "vscode";
import type { ExtensionApi } from "../../src/extension.js";
import { skipBecause } from "../support/hostResults.js";
import { hasOpenssl, OpensslFolder } from "../support/opensslProgram.js";
import { diagnosed } from "./support/diagnostics.js";
import { activated, run } from "./support/extension.js";

const passphrase = "Käse and 5 mice";

/** How openssl encrypts a key, by the options that it takes for it. */
const encryptions: readonly { readonly what: string; readonly args: readonly string[] }[] = [
  { what: "PKCS#8 with PBKDF2", args: ["pkcs8", "-topk8", "-v2", "aes-256-cbc", "-iter", "2048"] },
  { what: "PKCS#8 with scrypt", args: ["pkcs8", "-topk8", "-scrypt"] },
  { what: "PKCS#8 with PKCS #12's triple DES", args: ["pkcs8", "-topk8", "-v1", "PBE-SHA1-3DES"] },
  { what: "OpenSSL's traditional form", args: ["rsa", "-traditional", "-aes128"] },
];

describe("a request whose key beside it is encrypted", () => {
  let api: ExtensionApi;
  let openssl: OpensslFolder;
  let folder: string;

  before(async function () {
    if (!hasOpenssl) skipBecause(this, "The openssl program is not there.");
    api = await activated();
    openssl = new OpensslFolder();
    folder = await mkdtemp(path.join(tmpdir(), "scep-workbench-encrypted-"));
  });

  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await api.vault.forgetAll();
    openssl.remove();
    await rm(folder, { recursive: true, force: true });
  });

  /** A request of openssl's and its key, encrypted, in the folder; the passphrase is in the secret storage. */
  async function requestWithKey(name: string, bits: number, args: readonly string[]): Promise<vscode.TextDocument> {
    openssl.run("genrsa", "-out", "plain.key", String(bits));
    const subject = ["-subj", `/CN=${name}.example.com`, "-addext", `subjectAltName=DNS:${name}.example.com`];
    openssl.run("req", "-new", "-sha1", "-key", "plain.key", ...subject, "-out", "request");
    openssl.run(...args, "-in", "plain.key", "-passout", `pass:${passphrase}`, "-out", "closed.key");
    await copyFile(path.join(openssl.path, "closed.key"), path.join(folder, `${name}.key`));
    await copyFile(path.join(openssl.path, "request"), path.join(folder, `${name}.csr`));
    await api.vault.storePassphrase(vscode.Uri.file(path.join(folder, `${name}.key`)), passphrase);
    const document = await vscode.workspace.openTextDocument(path.join(folder, `${name}.csr`));
    await vscode.window.showTextDocument(document);
    return document;
  }

  for (const [index, { what, args }] of encryptions.entries()) {
    it(`is signed again with the passphrase from the secret storage: ${what}`, async () => {
      const document = await requestWithKey(`signed${index}`, 2048, args);
      await diagnosed(document.uri, ["csr.challenge.missing", "csr.signature.weakDigest"]);
      assert.equal(await run("fixRequest", document.uri, 0, "digest"), true);
      await diagnosed(document.uri, ["csr.challenge.missing"]);
      openssl.write("mended", document.getText());
      const { output } = openssl.try("req", "-in", "mended", "-noout", "-verify", "-text");
      assert.match(output, /verify OK/);
      assert.match(output, /Signature Algorithm: sha256WithRSAEncryption/);
      assert.doesNotMatch(api.log.lines.join("\n"), new RegExp(passphrase));
    });
  }

  it("gets a new key that is encrypted with the same passphrase, for its owner alone", async () => {
    const document = await requestWithKey("short", 1024, ["pkcs8", "-topk8"]);
    await diagnosed(document.uri, ["csr.challenge.missing", "csr.key.tooShort", "csr.signature.weakDigest"]);
    assert.equal(await run("fixRequest", document.uri, 0, "newKey"), true);
    await diagnosed(document.uri, ["csr.challenge.missing"]);
    const file = path.join(folder, "short-2.key");
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    openssl.write("new.key", await readFile(file, "utf8"));
    assert.match(await readFile(file, "utf8"), /^-----BEGIN ENCRYPTED PRIVATE KEY-----/);
    openssl.write("mended", document.getText());
    const ofKey = openssl.run("pkey", "-in", "new.key", "-passin", `pass:${passphrase}`, "-pubout");
    assert.equal(openssl.run("req", "-in", "mended", "-noout", "-pubkey"), ofKey);
    assert.notEqual(openssl.try("pkey", "-in", "new.key", "-passin", "pass:another", "-noout").status, 0);
    for (const name of await readdir(folder)) {
      assert.doesNotMatch(await readFile(path.join(folder, name), "latin1"), /Käse|mice/);
    }
  });
});
