import { beforeAll, describe, expect, it } from "vitest";
import { toBase64 } from "../../../src/core/asn1/base64.js";
import { toHex } from "../../../src/core/asn1/hex.js";
import { writePem } from "../../../src/core/asn1/pem.js";
import { buildEnvelopedData } from "../../../src/core/cms/buildEnvelopedData.js";
import { buildRequest } from "../../../src/core/pkcs10/buildRequest.js";
import type { Artifact } from "../../../src/core/inspect/artifact.js";
import { reportsToJson } from "../../../src/core/inspect/json.js";
import { recognise } from "../../../src/core/inspect/recognise.js";
import { renderText } from "../../../src/core/inspect/text.js";
import { operationUrl } from "../../../src/core/scep/operationRequest.js";
import { parseDistinguishedName } from "../../../src/core/x509/buildName.js";
import { nodeCrypto } from "../../../src/node/nodeCrypto.js";
import { clientKey, clientMessage } from "../../support/clientMessage.js";
import { inspectAll } from "../../support/inspection.js";
import { makeIdentity } from "../../support/testIdentity.js";

let request: Uint8Array;
let envelope: Uint8Array;
let message: Uint8Array;
let certificate: Uint8Array;
const challenge = "8CE317021F690069";

beforeAll(async () => {
  const ca = await makeIdentity("CN=Test CA");
  certificate = ca.der;
  const key = await clientKey();
  request = await buildRequest(nodeCrypto, {
    subject: parseDistinguishedName("CN=dev7.example.com"),
    spki: key.spki,
    key: key.pkcs8,
    digest: "SHA-256",
    challengePassword: { text: challenge, stringType: "PrintableString" },
  });
  envelope = await buildEnvelopedData(nodeCrypto, {
    content: request,
    cipher: "AES-128-CBC",
    recipient: ca.certificate,
  });
  message = (await clientMessage(ca.certificate, { content: envelope })).der;
});

const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "latin1"));

/** What a log holds: kind and the name behind the file's. */
function partsOf(text: string, name = "x.log"): string[] {
  return recognise(bytesOf(text), name).map(({ kind, source }) => `${kind} ${source.name.slice(name.length)}`);
}

function exchanges(text: string): Extract<Artifact, { kind: "httpExchange" }>["exchange"][] {
  return recognise(bytesOf(text), "x.log").map((artifact) => {
    if (artifact.kind !== "httpExchange") throw new Error(`The log holds ${artifact.kind}.`);
    return artifact.exchange;
  });
}

