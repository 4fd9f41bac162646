import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readPem } from "../../../src/core/asn1/pem.js";
import { privateKeyPem } from "../../../src/core/crypto/encryptPrivateKey.js";
import { readPrivateKey } from "../../../src/core/crypto/privateKey.js";
import { readRequest, type RequestView } from "../../../src/core/pkcs10/request.js";
import { wrongRequests } from "../../../src/core/pkcs10/wrongRequests.js";
import { samePublicKey } from "../../../src/core/x509/samePublicKey.js";
import { nodeCrypto } from "../../../src/node/nodeCrypto.js";
import { type RunningResponder, startResponder } from "../../../src/responder/responder.js";
import { runCommand } from "../../support/commandLine.js";

let folder: string;
let responder: RunningResponder;
const challenge = "8CE317021F690069";
let counter = 0;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "csr-"));
  responder = await startResponder({ port: 0, caKeyBits: 1024, challenge });
});
afterAll(async () => {
  await responder.stop();
  await rm(folder, { recursive: true });
});

const newFolder = (): string => path.join(folder, String(counter++));

async function requestIn(out: string): Promise<RequestView> {
  const [block] = readPem(await readFile(path.join(out, "request.pem"), "utf8"));
  expect(block?.label).toBe("CERTIFICATE REQUEST");
  return readRequest(block?.der ?? new Uint8Array()) as RequestView;
}

/** Makes a request with these options; the request, and the folder that it is in. */
async function made(...options: readonly string[]): Promise<{ out: string; request: RequestView }> {
  const out = newFolder();
  const { status, err } = await runCommand(["csr", ...options, "--out", out]);
  expect(status, err).toBe(0);
  return { out, request: await requestIn(out) };
}

