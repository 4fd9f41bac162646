import { strict as assert } from "node:assert";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import * as vscode from "vscode";
import { readAdminPage } from "../../src/core/ndes/adminPage.js";
import type { ExtensionApi } from "../../src/extension.js";
import type { Enrolled } from "../../src/vscode/commands/enroll.js";
import { activated, run, setServers, shownInServers } from "./support/extension.js";

/** An editor with that text, in a document of that language. */
async function open(language: string, marked: string): Promise<{ document: vscode.TextDocument; at: vscode.Position }> {
  const offset = marked.indexOf("|");
  const content = marked.slice(0, offset) + marked.slice(offset + 1);
  const document = await vscode.workspace.openTextDocument({ language, content });
  await vscode.window.showTextDocument(document);
  return { document, at: document.positionAt(offset) };
}

async function hoverAt(language: string, marked: string): Promise<string> {
  const { document, at } = await open(language, marked);
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>("vscode.executeHoverProvider", document.uri, at);
  return hovers
    .flatMap(({ contents }) => contents.map((content) => (content as vscode.MarkdownString).value))
    .join("\n");
}

async function completionsAt(language: string, marked: string): Promise<readonly string[]> {
  const { document, at } = await open(language, marked);
  const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
    "vscode.executeCompletionItemProvider",
    document.uri,
    at,
  );
  const ours = [
    vscode.CompletionItemKind.Property,
    vscode.CompletionItemKind.EnumMember,
    vscode.CompletionItemKind.Module,
  ];
  return items
    .filter(({ kind }) => kind !== undefined && ours.includes(kind))
    .map(({ label }) => (typeof label === "string" ? label : label.label));
}

describe("configurations in the editor", () => {
  let api: ExtensionApi;
  let folder: string;

  before(async () => {
    api = await activated();
    folder = await mkdtemp(path.join(tmpdir(), "languages-"));
  });
  after(async () => {
    await setServers(api, undefined);
    await run("stopResponder");
    await run("clearMessages");
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await rm(folder, { recursive: true });
  });

  it("are known by name and by their first line", async () => {
    for (const [name, content, language] of [
      ["openssl.cnf", "", "openssl-conf"],
      ["sscep.conf", "", "sscep-conf"],
      ["router7", "[sscep]\n", "sscep-conf"],
      ["my.cnf", "[mysqld]\n", "plaintext"],
    ] as const) {
      await writeFile(path.join(folder, name), content);
      const document = await vscode.workspace.openTextDocument(path.join(folder, name));
      assert.equal(document.languageId, language, name);
    }
  });

  it("say what a key does", async () => {
    assert.match(
      await hoverAt("openssl-conf", "[ req ]\nstring_|mask = nombstr\n"),
      /utf8only: everything is a UTF8String/,
    );
    assert.match(await hoverAt("sscep-conf", "[sscep_enroll]\nEncCert|File = x\n"), /RA encryption certificate/);
  });

  it("say it in a script that writes one", async () => {
    const script =
      "#!/bin/sh\ncat > c <<END\n[ req ]\ndefault_|bits = 1024\ndistinguished_name = dn\nEND\nopenssl req -new\n";
    assert.match(await hoverAt("shellscript", script), /length of a new RSA key/);
  });

  it("say nothing in a text that is none", async () => {
    assert.equal(await hoverAt("plaintext", "string_|mask = nombstr\n"), "");
  });

  it("complete keys and values", async () => {
    assert.ok((await completionsAt("openssl-conf", "[ req ]\nstr|\n")).includes("string_mask"));
    assert.equal((await completionsAt("openssl-conf", "[ req ]\nstring_mask = |\n"))[0], "nombstr");
    assert.deepEqual(await completionsAt("sscep-conf", "[sscep]\nVerbose = |\n"), ["true", "false"]);
  });

  it("link the files that an sscep.conf names", async () => {
    await writeFile(path.join(folder, "ca.crt-0"), "");
    const file = path.join(folder, "links.sscep.conf");
    await writeFile(file, "[sscep]\nCACertFile = ca.crt\n[sscep_enroll]\nPrivateKeyFile = none.key\n");
    const { uri } = await vscode.workspace.openTextDocument(file);
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>("vscode.executeLinkProvider", uri);
    assert.deepEqual(
      links.map(({ target }) => target?.path),
      [path.join(folder, "ca.crt-0")],
    );
  });

  it("of sscep become a server, and that enrols", async () => {
    await run("startResponder", { port: 0 });
    const url = api.servers.responder?.settings.url;
    assert.ok(url);
    const file = path.join(folder, "sscep.conf");
    await writeFile(
      file,
      `[sscep]\nURL = ${url}/pkiclient.exe\nCACertFile = ca.crt\nEncAlgorithm = aes256\nSigAlgorithm = sha512\n`,
    );
    await run("importSscepConf", vscode.Uri.file(file), "imported");
    await shownInServers(api, "imported");
    const server = api.servers.find("imported");
    assert.deepEqual(server && { ...server.settings, url: undefined }, {
      name: "imported",
      url: undefined,
      caIdentifier: "",
      adminUrl: undefined,
      method: "auto",
      contentEncryption: "AES-256-CBC",
      digest: "SHA-512",
      timeoutSeconds: 30,
      tlsCaFile: undefined,
      target: "ndes",
    });
    assert.equal(server && api.servers.knowledge(server).caCert?.ok, true);
    const page = await fetch(api.servers.responder?.settings.adminUrl ?? "");
    const challenge = readAdminPage(new Uint8Array(await page.arrayBuffer()))?.password;
    const enrolled = await run<Enrolled>("enroll", {
      server: "imported",
      subject: "CN=dev7.example.com",
      challenge: { kind: "text", text: challenge },
    });
    assert.equal(enrolled.status, "issued", enrolled.sentence);
  });

  it("are written for a server, with its RA certificates beside them", async () => {
    const to = vscode.Uri.file(path.join(folder, "written", "sscep.conf"));
    await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(to, ".."));
    await run("exportSscepConf", { server: "imported" }, to);
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(to));
    assert.match(text, /^CACertFile = ra-signing\.crt$/m);
    assert.match(text, /^EncCertFile = ra-encryption\.crt$/m);
    assert.match(text, /^EncAlgorithm = aes256$/m);
    const names = (await vscode.workspace.fs.readDirectory(vscode.Uri.joinPath(to, ".."))).map(([name]) => name);
    assert.deepEqual(names.toSorted(), ["ra-encryption.crt", "ra-signing.crt", "sscep.conf"]);
  });
});
