import { strict as assert } from "node:assert";
import type { ExtensionApi } from "../../src/extension.js";
import type { Enrolled } from "../../src/vscode/commands/enroll.js";
import { activated, run, setServers } from "./support/extension.js";

describe("a stored challenge", () => {
  let api: ExtensionApi;
  let url: string;

  before(async () => {
    api = await activated();
    await run("startResponder", { port: 0 });
    ({ url } = api.responder.running ?? assert.fail("the local responder did not start"));
  });

  after(async () => {
    await run("stopResponder");
    await api.vault.forgetAll();
    await setServers(api, undefined);
    await run("clearMessages");
  });

  it("is used for the address that it was stored for, and shown nowhere", async () => {
    const { adminUrl } = api.responder.running ?? assert.fail("the local responder did not start");
    const page = Buffer.from(await (await fetch(adminUrl)).arrayBuffer()).toString("utf16le");
    const password = /<B> ([0-9A-F]{16}) <\/B>/.exec(page)?.[1] ?? assert.fail(page);
    await setServers(api, [{ name: "by settings", url }]);
    await api.vault.storeChallenge(url, password);
    api.servers.refresh();

    const [, row] = await api.serversTree.getChildren();
    const challenge = row?.children.find(({ label }) => label === "Challenge");
    assert.equal(challenge?.detail, "stored");
    const enrolled = await run<Enrolled>("enroll", {
      server: "by settings",
      subject: "CN=dev1.example.com",
      challenge: { kind: "stored" },
    });
    assert.equal(enrolled.status, "issued", enrolled.sentence);
    assert.doesNotMatch(api.log.lines.join("\n"), new RegExp(password));
  });

  it("is not sent to another address, whatever the server there is called", async () => {
    await setServers(api, [{ name: "by settings", url: url.replace("mscep.dll", "mscep.dll/pkiclient.exe") }]);
    const result = await run<Enrolled | undefined>("enroll", {
      server: "by settings",
      subject: "CN=dev1.example.com",
      challenge: { kind: "stored" },
    });
    assert.equal(result, undefined);
    assert.match(api.log.lines.at(-1) ?? "", /No challenge is stored for by settings/);
  });

  it("is forgotten with everything else", async () => {
    assert.notDeepEqual(await api.context.secrets.keys(), []);
    await api.vault.forgetAll();
    assert.deepEqual(await api.context.secrets.keys(), []);
    assert.deepEqual(await api.vault.candidateKeys(), []);
  });
});
