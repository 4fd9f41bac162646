import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { readPrivateKey } from "../../src/core/crypto/privateKey.js";
import { enroll } from "../../src/core/scep/client.js";
import { serverWithDefaults } from "../../src/core/scep/server.js";
import { createHttpTransport } from "../../src/node/http/httpTransport.js";
import { nodeCrypto } from "../../src/node/nodeCrypto.js";
import type { BenchRow, BenchWork } from "../support/benchRow.js";
import { isInstalled, runProgram } from "../support/programs.js";
import { scepserverMissing, startScepserver } from "../support/scepserver.js";
import { projectRoot } from "../support/workbench.js";

/** Runs a program to its end; fails where it does. */
async function program(command: string, args: readonly string[], cwd: string): Promise<void> {
  const { status, stdout, stderr } = await runProgram(command, args, { cwd });
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}${stdout.toString()}`);
}

/** A scepserver and a key that every enrolment uses, so that making keys is nobody's advantage. */
async function sameServer(
  ours: (server: { url: string; challenge: string; folder: string; key: string }) => () => Promise<void>,
): Promise<BenchWork | { cannotRun: string }> {
  const missing = scepserverMissing() ?? (isInstalled("scepclient") ? undefined : "scepclient is not installed.");
  if (missing !== undefined) return { cannotRun: missing };
  const server = await startScepserver();
  const folder = await mkdtemp(path.join(tmpdir(), "scep-workbench-bench-"));
  const key = path.join(folder, "client.key");
  await program("openssl", ["genrsa", "-traditional", "-out", key, "2048"], folder);
  return {
    ours: ours({ ...server, folder, key }),
    async peer() {
      const url = `-server-url=${server.url}`;
      const args = [
        "-private-key",
        key,
        "-certificate",
        "client.pem",
        url,
        `-challenge=${server.challenge}`,
        "-cn",
        "dev",
      ];
      await program("scepclient", args, folder);
      // With a certificate at hand it would renew, and with a request it would send that one again.
      await Promise.all(
        ["client.pem", "csr.pem", "self.pem"].map((name) => rm(path.join(folder, name), { force: true })),
      );
    },
    async end() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const peerName = "scepclient, from start to exit";

export const rows: readonly BenchRow[] = [
  {
    name: "one enrolment at scepserver by the command, from start to exit",
    peerName,
    runs: 9,
    prepare: () =>
      sameServer(({ url, challenge, folder, key }) => async () => {
        const cli = path.join(projectRoot, "dist/cli.js");
        const asked = ["--subject", "CN=dev", "--challenge", challenge, "--key", key];
        await program(process.execPath, [cli, "enroll", url, ...asked, "--out", folder, "--force"], folder);
      }),
  },
  {
    name: "one enrolment at scepserver in a running VS Code's host",
    peerName,
    runs: 9,
    prepare: () =>
      sameServer(({ url, challenge, key }) => async () => {
        const request = {
          kind: "new",
          subject: "CN=dev",
          challenge: { text: challenge },
          key: readPrivateKey(await readFile(key)),
        } as const;
        const input = { server: serverWithDefaults(url), request };
        const { status, sentence } = await enroll(input, { crypto: nodeCrypto, transport: createHttpTransport() });
        if (status !== "issued") throw new Error(sentence);
      }),
  },
];
