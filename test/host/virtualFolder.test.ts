import { strict as assert } from "node:assert";
import * as vscode from "vscode";
import { writePem } from "../../src/core/asn1/pem.js";
import { buildRequest } from "../../src/core/pkcs10/buildRequest.js";
import { parseDistinguishedName } from "../../src/core/x509/buildName.js";
import { nodeCrypto } from "../../src/node/nodeCrypto.js";
import type { FolderCheck } from "../../src/vscode/commands/checkFolder.js";
import { diagnosed } from "./support/diagnostics.js";
import { activated, run } from "./support/extension.js";
import { MemoryFileSystem } from "./support/memoryFileSystem.js";

describe("a folder that is on no disk", () => {
  const scheme = "scep-memory";
  let provider: vscode.Disposable;

  before(async () => {
    const api = await activated();
    const key = await nodeCrypto.generateRsaKeyPair(2048);
    const request = async (name: string, digest: "SHA-256" | "SHA-1"): Promise<string> => {
      const der = await buildRequest(nodeCrypto, {
        subject: parseDistinguishedName(`CN=${name}`),
        spki: key.spki,
        key: key.pkcs8,
        digest,
        challengePassword: { text: "8CE317021F690069", stringType: "PrintableString" },
        subjectAltNames: [{ kind: "DNS", text: name }],
      });
      return writePem("CERTIFICATE REQUEST", der);
    };
    // A text with a request at its end that no editor would be shown, larger than what is linted without a thread.
    const log = "nothing here\n".repeat(200_000);
    const files = new Map([
      ["/site/a/good.csr", await request("dev7.example.com", "SHA-256")],
      ["/site/b/weak.txt", `${log}${await request("dev7.example.com", "SHA-1")}`],
      ["/site/b/shared.pem", await request("dev8.example.com", "SHA-256")],
      ["/site/readme.md", "no request\n"],
      ["/site/secret.csr", "unreadable"],
      ["/site/.git/objects/x.csr", await request("dev9.example.com", "SHA-1")],
    ]);
    provider = vscode.workspace.registerFileSystemProvider(
      scheme,
      new MemoryFileSystem(files, new Set(["/site/secret.csr"])),
      { isReadonly: true },
    );
    api.context.subscriptions.push(provider);
  });

  after(async () => {
    await run("clearMessages");
    provider.dispose();
  });

  it("is checked as a whole, every file in it, and what cannot be read is counted", async () => {
    const folder = vscode.Uri.from({ scheme, path: "/site" });
    const check = await run<FolderCheck>("checkFolder", folder);
    assert.match(check.sentence, /^site: 3 certificate requests, 0 errors, 4 warnings\. 1 file could not be read\.$/);
    assert.equal(check.files, 5);
    const at = (path: string): vscode.Uri => vscode.Uri.from({ scheme, path });
    const [shared] = await diagnosed(at("/site/a/good.csr"), ["csr.key.shared"]);
    assert.match(shared?.message ?? "", /dev8\.example\.com.*b\/shared\.pem/);
    const weak = await diagnosed(at("/site/b/weak.txt"), ["csr.key.shared", "csr.signature.weakDigest"]);
    assert.ok((weak[1]?.range.start.line ?? 0) > 200_000);
    await diagnosed(at("/site/b/shared.pem"), ["csr.key.shared"]);
  });

  it("says that it cannot be read where it is not there", async () => {
    assert.equal(await run("checkFolder", vscode.Uri.from({ scheme, path: "/elsewhere" })), undefined);
  });
});
