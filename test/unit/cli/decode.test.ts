import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writePem } from "../../../src/core/asn1/pem.js";
import { encryptPrivateKey } from "../../../src/core/crypto/encryptPrivateKey.js";
import { enroll } from "../../../src/core/scep/client.js";
import { serverWithDefaults } from "../../../src/core/scep/server.js";
import { createHttpTransport } from "../../../src/node/http/httpTransport.js";
import { nodeCrypto } from "../../../src/node/nodeCrypto.js";
import { runCommand } from "../../support/commandLine.js";
import { links, pcapFile } from "../../support/packetWriter.js";
import { serveScript } from "../../support/scepHttpServer.js";
import { enrolments, talkOf } from "../../support/scepTraffic.js";
import { type Identity, makeIdentity } from "../../support/scriptedCa.js";

/** As far as these tests look into an artifact of `decode --json`. */
interface Decoded {
  readonly source?: string;
  readonly kind: string;
  readonly subject?: string;
  readonly challengePassword?: { readonly stringType: string; readonly value: string };
  readonly envelope?: { readonly decrypted: boolean; readonly openedWith?: string };
  readonly contains: readonly Decoded[];
  readonly findings: readonly { readonly code: string }[];
}

const challenge = "8CE317021F690069";
let ca: Identity;
let folder = "";
let message: Uint8Array;
let request: Uint8Array;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "scep-decode-"));
  ca = await makeIdentity("CN=Lab CA", { ca: true });
  const server = await serveScript({
    GetCACaps: { body: "POSTPKIOperation\nAES\nSHA-256" },
    GetCACert: { body: ca.certificate.der },
  });
  const { record } = await enroll(
    {
      server: serverWithDefaults(server.url),
      request: { kind: "new", subject: "CN=dev7", challenge: { text: challenge } },
    },
    { crypto: nodeCrypto, transport: createHttpTransport() },
  );
  await server.stop();
  message = record.transaction?.message ?? new Uint8Array();
  request = record.transaction?.request ?? new Uint8Array();
  await writeFile(file("message.der"), message);
  await writeFile(file("request.pem"), writePem("CERTIFICATE REQUEST", request));
  await writeFile(file("ca.key"), writePem("PRIVATE KEY", ca.keys.pkcs8));
  await writeFile(file("ca.pem"), writePem("CERTIFICATE", ca.certificate.der));
  await writeFile(file("nothing"), "");
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function file(name: string): string {
  return path.join(folder, name);
}

async function json(...args: string[]): Promise<readonly Decoded[]> {
  const { status, out, err } = await runCommand(["decode", ...args, "--json"]);
  expect({ status, err }).toEqual({ status: 0, err: "" });
  return (JSON.parse(out) as { artifacts: readonly Decoded[] }).artifacts;
}

