import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundleHosts } from "../../../esbuild.config.mjs";
import { writePem } from "../../../src/core/asn1/pem.js";
import { encryptPrivateKey } from "../../../src/core/crypto/encryptPrivateKey.js";
import { nodeCrypto } from "../../../src/node/nodeCrypto.js";
import { isInstalled, runProgram } from "../../support/programs.js";

let folder = "";
let program = "";

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "scep-program-"));
  const { files } = await bundleHosts({ production: true });
  for (const [name, content] of files) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  program = path.join(folder, "cli.js");
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("the bundled program", () => {
  it("shows its help", async () => {
    const { status, stdout, stderr } = await runProgram(process.execPath, [program, "--help"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout.toString()).toMatch(/^Usage: scep-workbench COMMAND/);
  });

  it("decodes standard input", async () => {
    const { status, stdout } = await runProgram(process.execPath, [program, "decode", "-", "--json"], {
      input: "AES\nSHA-256\n",
    });
    expect(status).toBe(0);
    expect(JSON.parse(stdout.toString())).toMatchObject({ artifacts: [{ kind: "caCapabilities" }] });
  });

  it("ends quietly when its reader has seen enough", async () => {
    const child = spawn(process.execPath, [program, "enroll", "--help"], { stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.destroy();
    let stderr = "";
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    const status = await new Promise((resolve) => child.once("close", resolve));
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });

  it.each(["SIGINT", "SIGTERM"] as const)("serves until %s, says where, and enrols with itself", async (signal) => {
    const args = [program, "serve", "--port", "0", "--challenge", "8CE317021F690069"];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
    let stdout = "";
    let stderr = "";
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    try {
      await new Promise<void>((resolve, reject) => {
        child.once("close", () => reject(new Error(`serve ended: ${stderr}`)));
        child.stdout.on("data", (chunk: Buffer) => {
          stdout += chunk.toString();
          if (stdout.includes("\n")) resolve();
        });
      });
      const url = /http:\S+\/mscep\.dll/.exec(stdout)?.[0] ?? "";
      const enrolled = await runProgram(
        process.execPath,
        [
          program,
          "enroll",
          url,
          "--subject",
          "CN=a",
          "--challenge-stdin",
          "--key-out",
          path.join(folder, `${signal}.key`),
        ],
        { input: "8CE317021F690069\n" },
      );
      expect(enrolled.stderr).toMatch(/^Issued: CN=a, serial /);
      expect(enrolled.status).toBe(0);
      expect(enrolled.stdout.toString()).toMatch(/^-----BEGIN CERTIFICATE-----/);
    } finally {
      child.kill(signal);
    }
    expect({ status: await ended, lines: stdout.split("\n").length, stderr }).toEqual({
      status: 0,
      lines: 2,
      stderr: "",
    });
  });
});

const hasScript = process.platform === "linux" && isInstalled("script");

describe.skipIf(!hasScript)("the bundled program at a terminal (needs script of util-linux)", () => {
  const passphrase = "open sesame";
  beforeAll(async () => {
    const { pkcs8 } = await nodeCrypto.generateCurveKeyPair("P-256");
    const closed = await encryptPrivateKey(nodeCrypto, pkcs8, passphrase);
    await writeFile(path.join(folder, "closed.key"), writePem("ENCRYPTED PRIVATE KEY", closed));
  });

  /** Runs a command at a pseudo terminal, types the answer when it asks, and gives what the screen showed. */
  async function atTerminal(command: string, answer: string, env: NodeJS.ProcessEnv = {}): Promise<string> {
    const line = `"${process.execPath}" "${program}" ${command}`;
    const { CI: _, ...inherited } = process.env;
    const child = spawn("script", ["-qec", line, "/dev/null"], { cwd: folder, env: { ...inherited, ...env } });
    let screen = "";
    let answered = false;
    child.stdout.on("data", (chunk: Buffer) => {
      screen += chunk.toString();
      if (answered || !screen.includes("empty to go on without): ")) return;
      answered = true;
      child.stdin.write(answer);
    });
    await new Promise((resolve) => child.once("close", resolve));
    child.stdin.destroy();
    return screen;
  }

  it("asks for a passphrase that something wants, without an echo", async () => {
    const screen = await atTerminal("decode closed.key", `${passphrase}\r`);
    expect(screen).toContain("Passphrase of closed.key");
    expect(screen).toContain("the given passphrase");
    expect(screen).not.toContain(passphrase);
    expect(screen).not.toContain("none is given");
  });

  it("goes on without one where the answer is empty", async () => {
    const screen = await atTerminal("decode closed.key", "\r");
    expect(screen.split("Passphrase of")).toHaveLength(2);
    expect(screen).toContain("none is given");
  });

  it("asks nobody on a build server, nor where JSON goes into a file", async () => {
    const ci = await atTerminal("decode closed.key", "\r", { CI: "true" });
    expect(ci).not.toContain("Passphrase of");
    expect(ci).toContain("none is given");
    const json = await atTerminal("decode --json closed.key > closed.json", "\r");
    expect(json).not.toContain("Passphrase of");
    expect(await readFile(path.join(folder, "closed.json"), "utf8")).toContain("none is given");
  });
});
