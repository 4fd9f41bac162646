import { beforeAll, describe, expect, it } from "vitest";
import { buildCertsOnly } from "../../../src/core/cms/buildCertsOnly.js";
import type { Artifact } from "../../../src/core/inspect/artifact.js";
import { inspect } from "../../../src/core/inspect/inspect.js";
import type { Report } from "../../../src/core/inspect/report.js";
import type { HttpExchange } from "../../../src/core/scep/transport.js";
import { codesOf, contextWith, nodeNamed } from "../../support/inspection.js";
import { ndesFailure, type NdesSite, ndesSite } from "../../support/ndesReply.js";

let site: NdesSite;
beforeAll(async () => {
  site = await ndesSite();
});

const url = "http://ndes01/certsrv/mscep/mscep.dll";
const text = (words: string): Uint8Array => new TextEncoder().encode(words);

/** An exchange, faultless but for what is told. */
function exchanged(
  query: string,
  body: Uint8Array | undefined,
  odd: {
    readonly type?: string;
    readonly status?: number;
    readonly failure?: HttpExchange["failure"];
    readonly sent?: Uint8Array;
  } = {},
): Promise<Report> {
  const exchange: HttpExchange = {
    request: {
      method: odd.sent ? "POST" : "GET",
      url: `${url}?${query}`,
      headers: { Accept: "*/*" },
      ...(odd.sent && { body: odd.sent }),
    },
    ...(body && {
      response: {
        status: odd.status ?? 200,
        reasonPhrase: "OK\u001b[31m",
        headers: odd.type === undefined ? [] : [["content-type", odd.type]],
        body,
      },
    }),
    ...(odd.failure && { failure: odd.failure }),
    timings: { startedAt: "2026-11-22T05:45:24.883Z", connectedMs: 1.4, firstByteMs: 12, totalMs: 212.4 },
  };
  const bytes = exchange.response?.body ?? new Uint8Array();
  const artifact: Artifact = {
    kind: "httpExchange",
    exchange,
    bytes,
    source: { name: "exchange", offset: 0, length: bytes.length },
    wrapping: [],
  };
  return inspect(artifact, contextWith());
}

describe("an exchange", () => {
  it("says method, status, length and time, and holds what its body is", async () => {
    const report = await exchanged("operation=GetCACert&message=x", buildCertsOnly(site.certificates), {
      type: "application/x-x509-ca-ra-cert",
    });
    expect(report.title).toBe(`GetCACert ${url}`);
    expect(report.facts).toMatchObject({
      kind: "httpExchange",
      method: "GET",
      url: `${url}?operation=GetCACert&message=x`,
      status: 200,
      contentType: "application/x-x509-ca-ra-cert",
    });
    expect(report.contains).toMatchObject([{ part: "response", facts: { kind: "certsOnly" } }]);
    expect(report.findings).toEqual([]);
    expect(nodeNamed(report, "timings").value).toBe("212 ms");
    expect(report.verdict).toMatchObject({ status: "ok" });
  });

  it("shows hostile reason phrases as what they are", async () => {
    const report = await exchanged("operation=GetCACaps", text("AES"), { type: "text/plain" });
    expect(nodeNamed(report, "status").value).toBe("200 OK\\u{1b}[31m");
  });

  it("takes any words that GetCACaps brings for capabilities", async () => {
    const report = await exchanged("operation=GetCACaps", text("Potato\n"), { type: "text/plain" });
    expect(report.contains).toMatchObject([
      { facts: { kind: "caCapabilities", capabilities: [], unknown: ["Potato"] }, findings: [{ code: "caps.empty" }] },
    ]);
    const empty = await exchanged("operation=GetCACaps", new Uint8Array(), {});
    expect(empty.contains).toMatchObject([{ facts: { kind: "caCapabilities", capabilities: [] } }]);
  });

  it("holds request and reply of a PKIOperation, the buffer of each beginning where it begins", async () => {
    const sent = await ndesFailure(site, { messageType: "19" });
    const report = await exchanged("operation=PKIOperation", await ndesFailure(site), {
      type: "application/x-pki-message",
      sent,
    });
    expect(report.contains.map(({ part, title }) => [part, title])).toEqual([
      ["request", "PKCSReq"],
      ["response", "CertRep"],
    ]);
    const [up, down] = report.root.children;
    expect([up?.label, down?.label]).toEqual(["↑ PKCSReq", "↓ CertRep"]);
    expect(up?.bytes).toBe(sent);
    expect(report.verdict.status).toBe("error");
  });
});

