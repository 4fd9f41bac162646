import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recognise } from "../../../src/core/inspect/recognise.js";
import { clientMessage } from "../../support/clientMessage.js";
import { OpensslFolder } from "../../support/opensslProgram.js";
import { isInstalled, runProgram } from "../../support/programs.js";
import { makeIdentity } from "../../support/testIdentity.js";

/** A message with a run of equal octets in it, so that programs put a `*` in its place, and of an odd length. */
let message: Uint8Array;
let folder: OpensslFolder;

beforeAll(async () => {
  folder = new OpensslFolder();
  const ca = await makeIdentity("CN=Test CA");
  const content = new Uint8Array(501);
  message = (await clientMessage(ca.certificate, { content })).der;
  if (message.length % 2 === 0) message = (await clientMessage(ca.certificate, { content: new Uint8Array(502) })).der;
  folder.write("message.der", message);
});

afterAll(() => folder.remove());

const dumps: readonly string[] = [
  "xxd",
  "xxd -g 1",
  "xxd -u -c 24",
  "xxd -e",
  "xxd -p",
  "xxd -i",
  "xxd -a",
  "hexdump -C",
  "hexdump",
  "hexdump -v -C",
  "hexdump -c",
  "hexdump -b",
  "od",
  "od -x",
  "od -t x1",
  "od -A x -t x1z",
  "od -A d -t x1",
  "od -A n -v -t x1",
  "od -A x -t x2 --endian=big",
  "od -A x -t x4",
  "od -c",
  "od -b",
  "od -A d -c",
  "od -A x -v -b",
  "od -A n -v -c",
  "od -A n -v -b",
];

describe("a dump that a program prints gives the message back, every byte of it", () => {
  it.for(dumps)("%s", async (command, context) => {
    const [program = "", ...args] = command.split(" ");
    context.skip(!isInstalled(program), `${program} is not installed.`);
    const { stdout } = await runProgram(program, [...args, "message.der"], { cwd: folder.path });
    expect(stdout.length).toBeGreaterThan(message.length);
    const artifacts = recognise(new Uint8Array(stdout), "dump.txt");
    expect(artifacts).toMatchObject([{ kind: "pkiMessage", source: { name: "dump.txt" }, wrapping: [] }]);
    expect(Buffer.from(artifacts[0]?.bytes ?? []).equals(message)).toBe(true);
  });
});
