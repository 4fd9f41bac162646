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
import { runCommand } from "../support/commandLine.js";
import { skipBecause } from "../support/hostResults.js";
import { hasOpenssl, OpensslFolder } from "../support/opensslProgram.js";
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

  describe("makes what the command csr makes of the same wishes", () => {
    let openssl: OpensslFolder;

    before(function () {
      if (!hasOpenssl) skipBecause(this, "The openssl program is not there.");
      openssl = new OpensslFolder();
    });

    after(() => openssl?.remove());

    /** Makes one request with the wizard's answers and one with the command's options, both with one key. */
    async function both(
      name: string,
      [keyName, ...keyArgs]: readonly [string, ...string[]],
      answers: Omit<NewRequestArgument, "saveAs" | "key">,
      options: readonly string[],
    ): Promise<RequestView> {
      openssl.run(...keyArgs, "-out", keyName);
      const pkcs8 = readPrivateKey(openssl.read(keyName));
      const request = { kind: "new", subject: "CN=dev7.example.com, O=Example", names: [] } as const;
      const made = await make(`${name}.csr`, { request, ...answers, key: { kind: "file", name: keyName, pkcs8 } });
      const key = path.join(openssl.path, keyName);
      const ofCommand = await runCommand(["csr", "--subject", request.subject, "--key", key, ...options]);
      assert.equal(ofCommand.status, 0, ofCommand.err);
      assert.equal(await readFile(made?.request.fsPath ?? "", "utf8"), ofCommand.out);
      const { output } = openssl.try("req", "-in", made?.request.fsPath ?? "", "-noout", "-verify");
      assert.match(output, /verify OK/);
      return requestOf(made);
    }

    const rsa = ["rsa.key", "genpkey", "-algorithm", "RSA"] as const;

    it("an Ed25519 key", async () => {
      const request = await both("ed25519", ["ed.key", "genpkey", "-algorithm", "ed25519"], {}, []);
      assert.equal(request.publicKey.algorithm, "Ed25519");
    });

    it("a template by identifier and version, application policies, a critical subjectAltName and usage", async () => {
      const template = "1.3.6.1.4.1.311.21.8.1.2.3:100:4";
      const request = await both(
        "template",
        rsa,
        {
          request: {
            kind: "new",
            subject: "CN=dev7.example.com, O=Example",
            names: [{ kind: "DNS", text: "dev7.example.com" }],
          },
          template,
          applicationPolicies: ["1.3.6.1.5.5.7.3.2"],
          extendedKeyUsage: ["1.3.6.1.5.5.7.3.2"],
          critical: ["extendedKeyUsage", "subjectAltName"],
          sid: "S-1-5-21-1-2-3-500",
        },
        [
          ...["--template", template, "--application-policies", "clientAuth", "--eku", "critical,clientAuth"],
          ...["--key-usage", "digitalSignature,keyEncipherment", "--dns", "dev7.example.com", "--san-critical"],
          ...["--sid", "S-1-5-21-1-2-3-500"],
        ],
      );
      assert.deepEqual(
        request.extensions.map(({ oid, critical }) => `${oid} ${critical}`),
        [
          "2.5.29.15 false",
          "2.5.29.37 true",
          "2.5.29.17 true",
          "1.3.6.1.4.1.311.21.7 false",
          "1.3.6.1.4.1.311.21.10 false",
          "1.3.6.1.4.1.311.25.2 false",
        ],
      );
    });

    it("a template by name, and Microsoft's attributes", async () => {
      const clientInfo = String.raw`DEV7,LAB\ada,certreq.exe`;
      const cspProvider = "Microsoft RSA SChannel Cryptographic Provider";
      const request = await both(
        "attributes",
        rsa,
        {
          template: "IPSECIntermediateOffline",
          osVersion: "10.0.20348.2",
          clientInfo,
          cspProvider,
          unstructuredName: "r7",
        },
        [
          ...["--template", "IPSECIntermediateOffline", "--os-version", "10.0.20348.2", "--client-info", clientInfo],
          ...["--csp", cspProvider, "--unstructured-name", "r7"],
        ],
      );
      assert.deepEqual(
        new Set(request.attributes.map(({ oid }) => oid)),
        new Set([
          "1.2.840.113549.1.9.2",
          "1.2.840.113549.1.9.14",
          "1.3.6.1.4.1.311.13.2.3",
          "1.3.6.1.4.1.311.21.20",
          "1.3.6.1.4.1.311.13.2.2",
        ]),
      );
    });

    it("mkrequest's form with an extended key usage and a template", async () => {
      openssl.run("genrsa", "-out", "mk.key", "2048");
      const pkcs8 = readPrivateKey(openssl.read("mk.key"));
      const made = await make("mk.csr", {
        mkrequest: "DNS",
        name: "dev7.example.com",
        request: { kind: "new", subject: "/C=DE/O=Example", names: [] },
        extendedKeyUsage: ["1.3.6.1.5.5.7.3.2"],
        template: "WebServer",
        key: { kind: "file", name: "mk.key", pkcs8 },
      });
      const key = path.join(openssl.path, "mk.key");
      const options = ["--preset", "mkrequest", "--dns", "dev7.example.com", "--subject", "/C=DE/O=Example"];
      const more = ["--eku", "clientAuth", "--template", "WebServer", "--key", key];
      const ofCommand = await runCommand(["csr", ...options, ...more]);
      assert.equal(await readFile(made?.request.fsPath ?? "", "utf8"), ofCommand.out, ofCommand.err);
    });
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