describe("sscep -v -d", () => {
  const lines = (program: string, text: string): string =>
    text
      .split("\n")
      .map((line) => (line.startsWith("|") ? line.slice(1) : `${program}: ${line}`))
      .join("\n");
  const block = (label: string, der: Uint8Array): string => writePem(label, der).trimEnd().replaceAll(/^/gm, "|");
  const hexOf = (bytes: Uint8Array): string =>
    [...bytes].map((octet) => (octet < 128 ? "" : "ffffff") + octet.toString(16).padStart(2, "0")).join("");

  const asked = (): string => `starting sscep, version 0.10.0
new transaction
transaction id: D41D8CD98F00B204E9800998ECF8427E
hostname: 127.0.0.1
directory: scep
port: 2016
SCEP_OPERATION_GETCAPS
scep request:
|GET /scep?operation=GetCACaps HTTP/1.1\r
|Host: 127.0.0.1\r
|\r
connecting to 127.0.0.1:2016
server response status code: 200, MIME header: text/plain
|Renewal
|SHA-256
|POSTPKIOperation
scep caps bitmask: 0x04bb
generating selfsigned certificate
SCEP_OPERATION_ENROLL
sending certificate request
creating inner PKCS#7
inner PKCS#7 in mem BIO
request data dump
${block("CERTIFICATE REQUEST", request)}
data payload size: ${request.length} bytes

 hexdump request payload
|${hexOf(request)}
 hexdump payload ${request.length}
successfully encrypted payload
envelope size: ${envelope.length} bytes
printing PEM fomatted PKCS#7
${block("PKCS7", envelope)}
creating outer PKCS#7
signature added successfully
adding signed attributes
PKCS#7 data written successfully
printing PEM fomatted PKCS#7
${block("PKCS7", message)}
payload size: ${message.length} bytes
scep request:
|POST /scep?operation=PKIOperation HTTP/1.1\r
|Content-Length: ${message.length}\r
|\r
|0\x82\x09\x99\x06\x09*\x86H\x00server`;

  const answered = (): string => `server response status code: 200, MIME header: application/x-pki-message
valid response from server
reading outer PKCS#7
PKCS#7 payload size: ${message.length} bytes
printing PEM fomatted PKCS#7
${block("PKCS7", message)}
verifying signature
signature ok
reply transaction id: 3128`;

  const granted = (): string => `pkistatus: SUCCESS
printing PEM fomatted PKCS#7
${block("PKCS7", envelope)}
decrypting inner PKCS#7
certificate written as local.crt
${block("CERTIFICATE", certificate)}
`;

  it.each(["sscep", "./sscep", "sscep_dyn", "/usr/local/bin/sscep"])(
    "started as %s: every message by its name",
    (program) => {
      expect(partsOf(lines(program, `${asked()}\n${answered()}\n${granted()}`))).toEqual([
        "caCapabilities #1 capabilities",
        "request #2 certificate request",
        "envelopedData #3 envelope of the request",
        "pkiMessage #4 request",
        "pkiMessage #5 reply",
        "envelopedData #6 envelope of the reply",
        "certificate #7 certificate",
      ]);
    },
  );

  it("a failure, which has no fourth block", () => {
    const failed = "pkistatus: FAILURE\nreason: Transaction not permitted or supported\nillegal size of payload\n";
    expect(partsOf(lines("sscep", `${asked()}\n${answered()}\n${failed}`)).slice(2)).toEqual([
      "envelopedData #3 envelope of the request",
      "pkiMessage #4 request",
      "pkiMessage #5 reply",
    ]);
  });

  it("polling, which repeats the group", () => {
    const again = `SCEP_OPERATION_GETCERTINITIAL
creating inner PKCS#7
successfully encrypted payload
printing PEM fomatted PKCS#7
${block("PKCS7", envelope)}
creating outer PKCS#7
printing PEM fomatted PKCS#7
${block("PKCS7", message)}`;
    const log = `${asked()}\n${answered()}\npkistatus: PENDING\n${again}\n${answered()}\n${granted()}`;
    expect(partsOf(lines("sscep", log)).slice(2)).toEqual([
      "envelopedData #3 envelope of the request",
      "pkiMessage #4 request",
      "pkiMessage #5 reply",
      "envelopedData #6 envelope of the request",
      "pkiMessage #7 request",
      "pkiMessage #8 reply",
      "envelopedData #9 envelope of the reply",
      "certificate #10 certificate",
    ]);
  });

  it("an answer without a message: its status beside the request that was sent", () => {
    const log = `${asked()} response status code: 500, MIME header: text/html\nsscep: wrong (or missing) MIME content type\n`;
    const artifacts = recognise(
      bytesOf(lines("sscep", log).replace("server response", "sscep: server response")),
      "x.log",
    );
    expect(artifacts.at(-1)).toMatchObject({
      kind: "httpExchange",
      source: { name: "x.log#5 response" },
      exchange: {
        request: { method: "POST", url: "http://127.0.0.1:2016/scep?operation=PKIOperation", body: message },
        response: { status: 500, headers: [["Content-Type", "text/html"]], bodyUnknown: true },
      },
    });
  });

  it("of an older one that says only the headings: told by the order", () => {
    const log = [envelope, message, message, envelope]
      .map((der) => `sscep: printing PEM fomatted PKCS#7\n${writePem("PKCS7", der)}`)
      .join("");
    expect(partsOf(log).map((part) => part.replace(/^\S+ /, ""))).toEqual([
      "#1 envelope of the request",
      "#2 request",
      "#3 reply",
      "#4 envelope of the reply",
    ]);
  });

  it("the challenge that the log gives away stays covered", async () => {
    const reports = await inspectAll(bytesOf(lines("sscep", `${asked()}\n${answered()}`)), "x.log");
    const shown =
      reports.map((report) => renderText(report)).join("\n") +
      JSON.stringify(reportsToJson(reports, { showSecrets: false }));
    expect(shown).not.toContain(challenge);
    expect(shown).toContain("•••");
  });

  it("a text that merely holds one PEM block is none", () => {
    expect(partsOf(`I ran sscep and got\n${writePem("PKCS7", message)}`)).toEqual(["pkiMessage "]);
  });
});

