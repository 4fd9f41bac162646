import { beforeAll, describe, expect, it } from "vitest";
import { toBase64 } from "../../../src/core/asn1/base64.js";
import { writePem } from "../../../src/core/asn1/pem.js";
import { recognise } from "../../../src/core/inspect/recognise.js";
import { clientMessage } from "../../support/clientMessage.js";
import { makeIdentity } from "../../support/testIdentity.js";

let message: Uint8Array;
let certificate: Uint8Array;

beforeAll(async () => {
  const ca = await makeIdentity("CN=Test CA");
  certificate = ca.der;
  message = (await clientMessage(ca.certificate)).der;
});

const lines = (bytes: Uint8Array): string => toBase64(bytes).replaceAll(/.{76}/g, "$&\r\n");
const mail = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.replaceAll(/\r?\n/g, "\r\n"), "latin1"));
const found = (text: string): { kind: string; name: string; codes: string[]; bytes: Uint8Array }[] =>
  recognise(mail(text), "x.eml").map(({ kind, source, wrapping, bytes }) => ({
    kind,
    name: source.name,
    codes: wrapping.map(({ code }) => code),
    bytes,
  }));

const headers =
  "From: a@example.com\nTo: b@example.com\nSubject: It does\n not work\nDate: Wed, 25 Nov 2026 15:38:30 +0000\nMIME-Version: 1.0\n";

describe("mails", () => {
  it("parts in base64, nested, each named for what it is; prose is left out", () => {
    const text = `${headers}Content-Type: multipart/mixed;
 boundary="outer"

This is a message in MIME format.
--outer
Content-Type: multipart/alternative; boundary=inner

--inner
Content-Type: text/plain; charset=utf-8

Please see what is attached.
--inner
Content-Type: text/html

<html><body>Please see what is attached.</body></html>
--inner--
--outer
Content-Type: application/octet-stream; name="reply.p7"
Content-Transfer-Encoding: base64
Content-Disposition: attachment; filename="reply.p7"

${lines(message)}
--outer
Content-Type: application/x-x509-ca-cert
Content-Transfer-Encoding: base64

${lines(certificate)}
--outer--
`;
    expect(found(text)).toMatchObject([
      { kind: "pkiMessage", name: "x.eml#1 reply.p7", codes: [], bytes: message },
      { kind: "certificate", name: "x.eml#2 application/x-x509-ca-cert", codes: [], bytes: certificate },
    ]);
  });

  it("a log in quoted-printable within the text of a forwarded mail", () => {
    const pem = writePem("PKCS7", message)
      .replaceAll("=", "=3D")
      .replaceAll(/^.{40}(?=.{20})/gm, "$&=\n");
    const inner = `From: c@example.com\nSubject: log\nMIME-Version: 1.0\nContent-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\nHere =E2=80=93 see:\n${pem}`;
    const text = `${headers}Content-Type: multipart/digest; boundary=x\n\n--x\nContent-Type: message/rfc822\n\n${inner}\n--x--\n`;
    expect(found(text)).toMatchObject([{ kind: "pkiMessage", name: "x.eml", codes: [], bytes: message }]);
  });

  it("without the boundary that closes it: told, and read", () => {
    const text = `${headers}Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Transfer-Encoding: base64\n\n${lines(message)}\n`;
    expect(found(text)).toMatchObject([{ kind: "pkiMessage", codes: ["mime.part"], bytes: message }]);
  });

  it("base64 with a foreign character: read up to there", () => {
    const text = `${headers}Content-Type: application/pkcs7-mime\nContent-Transfer-Encoding: base64\n\n${lines(message).slice(0, 900)}\n\u00a7\n`;
    expect(found(text)).toMatchObject([{ codes: expect.arrayContaining(["mime.part"]) as string[] }]);
  });

  it("a part in an unknown transfer encoding is shown as it stands", () => {
    const text = `${headers}Content-Transfer-Encoding: x-uuencode\n\n${writePem("CERTIFICATE", certificate)}`;
    expect(found(text)).toMatchObject([{ kind: "certificate", codes: ["mime.part"] }]);
  });

  it("a mail that holds nothing of the kind stays text", () => {
    expect(found(`${headers}\nIt does not work.\n`)).toMatchObject([{ kind: "unknown", name: "x.eml" }]);
  });

  it("a multipart within itself forty times ends", () => {
    const deep = Array.from(
      { length: 40 },
      (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\n\n--b${i}\n`,
    ).join("");
    expect(found(`MIME-Version: 1.0\n${deep}\nx\n`)).toMatchObject([{ kind: "unknown" }]);
  });
});
