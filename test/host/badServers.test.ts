import { strict as assert } from "node:assert";
import type { ExtensionApi } from "../../src/extension.js";
import type { Asked } from "../../src/vscode/commands/askServer.js";
import type { Enrolled } from "../../src/vscode/commands/enroll.js";
import { closedPort, httpResponse, type LoopbackServer, serveRaw, serveSilence } from "../support/loopback.js";
import { activated, run, setServers } from "./support/extension.js";
import { outline } from "./support/outline.js";

const html = "<html><head><title>Sign in</title></head><body>Who are you?</body></html>";

/** What a server does, and what the sentence about it has to say. */
const servers: readonly {
  readonly does: string;
  readonly answer: () => Promise<LoopbackServer>;
  readonly says: RegExp;
}[] = [
  {
    does: "sends a web page",
    answer: () => serveRaw(httpResponse("200 OK", { "Content-Type": "text/html" }, html)),
    says: /web page "Sign in" \(200, text\/html\) instead of the CA's certificates/,
  },
  { does: "knows no such path", answer: () => serveRaw(httpResponse("404 Not Found", {}, "")), says: /HTTP 404/ },
  { does: "breaks down", answer: () => serveRaw(httpResponse("500 Oops", {}, "")), says: /HTTP 500/ },
  { does: "answers with nothing", answer: () => serveRaw(httpResponse("200 OK", {}, "")), says: /empty body/ },
  {
    does: "sends the client elsewhere",
    answer: () => serveRaw(httpResponse("302 Found", { Location: "http://127.0.0.1:9/elsewhere" }, "")),
    says: /redirect|elsewhere/i,
  },
  {
    does: "stops in the middle of its reply",
    answer: () =>
      serveRaw("HTTP/1.1 200 OK\r\nContent-Type: application/x-x509-ca-ra-cert\r\nContent-Length: 3000\r\n\r\n0\x82"),
    says: /2 of (the )?3,?000 bytes|cut|ended/i,
  },
  { does: "never answers", answer: serveSilence, says: /1 second|within 1 s|does not answer|no answer/i },
];

describe("a server that", () => {
  let api: ExtensionApi;
  let server: LoopbackServer | undefined;

  before(async () => {
    api = await activated();
  });

  afterEach(async () => {
    await server?.stop();
    server = undefined;
    await setServers(api, undefined);
    await run("clearMessages");
  });

  async function ask(port: number): Promise<Asked> {
    await setServers(api, [{ name: "bad", url: `http://127.0.0.1:${port}/scep`, timeoutSeconds: 1 }]);
    const asked = await run<Asked | undefined>("getCaCert", { server: "bad" });
    assert.ok(asked, "the command gave nothing");
    return asked;
  }

  for (const { does, answer, says } of servers) {
    it(`${does} is told in one sentence, its exchange kept`, async () => {
      server = await answer();
      const asked = await ask(server.port);
      assert.equal(asked.ok, false);
      assert.match(asked.sentence, says);
      assert.match(asked.sentence, /\.$/);
      const [entry] = await outline(api.messagesTree, api.messagesTree.getChildren(), { depth: 0 });
      assert.match(entry ?? "", /^✗ GetCACert → bad: /);
      const [facts] = asked.entry.reports;
      assert.equal(facts.facts.kind, "httpExchange");
    });
  }

  it("is not there is shown so, with the reason below", async () => {
    const asked = await ask(await closedPort());
    assert.match(asked.sentence, /refused|nothing listens/i);
    const rows = await api.serversTree.getChildren();
    const lines = await outline(api.serversTree, rows, { depth: 1 });
    assert.match(lines[0] ?? "", /^✗ bad: does not answer · 127\.0\.0\.1:\d+$/);
    assert.equal(lines[1], `  ✗ ${asked.sentence}`);
  });

  it("gives a web page to everything lets an enrolment end in one sentence and one entry", async () => {
    server = await serveRaw(httpResponse("200 OK", { "Content-Type": "text/html" }, html));
    await setServers(api, [{ name: "bad", url: `http://127.0.0.1:${server.port}/scep` }]);
    const enrolled = await run<Enrolled>("enroll", {
      server: "bad",
      subject: "CN=dev1.example.com",
      challenge: { kind: "none" },
    });
    assert.equal(enrolled.status, "failed");
    assert.match(enrolled.sentence, /web page/);
    const [entry] = await outline(api.messagesTree, api.messagesTree.getChildren(), { depth: 0 });
    assert.match(entry ?? "", /^✗ Enroll .*→ bad: stopped at GetCACert/);
  });
});