describe("logs of web servers", () => {
  const path = (): string =>
    new URL(operationUrl("http://x/scep", "PKIOperation", toBase64(message))).pathname +
    new URL(operationUrl("http://x/scep", "PKIOperation", toBase64(message))).search;

  it("Apache's and nginx's lines: method, URL, status, time", () => {
    const log = `10.1.2.3 - - [25/Nov/2026:15:38:30 +0100] "GET /index.html HTTP/1.1" 200 5 "-" "curl"
10.1.2.3 - - [25/Nov/2026:15:38:30 +0100] "GET /scep?operation=GetCACaps&message=ca HTTP/1.1" 200 60 "-" "curl"
10.1.2.3 - - [25/Nov/2026:15:38:31 +0100] "GET ${path()} HTTP/1.1" 500 1208 "-" "curl"
10.1.2.3 - - [25/Nov/2026:15:38:32 +0100] "POST /scep?operation=PKIOperation HTTP/1.1" 404 - "-" "curl"
`;
    expect(partsOf(log)).toEqual([
      "httpExchange #1 GetCACaps",
      "httpExchange #2 PKIOperation",
      "httpExchange #3 PKIOperation",
    ]);
    expect(exchanges(log)[1]).toMatchObject({
      request: { method: "GET", url: `http://unknown${path()}` },
      response: { status: 500, bodyUnknown: true },
      timings: { startedAt: "2026-11-25T14:38:31.000Z" },
    });
  });

  it("the message of such a GET is opened below the exchange", async () => {
    const log = `10.1.2.3 - - [25/Nov/2026:15:38:31 +0100] "GET ${path()} HTTP/1.1" 500 1208\n`;
    const [report] = await inspectAll(bytesOf(log), "access.log");
    expect(report?.contains).toMatchObject([{ part: "request", facts: { kind: "pkiMessage" } }]);
    expect(report?.findings.map(({ code }) => code)).not.toContain("http.body.empty");
    // The line tells when, and not how long.
    expect(report?.verdict.headline).toBe("GET 500 · body not kept");
  });

  it("logfmt and JSON, as micromdm and step-ca write them", () => {
    const logfmt = `time="2026-11-25T15:38:30Z" level=info duration=1.25ms method=GET name=ca path="${path()}" protocol=HTTP/1.1 status=200\n`;
    const json = `${JSON.stringify({ duration: "360.072µs", method: "GET", path: path(), status: 500, time: "2026-11-25T15:38:30Z" }).replaceAll("&", String.raw`\u0026`)}\n`;
    for (const [log, status, totalMs] of [
      [logfmt, 200, 1.25],
      [json, 500, 0.360_072],
    ] as const) {
      const [exchange] = exchanges(log);
      expect(exchange).toMatchObject({
        request: { method: "GET", url: `http://unknown${path()}` },
        response: { status },
      });
      expect(exchange?.timings?.totalMs).toBeCloseTo(totalMs);
    }
  });

  it("a debugging line without a status: the message alone", () => {
    expect(partsOf(`level=debug ts=2026 component=http uri=${path()}\n`)).toEqual(["pkiMessage "]);
  });

  it("IIS's, whose columns its #Fields line names", () => {
    const query = path().split("?")[1] ?? "";
    const log = `#Software: Microsoft Internet Information Services 10.0
#Version: 1.0
#Date: 2026-11-25 15:38:30
#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken
2026-11-25 15:38:30 192.0.2.10 GET /iisstart.htm - 80 - 10.1.2.3 Mozilla/5.0 - 200 0 0 1
2026-11-25 15:38:30 192.0.2.10 GET /certsrv/mscep/mscep.dll operation=GetCACaps&message=x 80 - 10.1.2.3 sscep - 200 0 0 15
2026-11-25 15:38:31 192.0.2.10 GET /certsrv/mscep/mscep.dll ${query} 443 - 10.1.2.3 sscep - 404 15 0 3
2026-11-25 15:38:32 192.0.2.10 POST /certsrv/mscep/mscep.dll operation=PKIOperation 80 - 10.1.2.3 sscep - 500 0 1346 212
`;
    expect(exchanges(log)).toMatchObject([
      { request: { method: "GET" }, response: { status: 200 }, timings: { totalMs: 15 } },
      {
        request: { url: `https://192.0.2.10/certsrv/mscep/mscep.dll?${query}` },
        response: { status: 404, reasonPhrase: "404.15" },
        timings: { startedAt: "2026-11-25T15:38:31.000Z" },
      },
      { request: { method: "POST" }, response: { status: 500, reasonPhrase: "sc-win32-status 1346" } },
    ]);
  });

  it("IIS's with other columns, and columns that change", () => {
    const log = `#Fields: time cs-uri-stem cs-uri-query sc-status
15:38:30 /certsrv/mscep/mscep.dll operation=GetCACaps 200
#Fields: date time cs-method cs-uri-stem cs-uri-query sc-status
2026-11-25 15:38:31 GET /certsrv/mscep/mscep.dll operation=GetCACert 500
`;
    expect(exchanges(log)).toMatchObject([
      { request: { method: "?" }, response: { status: 200 } },
      { request: { method: "GET" }, response: { status: 500 } },
    ]);
    expect(exchanges(log)[0]).not.toHaveProperty("timings");
  });
});

