import { strict as assert } from "node:assert";
import type { ExtensionApi } from "../../src/extension.js";
import type { Asked } from "../../src/vscode/commands/askServer.js";
import type { Enrolled } from "../../src/vscode/commands/enroll.js";
import { skipBecause } from "../support/hostResults.js";
import { type Scepserver, scepserverMissing, startScepserver } from "../support/scepserver.js";
import { activated, run, setServers } from "./support/extension.js";
import { outline, rowAt } from "./support/outline.js";

describe("Debian's scepserver", () => {
  let api: ExtensionApi;
  let server: Scepserver | undefined;

  before(async function () {
    const missing = scepserverMissing();
    if (missing !== undefined) skipBecause(this, missing);
    api = await activated();
    server = await startScepserver("c0rrect");
    await setServers(api, [{ name: "scepserver", url: server.url, target: "rfc8894" }]);
  });

  after(async () => {
    if (!server) return;
    await server.stop();
    await setServers(api, undefined);
    await api.vault.forgetAll();
    await run("clearMessages");
  });

  it("says what it can do", async () => {
    const asked = await run<Asked>("getCaCaps", { server: "scepserver" });
    assert.equal(asked.ok, true, asked.sentence);
    assert.match(asked.sentence, /^Capabilities: .*POSTPKIOperation/);
  });

  it("issues a certificate, and the tree shows its reply opened", async () => {
    const enrolled = await run<Enrolled>("enroll", {
      server: "scepserver",
      subject: "CN=dev7.example.com,O=Example",
      challenge: { kind: "text", text: "c0rrect" },
    });
    assert.equal(enrolled.status, "issued", `${enrolled.sentence}\n${server?.log() ?? ""}`);
    const reply = await rowAt(api.messagesTree, api.messagesTree.rowOf(enrolled.entry), "↓ CertRep");
    const lines = await outline(api.messagesTree, api.messagesTree.getChildren(reply), { depth: 0 });
    assert.equal(lines[0], "✓ pkiStatus: 0 SUCCESS");
    assert.ok(
      lines.some((line) => /envelope: DES-.*opened/.test(line)),
      lines.join("\n"),
    );
  });

  it("refuses a wrong challenge, and the tree says so", async () => {
    const enrolled = await run<Enrolled>("enroll", {
      server: "scepserver",
      subject: "CN=dev8.example.com,O=Example",
      challenge: { kind: "text", text: "wrong" },
    });
    assert.equal(enrolled.status, "refused", enrolled.sentence);
    const [first] = await outline(api.messagesTree, [api.messagesTree.rowOf(enrolled.entry)], { depth: 0 });
    assert.match(first ?? "", /^✗ Enroll dev8\.example\.com → scepserver: FAILURE/);
  });
});
