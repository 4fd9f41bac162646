import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundleHosts } from "../../../esbuild.config.mjs";
import { runProgram } from "../../support/programs.js";

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
