import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it, type TestContext } from "vitest";
import { buildCertsOnly } from "../../../src/core/cms/buildCertsOnly.js";
import type { Artifact } from "../../../src/core/inspect/artifact.js";
import { recognise } from "../../../src/core/inspect/recognise.js";
import { clientMessage } from "../../support/clientMessage.js";
import { inspectAll } from "../../support/inspection.js";
import { hasOpenssl, OpensslFolder } from "../../support/opensslProgram.js";
import { isInstalled, runProgram } from "../../support/programs.js";
import { scepserverMissing, startScepserver, type Scepserver } from "../../support/scepserver.js";
import { makeIdentity, type TestIdentity } from "../../support/testIdentity.js";

const scepSubmit = "/usr/lib/certmonger/scep-submit";

let ca: TestIdentity;
let message: Uint8Array;
let folder: OpensslFolder;

beforeAll(async () => {
  ca = await makeIdentity("CN=Test CA");
  message = (await clientMessage(ca.certificate)).der;
  folder = new OpensslFolder();
  folder.write("message.der", message);
});

afterAll(() => folder.remove());

const kindsOf = (artifacts: readonly Artifact[]): string[] => artifacts.map(({ kind }) => kind);
const needs = (context: TestContext, program: string): void =>
  context.skip(!isInstalled(program), `${program} is not installed.`);

describe.skipIf(!hasOpenssl)("what openssl writes (needs openssl)", () => {
  beforeAll(() => {
    folder.run(
      "req",
      "-x509",
      "-newkey",
      "rsa:2048",
      "-nodes",
      "-keyout",
      "key.pem",
      "-subj",
      "/CN=mail",
      "-out",
      "cert.pem",
    );
    folder.write("text.txt", "It does not work.\n");
  });

  it.each([
    [
      "a detached signature",
      ["smime", "-sign", "-in", "text.txt", "-signer", "cert.pem", "-inkey", "key.pem"],
      "signedData",
    ],
    [
      "an opaque one",
      ["cms", "-sign", "-nodetach", "-in", "text.txt", "-signer", "cert.pem", "-inkey", "key.pem"],
      "signedData",
    ],
    [
      "an envelope",
      ["cms", "-encrypt", "-aes128", "-in", "text.txt", "-subject", "hello", "cert.pem"],
      "envelopedData",
    ],
  ])("%s in S/MIME", (_, args, kind) => {
    const [command = "", ...rest] = args;
    folder.run(command, "-out", "mail.eml", ...rest);
    expect(recognise(folder.read("mail.eml"), "mail.eml")).toMatchObject([{ kind, wrapping: [] }]);
  });

  it("a detached signature, which holds over the part beside it until a letter of that is changed", async () => {
    folder.run(
      "smime",
      "-sign",
      "-text",
      "-in",
      "text.txt",
      "-signer",
      "cert.pem",
      "-inkey",
      "key.pem",
      "-out",
      "s.eml",
    );
    const mail = new TextDecoder().decode(folder.read("s.eml"));
    const verdicts = async (text: string): Promise<unknown[]> =>
      (await inspectAll(new TextEncoder().encode(text), "s.eml")).map(
        ({ facts }) => "signature" in facts && facts.signature,
      );
    expect(await verdicts(mail)).toEqual(["valid"]);
    expect(await verdicts(mail.replaceAll("\r\n", "\n"))).toEqual(["valid"]);
    expect(await verdicts(mail.replace("does not work", "does now work"))).toEqual(["invalid"]);
  });

  it("a trusted certificate", () => {
    folder.run(
      "x509",
      "-in",
      "cert.pem",
      "-trustout",
      "-addtrust",
      "serverAuth",
      "-setalias",
      "it",
      "-out",
      "trusted.pem",
    );
    expect(recognise(folder.read("trusted.pem"), "trusted.pem")).toMatchObject([
      { kind: "certificate", wrapping: [{ code: "pem.trusted" }] },
    ]);
  });

  it("asn1parse -dump, and s_client's way of dumping", () => {
    const dump = folder.run("asn1parse", "-inform", "DER", "-in", "message.der", "-dump");
    // The eContent is dumped, which is an EnvelopedData.
    expect(kindsOf(recognise(new TextEncoder().encode(dump), "dump.txt"))).toContain("envelopedData");
  });
});

describe("what Python makes of PEM in a mail", () => {
  it.for(["quoted-printable", "base64", "8bit"])("%s", async (encoding, context) => {
    needs(context, "python3");
    folder.write("ca.der", ca.der);
    const program = `
import base64, email.message, email.policy, sys
der = open("ca.der", "rb").read()
pem = "-----BEGIN CERTIFICATE-----\\n" + base64.encodebytes(der).decode() + "-----END CERTIFICATE-----\\n"
mail = email.message.EmailMessage(policy=email.policy.SMTP)
mail["From"], mail["To"], mail["Subject"] = "a@example.com", "b@example.com", "Zertifikat für Sie"
mail.set_content("Grüße!\\n\\n> " + pem.replace("\\n", "\\n> ") + "\\n", cte=sys.argv[1])
mail.add_attachment(der, maintype="application", subtype="pkix-cert", filename="ca.cer")
sys.stdout.buffer.write(mail.as_bytes())
`;
    const { stdout, stderr } = await runProgram("python3", ["-c", program, encoding], { cwd: folder.path });
    expect(stderr).toBe("");
    expect(recognise(new Uint8Array(stdout), "x.eml")).toMatchObject([
      { kind: "certificate", bytes: ca.der, source: { name: "x.eml#1 text/plain" } },
      { kind: "certificate", bytes: ca.der, source: { name: "x.eml#2 ca.cer" } },
    ]);
  });
});

