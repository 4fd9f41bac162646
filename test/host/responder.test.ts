import { strict as assert } from "node:assert";
import * as vscode from "vscode";
import type { ExtensionApi } from "../../src/extension.js";
import type { ResponderThread } from "../../src/responder/responderThread.js";
import { type LoopbackServer, serveSilence } from "../support/loopback.js";
import { activated, run } from "./support/extension.js";
import { threadsStartedBy } from "./support/threads.js";

describe("the local responder", () => {
  let api: ExtensionApi;
  let other: LoopbackServer | undefined;

  before(async () => {
    api = await activated();
  });

  afterEach(async () => {
    await run("stopResponder");
    await other?.stop();
    other = undefined;
    await vscode.workspace
      .getConfiguration("scepWorkbench")
      .update("responder.port", undefined, vscode.ConfigurationTarget.Global);
    await run("clearMessages");
  });

  it("listens where the setting says, and says in a sentence that the port is taken", async () => {
    other = await serveSilence();
    await vscode.workspace
      .getConfiguration("scepWorkbench")
      .update("responder.port", other.port, vscode.ConfigurationTarget.Global);
    assert.equal(await run("startResponder"), undefined);
    assert.equal(api.responder.running, undefined);
    assert.match(
      api.log.lines.at(-1) ?? "",
      new RegExp(`^Port ${other.port} of this computer is taken by another program\\.`),
    );

    await other.stop();
    const started = await run<ResponderThread>("startResponder");
    assert.equal(started.port, other.port);
  });

  it("is a server of the list while it runs and only then", async () => {
    await run("startResponder", { port: 0 });
    assert.deepEqual(
      api.servers.servers.map(({ origin }) => origin),
      ["responder"],
    );
    await run("stopResponder");
    assert.deepEqual(api.servers.servers, []);
    assert.deepEqual(await api.serversTree.getChildren(), []);
  });

  it("keeps its CA over a restart, in the extension's own storage", async () => {
    const rootCa = (): string | undefined => {
      const server = api.servers.responder ?? assert.fail("it does not run");
      const { caCert } = api.servers.knowledge(server);
      return caCert?.ok === true
        ? caCert.ca.roles.find(({ role }) => role === "rootCa")?.certificate.serialNumber
        : undefined;
    };
    await run("startResponder", { port: 0 });
    const first = rootCa();
    assert.match(first ?? "", /^[0-9a-f]+$/);
    await run("stopResponder");
    await run("startResponder", { port: 0 });
    assert.equal(rootCa(), first);
    const files = await vscode.workspace.fs.readDirectory(
      vscode.Uri.joinPath(api.context.globalStorageUri, "responder"),
    );
    assert.ok(
      files.some(([name]) => name === "authority.json"),
      files.map(([name]) => name).join(", "),
    );
  });

  it("is started once where it is asked to start twice", async () => {
    const [first, second] = await Promise.all([
      run<ResponderThread>("startResponder", { port: 0 }),
      run<ResponderThread>("startResponder", { port: 0 }),
    ]);
    assert.equal(first.port, second.port);
  });

  it("does its work in a thread of its own", async () => {
    await run("stopResponder");
    assert.equal(await threadsStartedBy(() => run("startResponder", { port: 0 })), 1);
    await run("stopResponder");
  });

  it("hands out five passwords and then says why there is none", async () => {
    await run("startResponder", { port: 0 });
    const { adminUrl } = api.responder.running ?? assert.fail("it does not run");
    for (let i = 0; i < 5; i++) await fetch(adminUrl);
    assert.equal(await run("enroll", { server: "Local responder", subject: "CN=dev1.example.com" }), undefined);
    assert.match(api.log.lines.at(-1) ?? "", /NDES gives no new password/);
  });
});
