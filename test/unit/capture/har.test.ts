import { beforeAll, describe, expect, it } from "vitest";
import { toBase64 } from "../../../src/core/asn1/base64.js";
import type { Artifact } from "../../../src/core/inspect/artifact.js";
import { recognise } from "../../../src/core/inspect/recognise.js";
import { clientMessage } from "../../support/clientMessage.js";
import { codesOf, inspectAll } from "../../support/inspection.js";
import { makeIdentity } from "../../support/testIdentity.js";

let message: Uint8Array;
let certificate: Uint8Array;

beforeAll(async () => {
  const ca = await makeIdentity("CN=Test CA");
  certificate = ca.der;
  message = (await clientMessage(ca.certificate)).der;
});

const url = "http://ndes01/certsrv/mscep/mscep.dll?operation=PKIOperation";

/** One entry of a HAR file, as browsers write it. */
function entry(
  request: Record<string, unknown>,
  content: Record<string, unknown>,
  response: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    startedDateTime: "2026-11-25T15:48:10.123+01:00",
    time: 212.5,
    request: { method: "POST", url, httpVersion: "HTTP/1.1", headers: [{ name: "Host", value: "ndes01" }], ...request },
    response: { status: 200, statusText: "OK", headers: [], content, ...response },
    timings: { send: 1, wait: 200, receive: 11.5 },
  };
}

function har(...entries: readonly Record<string, unknown>[]): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({ log: { version: "1.2", creator: { name: "Firefox" }, entries } }));
}

const found = (bytes: Uint8Array): Artifact[] => recognise(bytes, "trace.har");

/** The one exchange of a file, and what was wrong with it. */
function only(bytes: Uint8Array): Extract<Artifact, { kind: "httpExchange" }> {
  const [artifact, ...others] = found(bytes);
  expect(others).toEqual([]);
  if (artifact?.kind !== "httpExchange") throw new Error(`The file holds ${artifact?.kind}.`);
  return artifact;
}

const latin1 = (bytes: Uint8Array): string => String.fromCharCode(...bytes);
const reply = (): Record<string, unknown> => ({
  mimeType: "application/x-pki-message",
  text: toBase64(certificate),
  encoding: "base64",
});

describe("HAR", () => {
  it("an exchange with its URL, status, headers, times and the body of its response", () => {
    const { exchange, source } = only(
      har(entry({ postData: { text: toBase64(message), encoding: "base64" } }, reply())),
    );
    expect(source.name).toBe("trace.har");
    expect(exchange).toMatchObject({
      request: { method: "POST", url, headers: { Host: "ndes01" }, body: message },
      response: { status: 200, headers: [["Content-Type", "application/x-pki-message"]], body: certificate },
      timings: { startedAt: "2026-11-25T14:48:10.123Z", firstByteMs: 200, totalMs: 212.5 },
    });
  });

  it("a request body of U+FFFD is lost, and said so", async () => {
    const destroyed = new TextDecoder().decode(message);
    const bytes = har(entry({ postData: { mimeType: "application/x-pki-message", text: destroyed } }, reply()));
    expect(only(bytes).wrapping).toMatchObject([
      { code: "har.body", message: expect.stringMatching(/^The request's body was destroyed.*U\+FFFD/) },
    ]);
    const [report] = await inspectAll(bytes, "trace.har");
    expect(report && codesOf(report)).toContain("har.body");
  });

  it("a request body of Latin-1 code points is taken back", () => {
    const { exchange, wrapping } = only(har(entry({ postData: { text: latin1(message) } }, reply())));
    expect(exchange.request.body).toEqual(message);
    expect(wrapping).toMatchObject([{ code: "har.body", message: expect.stringContaining("it was taken back") }]);
  });

  it("text that is said to be base64, as Firefox writes it", () => {
    const content = { mimeType: "text/html", text: "<html>Ärger & more</html>", encoding: "base64" };
    const { exchange, wrapping } = only(har(entry({}, content, { status: 500 })));
    expect(new TextDecoder().decode(exchange.response?.body)).toBe("<html>Ärger & more</html>");
    expect(wrapping).toMatchObject([{ code: "har.body" }]);
  });

  it("a body that the file does not hold is not taken for an empty one", async () => {
    const bytes = har(entry({}, { size: 670, mimeType: "application/x-pki-message" }));
    expect(only(bytes).exchange.response).toMatchObject({ bodyUnknown: true });
    const [report] = await inspectAll(bytes, "trace.har");
    expect(report && codesOf(report)).not.toContain("http.body.empty");
  });

  it("no answer, which browsers write as status 0", () => {
    const { exchange } = only(har(entry({}, {}, { status: 0 })));
    expect(exchange).toMatchObject({ failure: { code: "notCaptured" } });
  });

  it("of many entries those that are SCEP, with their numbers", () => {
    const page = entry({ method: "GET", url: "http://intranet/" }, { mimeType: "text/html", text: "<html></html>" });
    expect(found(har(page, entry({}, reply()), page, entry({}, reply()))).map(({ source }) => source.name)).toEqual([
      "trace.har#2",
      "trace.har#4",
    ]);
  });

  it("places each exchange where it stands in the file", () => {
    const bytes = har(entry({}, reply()), entry({}, reply()));
    const text = new TextDecoder().decode(bytes);
    expect(found(bytes).map(({ source }) => source.offset)).toEqual([
      text.indexOf('"startedDateTime"'),
      text.lastIndexOf('"startedDateTime"'),
    ]);
  });

  it("all entries where none is SCEP", () => {
    const page = entry({ method: "GET", url: "http://intranet/" }, { mimeType: "text/html", text: "<html></html>" });
    expect(found(har(page, page))).toHaveLength(2);
  });

  it.each([
    ["broken JSON", '{"log":{"entries":['],
    ["entries of nothing", '{"log":{"entries":[null,1,"x",{}]}}'],
    ["JSON of another kind", '{"entries":[1,2,3]}'],
  ])("%s is no HAR", (_, text) => {
    expect(found(new TextEncoder().encode(text))).toMatchObject([{ kind: "unknown" }]);
  });
});