describe("csr", () => {
  it("makes a request and the key that it is for, which only its owner can read", async () => {
    const { out, request } = await made("--subject", "CN=dev7.example.com,O=Example", "--dns", "dev7.example.com");
    const key = path.join(out, "key.pem");
    expect((await stat(key)).mode & 0o777).toBe(0o600);
    const spki = await nodeCrypto.publicKeyOf(readPrivateKey(await readFile(key)));
    expect(samePublicKey(spki, request.spki)).toBe(true);
    expect(request.subject.text).toBe("CN=dev7.example.com,O=Example");
    expect(request.publicKey.bits).toBe(2048);
  });

  it("never overwrites a key, --force or not", async () => {
    const { out } = await made("--subject", "CN=dev7");
    const before = await readFile(path.join(out, "key.pem"), "utf8");
    const { status, err } = await runCommand(["csr", "--subject", "CN=dev7", "--out", out, "--force"]);
    expect(status).toBe(1);
    expect(err).toMatch(
      /key\.pem exists already, and a key is never overwritten\. Name another folder, or remove it\.\n$/,
    );
    expect(await readFile(path.join(out, "key.pem"), "utf8")).toBe(before);
  });

  it("prints the request where the key exists and no folder is named", async () => {
    const { out } = await made("--subject", "CN=dev7");
    const run = await runCommand(["csr", "--subject", "CN=dev8", "--key", path.join(out, "key.pem")]);
    expect(readRequest(readPem(run.out)[0]?.der ?? new Uint8Array())?.subject.text).toBe("CN=dev8");
  });

  it("reads challenge and passphrase line by line, and neither is printed or written", async () => {
    const out = newFolder();
    const secrets = ["--challenge-stdin", "--passphrase-stdin"];
    const run = await runCommand(["csr", "--subject", "CN=dev7", ...secrets, "--out", out], {
      stdin: `${challenge}\r\ngeheim\n`,
    });
    expect(run.err).not.toMatch(/8CE3|geheim/);
    expect((await requestIn(out)).challengePassword).toMatchObject({ text: challenge, stringType: "PrintableString" });
    const key = await readFile(path.join(out, "key.pem"), "utf8");
    expect(key).toMatch(/^-----BEGIN ENCRYPTED PRIVATE KEY-----\n/);
  });

  it("opens an existing key that is encrypted, and says so where it has no passphrase or a wrong one", async () => {
    const { out } = await made("--subject", "CN=dev7");
    const pkcs8 = readPrivateKey(await readFile(path.join(out, "key.pem"), "utf8"));
    const closed = path.join(out, "closed.key");
    await writeFile(closed, await privateKeyPem(nodeCrypto, pkcs8, "open sesame"));
    const args = ["csr", "--subject", "CN=dev8", "--challenge-stdin", "--key", closed];
    const run = await runCommand([...args, "--passphrase-stdin"], { stdin: `${challenge}\nopen sesame\n` });
    expect(run).toMatchObject({ status: 0, err: "Request made: CN=dev8.\n" });
    const request = readRequest(readPem(run.out)[0]?.der ?? new Uint8Array());
    expect(request?.spki).toEqual(await nodeCrypto.publicKeyOf(pkcs8));
    const wrong = await runCommand([...args, "--passphrase-stdin"], { stdin: `${challenge}\nanother\n` });
    expect(wrong).toMatchObject({ status: 1, out: "" });
    expect(wrong.err).toContain("closed.key does not open with the passphrase that was given.");
    const none = await runCommand(args, { stdin: `${challenge}\n` });
    expect(none.err).toContain("Give it as a line of standard input, with --passphrase-stdin.");
  });

  it("encodes by string mask as OpenSSL does", async () => {
    const { request } = await made("--subject", "CN=Zürich", "--challenge", "a_b", "--string-mask", "default");
    expect(request.challengePassword?.stringType).toBe("IA5String");
    expect(request.subject.rdns[0]?.[0]).toMatchObject({ stringType: "TeletexString", text: "Zürich" });
    const latin1 = await made("--subject", "CN=Zürich", "--string-mask", "utf8only", "--utf8", "no");
    expect(latin1.request.subject.rdns[0]?.[0]?.text).toBe("ZÃ¼rich");
  });

  it("makes of one name what mkrequest makes, in the strings that NDES reads", async () => {
    const preset = ["--preset", "mkrequest", "--subject", "/C=DE/O=Example"];
    const { request } = await made(...preset, "--email", "a@example.com", "--challenge", challenge);
    expect(request.subject.text).toBe("CN=a@example.com,O=Example,C=DE");
    expect(request.extensions.map(({ name, critical }) => ({ name, critical }))).toEqual([
      { name: "subjectAltName", critical: true },
    ]);
    expect(request.challengePassword?.stringType).toBe("PrintableString");
  });

  it("asks for what Microsoft's CA reads", async () => {
    const options = [
      "--template",
      "1.3.6.1.4.1.311.21.8.1.2:100:4",
      "--sid",
      "S-1-5-21-1-2-3-512",
      "--eku",
      "clientAuth",
    ];
    const attributes = ["--os-version", "10.0.20348.2", "--client-info", "dev7,LAB\\ada,certreq.exe", "--csp", "KSP"];
    const { request } = await made("--subject", "CN=dev7", ...options, ...attributes);
    expect(request.extensions.map(({ oid }) => oid)).toEqual([
      "2.5.29.15",
      "2.5.29.37",
      "1.3.6.1.4.1.311.21.7",
      "1.3.6.1.4.1.311.25.2",
    ]);
    expect(new Set(request.attributes.map(({ oid }) => oid))).toEqual(
      new Set(["1.2.840.113549.1.9.14", "1.3.6.1.4.1.311.13.2.3", "1.3.6.1.4.1.311.21.20", "1.3.6.1.4.1.311.13.2.2"]),
    );
  });

  it("prints as JSON what it made, with the findings on it and without the secrets", async () => {
    const out = newFolder();
    const run = await runCommand([
      ...["csr", "--subject", "CN=dev7", "--wrong", "challenge-utf8string", "--challenge", challenge],
      ...["--out", out, "--json"],
    ]);
    const json = JSON.parse(run.out) as {
      files: object;
      wrong: object;
      artifacts: { findings: { code: string }[]; challengePassword: object }[];
    };
    expect(json.files).toEqual({ request: path.join(out, "request.pem"), key: path.join(out, "key.pem") });
    expect(json.wrong).toMatchObject({ name: "challenge-utf8string", hresult: { hex: "0x80070490" } });
    expect(json.artifacts[0]?.challengePassword).toEqual({ stringType: "UTF8String", value: "•••" });
    expect(json.artifacts[0]?.findings.map(({ code }) => code)).toContain("csr.challenge.stringType");
  });

  it("lists what can be wrong", async () => {
    const { out } = await runCommand(["csr", "--list-wrong"]);
    for (const { title, hresult } of wrongRequests) expect(out).toContain(`${title} (${hresult} `);
    expect(out.split("\n").filter((line) => line.startsWith("  "))).toHaveLength(wrongRequests.length);
    expect(JSON.parse((await runCommand(["csr", "--list-wrong", "--json"])).out)).toHaveLength(wrongRequests.length);
  });

  const refused: readonly (readonly [readonly string[], RegExp])[] = [
    [[], /"csr" needs --subject, or an alternative name such as --dns\. See "scep-workbench csr --help"\./],
    [["--subject", "CN=x"], /nothing says where to keep it: name a folder with --out\./],
    [
      ["--subject", "CN=€", "--string-mask", "nombstr", "--out", "X"],
      /take another mask: MASK:0x2002 holds every text\./,
    ],
    [
      ["--subject", "CN=x", "--string-mask", "foo", "--out", "X"],
      /--string-mask is one of default, pkix, nombstr, utf8only, or MASK:/,
    ],
    [
      ["--subject", "CN=x", "--eku", "foo", "--out", "X"],
      /"foo" is no extended key usage\. Give its identifier, or one of clientAuth,/,
    ],
    [["--subject", "CN=x", "--key-size", "2048", "--key-type", "P-256", "--out", "X"], /give one of the two\./],
    [["--subject", "CN=x", "--wrong", "key-1024", "--key-size", "2048", "--out", "X"], /makes a key of its own/],
    [
      ["--subject", "CN=x", "--wrong", "nope", "--out", "X"],
      /There is no wrong request "nope"\. --list-wrong lists them\./,
    ],
    [
      ["--subject", "CN=x", "--wrong", "challenge-utf8string", "--out", "X"],
      /and there is none\. Give one that the server would take\./,
    ],
    [["--preset", "mkrequest", "--dns", "a", "--ip", "192.0.2.7", "--out", "X"], /takes one name, as the script does/],
    [["--subject", "CN=x", "--sid", "me", "--out", "X"], /"me" is no security identifier\. Write it as S-1-5-21-…\./],
  ];
  for (const [options, sentence] of refused) {
    it(`csr ${options.join(" ")} is refused with what to do`, async () => {
      const args = options.map((option) => (option === "X" ? newFolder() : option));
      const { status, err } = await runCommand(["csr", ...args]);
      expect(status).toBe(1);
      expect(err).toMatch(sentence);
    });
  }
});

describe("enroll --csr sends a request of csr as it is", () => {
  const send = (out: string): ReturnType<typeof runCommand> =>
    runCommand([
      ...["enroll", responder.url, "--csr", path.join(out, "request.pem"), "--key", path.join(out, "key.pem")],
      ...["--cert-out", path.join(out, "certificate.pem")],
    ]);

  it("a sound one is issued", async () => {
    const { out } = await made(
      "--subject",
      "CN=dev7.example.com",
      "--dns",
      "dev7.example.com",
      "--challenge",
      challenge,
    );
    const { status, err } = await send(out);
    expect(status, err).toBe(0);
  });

  for (const wrong of wrongRequests) {
    it(`${wrong.name} is refused with ${wrong.hresult}`, async () => {
      const { out } = await made("--subject", "CN=dev7.example.com", "--wrong", wrong.name, "--challenge", challenge);
      const { status, err } = await send(out);
      if (wrong.answer === "HTTP 500") {
        expect(status).toBe(1);
        expect(err).toContain("500");
      } else {
        expect(status, err).toBe(2);
        expect(err).toContain(wrong.hresult);
      }
    });
  }
});