describe("what curl writes of an exchange", () => {
  const run = async (context: TestContext, ...args: string[]): Promise<Artifact[]> => {
    needs(context, "curl");
    const server = createServer((request, response) => {
      request.resume().on("end", () => {
        response.setHeader("Content-Type", "application/x-x509-ca-ra-cert");
        response.end(buildCertsOnly([ca.der]));
      });
    });
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    try {
      const { port } = server.address() as AddressInfo;
      const url = `http://127.0.0.1:${port}/scep?operation=PKIOperation`;
      // As a shell writes both streams into one file.
      const { stdout } = await runProgram("sh", ["-c", 'exec curl --noproxy "*" -s "$@" 2>&1', "sh", ...args, url], {
        cwd: folder.path,
      });
      return recognise(new Uint8Array(stdout), "curl.txt");
    } finally {
      server.close();
      server.closeAllConnections();
    }
  };

  it("-i: the response alone", async (context) => {
    expect(await run(context, "-i")).toMatchObject([
      {
        kind: "httpExchange",
        exchange: { response: { status: 200, body: buildCertsOnly([ca.der]) } },
        wrapping: [{ code: "http.requestMissing" }],
      },
    ]);
  });

  it("-v: both heads, and the body that the terminal showed", async (context) => {
    const [artifact] = await run(context, "-v", "--data-binary", "@message.der");
    expect(artifact).toMatchObject({
      kind: "httpExchange",
      exchange: {
        request: {
          method: "POST",
          url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/scep\?operation=PKIOperation$/),
        },
        response: { status: 200 },
      },
      wrapping: [{ code: "log.message" }],
    });
    expect(Buffer.from(artifact?.bytes ?? []).equals(buildCertsOnly([ca.der]))).toBe(true);
  });

  it("--trace: everything, byte for byte", async (context) => {
    const [artifact] = await run(context, "--trace", "-", "-o", "/dev/null", "--data-binary", "@message.der");
    if (artifact?.kind !== "httpExchange") throw new Error(`curl --trace gave ${artifact?.kind}.`);
    expect(Buffer.from(artifact.exchange.request.body ?? []).equals(message)).toBe(true);
    expect(Buffer.from(artifact.bytes).equals(buildCertsOnly([ca.der]))).toBe(true);
  });
});

describe.skipIf(scepserverMissing() !== undefined)(
  "logs of clients that talk to scepserver (needs scepserver in a network of its own)",
  () => {
    let server: Scepserver;

    beforeAll(async () => {
      server = await startScepserver();
    });

    afterAll(() => server.stop());

    it("certmonger's scep-submit -v", async (context) => {
      needs(context, scepSubmit);
      const { stdout, stderr } = await runProgram(scepSubmit, ["-u", server.url, "-C", "-v"]);
      const artifacts = recognise(new TextEncoder().encode(stdout.toString() + stderr), "certmonger.log");
      expect(artifacts[0]).toMatchObject({
        kind: "httpExchange",
        source: { name: "certmonger.log#1 GetCACert" },
        exchange: {
          request: { method: "GET", url: `${server.url}?operation=GetCACert&message=0` },
          response: { status: 200 },
        },
      });
      expect(kindsOf(recognise(artifacts[0]?.bytes ?? new Uint8Array(), "body"))).toEqual(["certificate"]);
    });

    it("strongSwan's pki --scep --debug 4: the request in clear, the answer whole", async (context) => {
      needs(context, "pki");
      const cwd = folder.path;
      await runProgram("pki", ["--scepca", "--url", server.url, "--caout", "sca.der", "--force"], { cwd });
      folder.run("genrsa", "-out", "client.pem", "2048");
      const args = [
        "--scep",
        "--url",
        server.url,
        "--in",
        "client.pem",
        "--dn",
        "CN=dev2",
        "--password",
        server.challenge,
      ];
      const cas = ["--cacert-enc", "sca.der", "--cacert-sig", "sca.der", "--cipher", "des3", "--debug", "4"];
      const { stdout, stderr } = await runProgram("pki", [...args, ...cas], { cwd });
      const artifacts = recognise(new TextEncoder().encode(stderr + stdout.toString()), "pki.log");
      expect(kindsOf(artifacts)).toEqual(
        expect.arrayContaining(["privateKey", "certificate", "request", "pkiMessage"]),
      );
      expect(artifacts.flatMap(({ wrapping }) => wrapping)).toEqual([]);
    });
  },
);
