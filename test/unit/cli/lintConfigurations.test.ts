import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCommand } from "../../support/commandLine.js";

describe("lint of configurations", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "lint-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function lint(name: string, content: string): Promise<{ status: number; lines: readonly string[] }> {
    const file = path.join(folder, name);
    await writeFile(file, content);
    const { status, out } = await runCommand(["lint", file]);
    const lines = out.split("\n").filter((line) => line.startsWith(file));
    return { status, lines: lines.map((line) => line.slice(file.length)) };
  }

  it("tells line and column in characters, whatever letters stand before", async () => {
    const found = await lint(
      "req.cnf",
      "# Zürich €\n[ req ]\ndistinguished_name = dn\nprompt = no\n[ dn ]\nO = Zürich\n",
    );
    expect(found).toEqual({ status: 0, lines: [":1: OpenSSL configuration: nothing is wrong"] });
    const weak = await lint("weak.cnf", "[ req ]\ndistinguished_name = dn # ü\ndefault_md = md5\n[ dn ]\nCN = é\n");
    expect(weak.lines[1]).toMatch(/^:3:14: warning: .*opensslConf\.digest\.weak/);
  });

  it("ends with status 2 where a request would be refused", async () => {
    const { status, lines } = await lint(
      "old.cnf",
      "[ req ]\ndefault_bits = 1024\ndistinguished_name = dn\nprompt = no\n[ dn ]\nCN = a\n",
    );
    expect({ status, lines: lines.length }).toEqual({ status: 2, lines: 2 });
  });

  it("looks for the files of an sscep.conf in its own folder", async () => {
    await writeFile(path.join(folder, "there.crt"), "");
    const { lines } = await lint(
      "sscep.conf",
      "[sscep]\nURL = http://ca/x\nCACertFile = there.crt\n[sscep_enroll]\nPrivateKeyFile = gone.key\nCertReqFile = ./there.crt\nLocalCertFile = l\n",
    );
    expect(lines.slice(1)).toEqual([
      expect.stringMatching(/^:5:18: warning: PrivateKeyFile names gone\.key, which is not there/),
    ]);
  });
});