describe("logs of other clients", () => {
  it("a Cisco router's debugging: each block below its heading", () => {
    const rows = (der: Uint8Array): string =>
      (
        toHex(der)
          .toUpperCase()
          .match(/.{1,32}/g) ?? []
      )
        .map((row) => `     ${row.replaceAll(/../g, "$& ")}`)
        .join("\n");
    const log = `Nov 25 15:38:30.123: CRYPTO_PKI: Certificate Request Fingerprint MD5: 0C52
Nov 25 15:38:30.127: Write out pkcs#10 content:${request.length}
${rows(request)}
Nov 25 15:38:30.131: Enveloped Data ...
${rows(envelope)}
Nov 25 15:38:30.135: Signed Data ${message.length} bytes
${rows(message)}
Nov 25 15:38:30.500: Received pki message (PKCS7): ${message.length}
${rows(message)}
Nov 25 15:38:30.501: CRYPTO_PKI: status = 102: certificate request pending
`;
    expect(partsOf(log)).toEqual([
      "request #1 certificate request",
      "envelopedData #2 envelope",
      "pkiMessage #3 request",
      "pkiMessage #4 reply",
    ]);
  });

  it("jscep's: where it went and how it was answered", () => {
    const log = `15:38:30 DEBUG o.j.t.UrlConnectionGetTransport - Sending GetCACaps(ca) to http://ndes01/certsrv/mscep/mscep.dll?operation=GetCACaps&message=ca
15:38:30 DEBUG o.j.t.UrlConnectionGetTransport - Received '200 OK' when sending GetCACaps(ca) to http://ndes01/
15:38:31 DEBUG o.j.t.UrlConnectionPostTransport - Sending PkiOperation to http://ndes01/certsrv/mscep/mscep.dll?operation=PKIOperation
15:38:31 DEBUG o.j.t.UrlConnectionPostTransport - Received '500 Internal Server Error' when sending PkiOperation
`;
    expect(exchanges(log)).toMatchObject([
      { response: { status: 200, reasonPhrase: "OK" } },
      { response: { status: 500, reasonPhrase: "Internal Server Error" } },
    ]);
    expect(recognise(bytesOf(log), "x.log")[1]?.wrapping).toMatchObject([{ code: "log.message" }]);
  });

  it("certmonger's that breaks off within the response", () => {
    const log = `GET "http://127.0.0.1:2016/scep?operation=GetCACert&message=0"
response_code = 200
content-type = "application/x-x509-ca-cert"
code = 0
code_text = "No error"
results = "${toBase64(certificate).slice(0, 400)}`;
    const [artifact] = recognise(bytesOf(log), "x.log");
    expect(artifact).toMatchObject({ kind: "httpExchange", wrapping: [{ code: "log.message" }] });
    expect(artifact?.bytes).toEqual(certificate.subarray(0, 300));
  });

  it("certmonger's that reached nobody", () => {
    const log = `GET "http://127.0.0.1:9/scep?operation=GetCACaps&message=0"\nresponse_code = 0\ncode = 7\ncode_text = "Couldn't connect to server"\n`;
    expect(exchanges(log)).toMatchObject([{ failure: { sentence: expect.stringContaining("libcurl's error 7") } }]);
  });
});
