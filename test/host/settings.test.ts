import { strict as assert } from "node:assert";
import * as vscode from "vscode";
import type { ExtensionApi } from "../../src/extension.js";
import { closedPort } from "../support/loopback.js";
import { activated, run, setServers, shownInServers } from "./support/extension.js";
import { outline } from "./support/outline.js";

/** An entry of the setting that cannot be used, and what the sentence about it says. */
const broken: readonly { readonly entry: unknown; readonly name: string; readonly says: RegExp }[] = [
  { entry: { name: "no address" }, name: "no address", says: /This server has no URL\. Add "url"/ },
  { entry: { url: "http://a/" }, name: "Server 1", says: /This server has no name/ },
  {
    entry: { name: "typo", url: "htp://ndes01/" },
    name: "typo",
    says: /"url" is "htp:\/\/ndes01\/"; it has to begin with http:/,
  },
  { entry: { name: "half", url: "http://" }, name: "half", says: /no complete address/ },
  { entry: { name: "number", url: 80 }, name: "number", says: /"url" is 80; it has to be a text/ },
  { entry: { name: "password", url: "http://me:secret@a/" }, name: "password", says: /user name or password/ },
  {
    entry: { name: "cipher", url: "http://a/", contentEncryption: "ROT13" },
    name: "cipher",
    says: /"contentEncryption" is "ROT13"; it has to be one of auto, AES-256-CBC/,
  },
  { entry: { name: "slow", url: "http://a/", timeoutSeconds: 0 }, name: "slow", says: /from 1 to 600/ },
  { entry: { name: "bidi \u202Eexe", url: "x" }, name: "bidi \\u{202e}exe", says: /has to begin/ },
  { entry: "http://a/", name: "Server 1", says: /has to be an object/ },
];

describe("the setting scepWorkbench.servers", () => {
  let api: ExtensionApi;

  before(async () => {
    api = await activated();
  });

  afterEach(async () => {
    await setServers(api, undefined);
    await run("clearMessages");
  });

  for (const { entry, name, says } of broken) {
    it(`shows ${JSON.stringify(entry)} as an error with a sentence`, async () => {
      await setServers(api, [entry]);
      const lines = await outline(api.serversTree, await api.serversTree.getChildren(), { depth: 1 });
      assert.equal(lines[0], `✗ ${name}: not usable`);
      assert.match(lines[1] ?? "", says);
      assert.doesNotMatch(lines[1] ?? "", /secret/);
      assert.deepEqual(api.servers.servers, []);
    });
  }

  it("lets the good entries be used beside a broken one, and tells equal names apart", async () => {
    await setServers(api, [
      { name: "NDES Lab", url: "http://ndes01.lab.example/certsrv/mscep/mscep.dll" },
      { name: "NDES Lab", url: "http://ndes02.lab.example/" },
      { name: "step-ca", url: "https://ca.example:9000/scep/x" },
    ]);
    const lines = await outline(api.serversTree, await api.serversTree.getChildren(), { depth: 0 });
    assert.deepEqual(lines, [
      "NDES Lab: not asked yet · ndes01.lab.example",
      "✗ NDES Lab: not usable",
      "step-ca: not asked yet · ca.example:9000",
    ]);
    assert.deepEqual(
      api.servers.servers.map(({ settings }) => settings.url),
      ["http://ndes01.lab.example/certsrv/mscep/mscep.dll", "https://ca.example:9000/scep/x"],
    );
  });

  it("is written by Add Server, with NDES's path behind a host name, and the server is asked at once", async () => {
    const port = await closedPort();
    const changed = new Promise<void>((resolve) => {
      const subscription = api.servers.onDidChange(() => {
        if (api.servers.entries.length === 1) {
          subscription.dispose();
          resolve();
        }
      });
    });
    await run("addServer", { address: `127.0.0.1:${port}`, name: "new one" });
    await changed;
    await shownInServers(api, "new one");
    const written = vscode.workspace.getConfiguration("scepWorkbench").inspect<unknown[]>("servers")?.globalValue;
    assert.deepEqual(written, [{ name: "new one", url: `http://127.0.0.1:${port}/certsrv/mscep/mscep.dll` }]);
    const [row] = await outline(api.serversTree, await api.serversTree.getChildren(), { depth: 0 });
    assert.equal(row, `✗ new one: does not answer · 127.0.0.1:${port}`);
  });
});

describe("the setting scepWorkbench.messages.keep", () => {
  it("bounds Messages, the oldest going first", async () => {
    const api = await activated();
    const configuration = vscode.workspace.getConfiguration("scepWorkbench");
    try {
      for (let i = 1; i <= 4; i++) await decodeText(`MA0${"ABCD"[i - 1] ?? ""}`);
      assert.equal(api.messages.entries.length, 4);
      const newest = api.messages.entries.slice(0, 2).map(({ id }) => id);
      const trimmed = new Promise<void>((resolve) => {
        const subscription = api.messages.onDidChange(() => {
          subscription.dispose();
          resolve();
        });
      });
      await configuration.update("messages.keep", 2, vscode.ConfigurationTarget.Global);
      await trimmed;
      assert.deepEqual(
        api.messages.entries.map(({ id }) => id),
        newest,
      );
    } finally {
      await configuration.update("messages.keep", undefined, vscode.ConfigurationTarget.Global);
      await run("clearMessages");
    }
  });
});

async function decodeText(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  await run("decodeClipboard");
}
