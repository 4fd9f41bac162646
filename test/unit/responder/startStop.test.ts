import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { HumanError } from "../../../src/core/humanError.js";
import { readAdminPage } from "../../../src/core/ndes/adminPage.js";
import { readPkiMessage } from "../../../src/core/scep/pkiMessage.js";
import { type ResponderOptions, type RunningResponder, startResponder } from "../../../src/responder/responder.js";
import { clientMessage } from "../../support/clientMessage.js";
import { exchange, get, postMessage } from "../../support/httpExchange.js";
import { serveRaw } from "../../support/loopback.js";

let folder: string;
let running: RunningResponder[];

beforeEach(async () => {
  running = [];
  folder = await mkdtemp(path.join(tmpdir(), "responder-"));
});

afterEach(async () => {
  await Promise.all(running.map((responder) => responder.stop()));
  await rm(folder, { recursive: true });
});

async function start(options: ResponderOptions = {}): Promise<RunningResponder> {
  const responder = await startResponder({ port: 0, caKeyBits: 1024, ...options });
  running.push(responder);
  return responder;
}

function serialNumbers({ certificates }: RunningResponder): string[] {
  return Object.values(certificates).map(({ serialNumber }) => serialNumber);
}

/** Enrols with a one-time password; says whether a certificate was issued. */
async function enrol(responder: RunningResponder): Promise<boolean> {
  const text = readAdminPage((await get(responder.adminUrl)).body)?.password ?? "";
  const challenge = { text, stringType: "PrintableString" } as const;
  const { der } = await clientMessage(responder.certificates.raEncryption, { challenge });
  return readPkiMessage((await postMessage(responder.url, der)).body)?.pkiStatus?.value === "0";
}

describe("a port that is taken", () => {
  it("by another responder of ours is told so, with its process", async () => {
    const { port } = await start();
    const error = await start({ port }).catch((thrown: unknown) => thrown);
    expect(HumanError.is(error)).toBe(true);
    expect(String(error)).toContain(
      `Another responder of SCEP Workbench (process ${process.pid}) is running on port ${port} of this computer already.`,
    );
  });

  it.each([
    ["by a program that is no web server", "SSH-2.0-OpenSSH_9.2\r\n"],
    ["by another web server", "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nnull"],
  ])("%s is told so", async (_, answer) => {
    const other = await serveRaw(answer);
    try {
      await expect(start({ port: other.port })).rejects.toThrow(
        `Port ${other.port} of this computer is taken by another program. Stop that program, or choose another port.`,
      );
    } finally {
      await other.stop();
    }
  });

  it.each([-1, 65_536, 80.5, Number.NaN])("a port that is none is told so: %d", async (port) => {
    await expect(start({ port })).rejects.toMatchObject({ name: "HumanError" });
  });
});

describe("without a folder", () => {
  it("every start makes a new CA", async () => {
    expect(serialNumbers(await start())).not.toEqual(serialNumbers(await start()));
  });
});

describe("with a folder", () => {
  it("the CA, the RA and the running number outlive a restart", async () => {
    const first = await start({ folder });
    expect(await enrol(first)).toBe(true);
    await first.stop();
    const second = await start({ folder });
    expect(serialNumbers(second)).toEqual(serialNumbers(first));
    expect(await enrol(second)).toBe(true);
    const issued = (await readdir(path.join(folder, "issued"))).toSorted();
    expect(issued).toHaveLength(2);
    expect(issued[0]).toMatch(/^6100000001[0-9a-f]{16}000000000001\.pem$/);
    expect(issued[1]).toMatch(/^6100000002[0-9a-f]{16}000000000002\.pem$/);
  });

  it("one-time passwords do not outlive a restart", async () => {
    const first = await start({ folder });
    await get(first.adminUrl);
    expect(first.passwords().free).toBe(4);
    await first.stop();
    expect((await start({ folder })).passwords().free).toBe(5);
  });

  it.skipIf(process.platform === "win32")("nobody else may read what is kept", async () => {
    await enrol(await start({ folder }));
    const files = await readdir(folder, { recursive: true, withFileTypes: true });
    const kept = files.filter((file) => file.isFile());
    expect(kept.map(({ name }) => name).toSorted()).toEqual([
      expect.stringMatching(/^6100000001.*\.pem$/),
      "authority.json",
      "number.txt",
    ]);
    for (const file of kept) expect((await stat(path.join(file.parentPath, file.name))).mode & 0o777).toBe(0o600);
  });

  it("two that begin in it at once have the same CA", async () => {
    const [one, other] = await Promise.all([start({ folder }), start({ folder })]);
    expect(serialNumbers(one)).toEqual(serialNumbers(other));
  });

  it("RA certificates that have ended are replaced, under the same CA", async () => {
    const first = await start({ folder });
    await first.stop();
    const now = new Date(Date.now() + 400 * 24 * 60 * 60_000);
    const second = await start({ folder, now: () => now });
    expect(second.certificates.issuingCa.serialNumber).toBe(first.certificates.issuingCa.serialNumber);
    expect(second.certificates.raSigning.serialNumber).not.toBe(first.certificates.raSigning.serialNumber);
    await second.stop();
    expect(serialNumbers(await start({ folder, now: () => now }))).toEqual(serialNumbers(second));
  });

  it("a CA that has ended is told, and kept", async () => {
    await start({ folder });
    const before = await readFile(path.join(folder, "authority.json"), "utf8");
    const now = new Date(Date.now() + 6 * 365 * 24 * 60 * 60_000);
    await expect(start({ folder, now: () => now })).rejects.toThrow(/has come to its end\. Delete the folder/);
    expect(await readFile(path.join(folder, "authority.json"), "utf8")).toBe(before);
  });

  it.each([
    ["authority.json", "{}", /authority\.json .* cannot be read/],
    ["authority.json", '{"raSigning":', /authority\.json .* cannot be read/],
    ["number.txt", "many", /number\.txt .* holds no number/],
  ])("a broken %s is told: %s", async (name, content, sentence) => {
    await writeFile(path.join(folder, name), content);
    await expect(start({ folder })).rejects.toThrow(sentence);
  });

  it("that is none is told, and the port is free again", async () => {
    const file = path.join(folder, "file");
    await writeFile(file, "");
    const { port } = await start();
    await running.pop()?.stop();
    const failed = start({ folder: file, port });
    await expect(failed).rejects.toThrow(`The responder cannot use its folder ${file}.`);
    expect((await start({ port })).port).toBe(port);
  });

  it("a certificate that cannot be kept is not handed out", async () => {
    const responder = await start({ folder });
    const levels: string[] = [];
    responder.onEvent(({ level }) => levels.push(level));
    await rm(path.join(folder, "issued"), { recursive: true });
    expect(await enrol(responder)).toBe(false);
    expect(levels).toContain("error");
  });
});

describe("stop", () => {
  it("frees the port, may be called twice, and ends what is under way", async () => {
    const responder = await start();
    await Promise.all([responder.stop(), responder.stop()]);
    await expect(exchange("GET", responder.url)).rejects.toMatchObject({ code: "ECONNREFUSED" });
    expect((await start({ port: responder.port })).port).toBe(responder.port);
  });
});