describe("decode", () => {
  it("prints a tree unless told otherwise", async () => {
    const plain = await runCommand(["decode", file("message.der")]);
    expect(plain.status).toBe(0);
    expect(plain.out).toMatch(/PKCSReq/);
    expect(plain.out).toMatch(/^ {2}messageType +19 PKCSReq$/m);
    expect(plain.out).not.toContain("\u001b[");
    expect(await runCommand(["decode", "--tree", file("message.der")])).toEqual(plain);
  });

  it("prints every artifact of every file as one JSON document, named by its file", async () => {
    const artifacts = await json(file("message.der"), file("request.pem"), file("ca.pem"));
    expect(artifacts.map(({ kind, source }) => [kind, source])).toEqual([
      ["pkiMessage", file("message.der")],
      ["request", file("request.pem")],
      ["certificate", file("ca.pem")],
    ]);
  });

  it("prints a line of JSON for each artifact with --ndjson", async () => {
    const { status, out } = await runCommand(["decode", "--ndjson", file("request.pem"), file("ca.pem")]);
    expect(status).toBe(0);
    const lines = out.split("\n");
    expect(lines).toHaveLength(3);
    expect(lines[2]).toBe("");
    expect(lines.slice(0, 2).map((line) => (JSON.parse(line) as Decoded).kind)).toEqual(["request", "certificate"]);
  });

  it("reads standard input for -", async () => {
    const { status, out } = await runCommand(["decode", "-", "--ndjson"], { stdin: message });
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ source: "standard input", kind: "pkiMessage" });
  });

  it("opens envelopes with the keys that it is given, among them the right one", async () => {
    const other = await nodeCrypto.generateRsaKeyPair(2048);
    await writeFile(file("other.key"), writePem("PRIVATE KEY", other.pkcs8));
    const [closed] = await json(file("message.der"), "--key", file("other.key"));
    expect(closed?.envelope?.decrypted).toBe(false);
    const [opened] = await json(file("message.der"), "--key", file("other.key"), "--key", file("ca.key"));
    expect(opened?.envelope?.decrypted).toBe(true);
    const inside = opened?.contains.find(({ kind }) => kind === "request");
    expect(inside).toMatchObject({ subject: "CN=dev7" });
  });

  it("tries the keys that lie beside the message, where none is given, and says which opened it", async () => {
    const [opened] = await json(file("message.der"));
    expect(opened?.envelope).toMatchObject({ decrypted: true, openedWith: "ca.key beside it" });
    const { out } = await runCommand(["decode", file("message.der")]);
    expect(out).toMatch(/decrypted +[\d,]+ bytes with ca\.key beside it/);
  });

  it("tries those beside each of several messages, in whatever folder", async () => {
    for (const name of ["empty", "keyed"]) await mkdir(file(name), { recursive: true });
    for (const name of ["empty", "keyed"]) await writeFile(file(`${name}/message.der`), message);
    await copyFile(file("ca.key"), file("keyed/their.key"));
    const [first, second] = await json(file("empty/message.der"), file("keyed/message.der"));
    expect(first?.envelope).toMatchObject({ decrypted: true, openedWith: "their.key beside it" });
    expect(second?.envelope).toMatchObject({ decrypted: true });
  });

  it("takes a key that is encrypted, with the passphrase on standard input", async () => {
    const encrypted = await encryptPrivateKey(nodeCrypto, ca.keys.pkcs8, "open sesame");
    await mkdir(file("apart"), { recursive: true });
    await writeFile(file("apart/closed.key"), writePem("ENCRYPTED PRIVATE KEY", encrypted));
    const args = ["decode", file("message.der"), "--json", "--key", file("apart/closed.key")];
    const opened = await runCommand([...args, "--passphrase-stdin"], { stdin: "open sesame\n" });
    expect(opened).toMatchObject({ status: 0, err: "" });
    expect(opened.out).toContain('"decrypted": true');
    expect(opened.out).not.toContain("open sesame");
    const wrong = await runCommand([...args, "--passphrase-stdin"], { stdin: "another\n" });
    expect(wrong).toMatchObject({ status: 1, out: "" });
    expect(wrong.err).toContain("closed.key does not open with the passphrase that was given.");
    expect((await runCommand(args)).err).toContain("Give it as a line of standard input, with --passphrase-stdin.");
  });

  it("shows challenge passwords only with --show-secrets, in every form", async () => {
    for (const form of ["--tree", "--json", "--ndjson"]) {
      const masked = await runCommand(["decode", file("request.pem"), form]);
      expect(masked.out).toContain("•••");
      expect(masked.out).not.toContain(challenge);
      const shown = await runCommand(["decode", file("request.pem"), form, "--show-secrets"]);
      expect(shown.out).toContain(challenge);
    }
  });

  it("never shows a private key", async () => {
    const secret = Buffer.from(ca.keys.pkcs8).toString("base64").slice(60, 100);
    for (const form of ["--tree", "--json"]) {
      const { status, out } = await runCommand(["decode", file("ca.key"), form, "--show-secrets"]);
      expect(status).toBe(0);
      expect(out).not.toContain(secret);
      expect(out).toMatch(/private ?key/i);
    }
  });

  it("says of a file that cannot be decoded what is so, as an artifact with a finding, and ends with 1", async () => {
    const { status, out } = await runCommand(["decode", "--json", file("nothing"), file("ca.pem")]);
    expect(status).toBe(1);
    const { artifacts } = JSON.parse(out) as { artifacts: readonly Decoded[] };
    expect(artifacts.map(({ kind }) => kind)).toEqual(["unknown", "certificate"]);
    expect(artifacts[0]?.findings).toHaveLength(1);
  });

  it("goes on after a file that cannot be read, says so, and ends with 1", async () => {
    const { status, out, err } = await runCommand(["decode", "--ndjson", file("missing"), folder, file("ca.pem")]);
    expect(status).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ kind: "certificate" });
    expect(err).toBe(
      `scep-workbench: There is no file ${file("missing")}. Check its name and folder.\nscep-workbench: ${folder} is a folder; name the files in it.\n`,
    );
  });

  it.each<[string[], string]>([
    [[], '"decode" needs a file, or - for standard input.'],
    [["--json", "--ndjson", "x"], "--json and --ndjson exclude each other."],
    [["x", "--key", "ca.pem"], "ca.pem holds no private key that can be used."],
    [["-", "--passphrase-stdin"], "Standard input cannot hold the passphrase and the message."],
    [["x", "--cert", "nothing"], "nothing holds no certificate."],
  ])("tells a usage error: %j", async (args, words) => {
    const given = args.map((arg) => (arg === "ca.pem" || arg === "nothing" ? file(arg) : arg));
    const { status, out, err } = await runCommand(["decode", ...given]);
    expect({ status, out }).toEqual({ status: 1, out: "" });
    expect(err).toContain(words);
  });
});

describe("decode of a capture", () => {
  const [linkType, frame] = links["raw IP"] ?? [101, (ip: Uint8Array) => ip];
  const capture = async (): Promise<Uint8Array> =>
    pcapFile(talkOf((await enrolments(1)).flat()).packets(frame), { linkType });

  it("from a file gives the capture first, and from a pipe its exchanges first; they say the same", async () => {
    const bytes = await capture();
    await writeFile(file("scep.pcap"), bytes);
    const kinds = (text: string): unknown[] =>
      text
        .trimEnd()
        .split("\n")
        .map((line) => {
          const { kind, source, status } = JSON.parse(line) as Record<string, unknown>;
          return [kind, String(source).replace(/^.*scep\.pcap|^standard input/, ""), status];
        });
    const fromFile = await runCommand(["decode", "--ndjson", file("scep.pcap")]);
    const fromPipe = await runCommand(["decode", "--ndjson", "-"], { stdin: bytes });
    const exchanges = [1, 2, 3].map((number) => ["httpExchange", `#${number}`, 200]);
    expect(kinds(fromFile.out)).toEqual([["capture", "", undefined], ...exchanges]);
    expect(kinds(fromPipe.out)).toEqual([...exchanges, ["capture", "", undefined]]);
    expect(fromPipe.out).toContain('"pkiStatus":{"value":"0","name":"SUCCESS"}');
  });
});
