import { strict as assert } from "node:assert";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import * as vscode from "vscode";
import { readPem } from "../../src/core/asn1/pem.js";
import { readPrivateKey } from "../../src/core/crypto/privateKey.js";
import { readRequest, type RequestView } from "../../src/core/pkcs10/request.js";
import { subjectAltNames } from "../../src/core/x509/extensionValues.js";
import { samePublicKey } from "../../src/core/x509/samePublicKey.js";
import type { ExtensionApi } from "../../src/extension.js";
import { nodeCrypto } from "../../src/node/nodeCrypto.js";
import type { MadeRequest, NewRequestArgument } from "../../src/vscode/commands/newRequest.js";
import { activated, run } from "./support/extension.js";

describe("New Certificate Request", () => {
  let api: ExtensionApi;
  let folder: string;

  before(async () => {
    api = await activated();
    folder = await mkdtemp(path.join(tmpdir(), "scep-workbench-request-"));
    await run("startResponder", { port: 0 });
  });

  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await run("stopResponder");
    await run("clearMessages");
    await rm(folder, { recursive: true, force: true });
  });

  function make(name: string, answers: Omit<NewRequestArgument, "saveAs"> = {}): Thenable<MadeRequest | undefined> {
    const saveAs = vscode.Uri.file(path.join(folder, name));
    return run<MadeRequest | undefined>("newRequest", { ...answers, saveAs });
  }

  async function requestOf(made: MadeRequest | undefined): Promise<RequestView> {
    assert.ok(made, "no request was made");
    const [block] = readPem(await readFile(made.request.fsPath, "utf8"));
    const view = block && readRequest(block.der);
    assert.ok(view, "the file holds no request");
    return view;
  }

  it("makes of the defaults a request with a key beside it, and opens it", async () => {
    const made = await make("usual.csr");
    const request = await requestOf(made);
    assert.equal(request.subject.text, "CN=dev1.example.com");
    assert.equal(request.publicKey.bits, 2048);
    const key = made?.key?.fsPath ?? "";
    assert.equal(path.basename(key), "usual.key");
    if (process.platform !== "win32") assert.equal((await stat(key)).mode & 0o777, 0o600);
    const spki = await nodeCrypto.publicKeyOf(readPrivateKey(await readFile(key)));
    assert.ok(samePublicKey(spki, request.spki));
    assert.equal(vscode.window.activeTextEditor?.document.uri.fsPath, made?.request.fsPath);
  });

  it("fetches a one-time password of the responder, as a PrintableString", async () => {
    const server = api.servers.responder;
    assert.ok(server);
    const request = await requestOf(await make("fetched.csr", { challenge: { kind: "fetch", server } }));
    assert.match(request.challengePassword?.text ?? "", /^[0-9A-F]{16}$/);
    assert.equal(request.challengePassword?.stringType, "PrintableString");
  });

  it("makes mkrequest's form", async () => {
    const made = await make("mkrequest.csr", {
      mkrequest: "IP",
      name: "192.0.2.7",
      request: { kind: "new", subject: "/C=DE/O=Example", names: [] },
    });
    const request = await requestOf(made);
    assert.equal(request.subject.text, "CN=192.0.2.7,O=Example,C=DE");
    assert.deepEqual(
      request.extensions.map(({ name, critical }) => `${name} ${critical}`),
      ["subjectAltName true"],
    );
    assert.deepEqual(
      subjectAltNames(request).map(({ kind, text }) => `${kind} ${text}`),
      ["IP 192.0.2.7"],
    );
  });

  it("makes a request that is wrong on purpose, with the key that it takes", async () => {
    const challenge = { kind: "text", text: "8CE317021F690069" } as const;
    const request = await requestOf(await make("wrong.csr", { wrong: "key-1024", challenge }));
    assert.equal(request.publicKey.bits, 1024);
  });

  it("encrypts the key with a passphrase", async () => {
    const made = await make("encrypted.csr", { passphrase: "geheim" });
    assert.match(await readFile(made?.key?.fsPath ?? "", "utf8"), /^-----BEGIN ENCRYPTED PRIVATE KEY-----/);
  });

  it("never overwrites a key", async () => {
    const made = await make("twice.csr");
    const key = await readFile(made?.key?.fsPath ?? "", "utf8");
    const request = await readFile(made?.request.fsPath ?? "", "utf8");
    assert.equal(await make("twice.csr"), undefined);
    assert.equal(await readFile(made?.key?.fsPath ?? "", "utf8"), key);
    assert.equal(await readFile(made?.request.fsPath ?? "", "utf8"), request);
  });
});