describe("what is noticed of an exchange", () => {
  it("a web page instead of a reply, with what NDES means by a 500", async () => {
    const page = text("<html><head><title>500 - Internal server error.</title></head></html>");
    const report = await exchanged("operation=PKIOperation", page, { type: "text/html", status: 500 });
    expect(codesOf(report)).toEqual(["http.body.html", "http.status"]);
    expect(report.findings).toContainEqual(
      expect.objectContaining({
        message: 'The server sent a web page ("500 - Internal server error.") with status 500 instead of a reply.',
      }),
    );
    expect(report.findings.find(({ code }) => code === "http.status")?.remedy).toContain("events 2 and 10");
    expect(report.verdict.status).toBe("error");
  });

  it("a web page with status 200", async () => {
    const report = await exchanged("operation=GetCACert", text("<html></html>"), { type: "text/html" });
    expect(codesOf(report)).toEqual(["http.body.html"]);
  });

  it("an empty 200, as NDES 2012 answers a POST", async () => {
    const report = await exchanged("operation=PKIOperation", new Uint8Array(), { sent: site.signing.der });
    expect(codesOf(report)).toEqual(["http.body.empty"]);
    expect(report.verdict).toMatchObject({ status: "error", remedy: expect.stringContaining("GET") });
  });

  it("a Content-Type that clients refuse", async () => {
    const wrong = await exchanged("operation=PKIOperation", await ndesFailure(site), { type: "text/plain; charset=x" });
    expect(wrong.findings).toMatchObject([
      {
        code: "http.contentType",
        message:
          "The body is a SCEP message and comes with the Content-Type text/plain; application/x-pki-message is due.",
      },
    ]);
    const bundle = await exchanged("operation=GetCACert", site.signing.der, { type: "application/x-x509-ca-ra-cert" });
    expect(codesOf(bundle)).toEqual(["http.contentType"]);
    const right = await exchanged("operation=GetCACert", site.signing.der, { type: "Application/X-X509-CA-Cert" });
    expect(codesOf(right)).toEqual([]);
  });

  it("a query that IIS refuses: the remedy is POST", async () => {
    const query = `operation=PKIOperation&message=${"A".repeat(3000)}`;
    const refused = await exchanged(query, text("<html><title>404.15</title></html>"), {
      status: 404,
      type: "text/html",
    });
    expect(codesOf(refused)).toContain("http.url.tooLong");
    expect(refused.findings.find(({ code }) => code === "http.status")?.remedy).toContain("use POST");
    const taken = await exchanged(query, await ndesFailure(site), { type: "application/x-pki-message" });
    expect(taken.findings).toMatchObject([{ code: "http.url.tooLong", severity: "info" }]);
  });

  it("no answer at all", async () => {
    const sentence = "ndes01:80 does not answer (connection refused after 3 ms). Is IIS running?";
    const failure = { code: "connectionRefused", sentence, detail: "ECONNREFUSED" } as const;
    const report = await exchanged("operation=GetCACert", undefined, { failure });
    expect(report.facts).toMatchObject({ failure: sentence });
    expect(report.findings).toMatchObject([{ code: "http.failure", message: sentence }]);
    expect(report.verdict).toMatchObject({ status: "error", sentence });
    expect(nodeNamed(report, "failure").value).toBe(sentence);
  });

  it("a reply that was cut in half", async () => {
    const whole = await ndesFailure(site);
    const report = await exchanged("operation=PKIOperation", whole.subarray(0, 300), {
      type: "application/x-pki-message",
    });
    const [reply] = report.contains;
    expect(reply?.findings[0]).toMatchObject({
      code: "asn1.truncated",
      message: expect.stringContaining(`The response ends after 300 of ${whole.length} bytes`),
    });
    expect(report.verdict.status).toBe("error");
  });
});
