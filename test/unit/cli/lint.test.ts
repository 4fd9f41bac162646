import { mkdir, mkdtemp, open, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readPem } from "../../../src/core/asn1/pem.js";
import { rules } from "../../../src/core/inspect/rules/all.js";
import { badRequests } from "../../support/badRequests.js";
import { runCommand } from "../../support/commandLine.js";

const corpus = path.join(import.meta.dirname, "../../corpus/requests");
const file = (name: string): string => path.join(corpus, `${name}.csr`);
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "scep-lint-"));
  await mkdir(path.join(folder, "site a/below"), { recursive: true });
  await mkdir(path.join(folder, "node_modules"));
  await writeFile(path.join(folder, "site a/good.csr"), await readFile(file("key/rsa2048")));
  await writeFile(path.join(folder, "site a/below/bad.csr"), await readFile(file("challenge/utf8only")));
  await writeFile(path.join(folder, "site a/readme.txt"), "nothing here\n");
  await writeFile(path.join(folder, "node_modules/other.csr"), await readFile(file("key/rsa1024")));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** As far as these tests look into a SARIF log. */
interface Sarif {
  readonly version: string;
  readonly runs: readonly {
    readonly tool: {
      readonly driver: {
        readonly name: string;
        readonly rules: readonly { readonly id: string; readonly help: { readonly text: string } }[];
      };
    };
    readonly artifacts: readonly { readonly location: { readonly uri: string } }[];
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly locations: readonly {
        readonly physicalLocation: {
          readonly artifactLocation: { readonly uri: string; readonly index: number };
          readonly region: Readonly<Record<string, number>>;
        };
      }[];
    }[];
  }[];
}

describe("lint", () => {
  it("prints what compilers print, with what to do, and ends with 2 where there is an error", async () => {
    const { status, out, err } = await runCommand(["lint", file("challenge/utf8only")]);
    expect(status).toBe(2);
    expect(err).toBe("");
    expect(out).toMatch(/utf8only\.csr:1: CN=dev7\.example\.com · RSA 2048\n/);
    expect(out).toMatch(
      /utf8only\.csr:\d+:\d+: error: The challengePassword is a UTF8String.* \[csr\.challenge\.stringType\]\n {4}Send/,
    );
    expect(out).toMatch(/\n1 request: 1 error, 0 warnings, 0 notes\.\n$/);
    expect(out).not.toContain("8CE317021F690069");
  });

  it("ends with 0 where there is none, be it only because of the target", async () => {
    expect(await runCommand(["lint", file("key/rsa2048")])).toMatchObject({
      status: 0,
      out: expect.stringMatching(/nothing is wrong\n1 request: 0 errors, 0 warnings, 0 notes\.\n$/) as string,
    });
    const { status, out } = await runCommand(["lint", "--target", "rfc8894", file("challenge/utf8only")]);
    expect(status).toBe(0);
    expect(out).toContain("warning: ");
  });

  it("looks through a folder with all below it, but not into node_modules, and leaves out what holds no request", async () => {
    const { status, out, err } = await runCommand(["lint", folder, "--json"]);
    expect({ status, err }).toEqual({ status: 2, err: "" });
    const { artifacts, summary } = JSON.parse(out) as { artifacts: { source: string }[]; summary: unknown };
    expect(artifacts.map(({ source }) => path.relative(folder, source))).toEqual([
      path.join("site a", "below", "bad.csr"),
      path.join("site a", "good.csr"),
    ]);
    expect(summary).toMatchObject({ errors: 1, warnings: 0, infos: 0 });
  });

  it("tells of two files with one key and two subjects", async () => {
    const two = path.join(folder, "two");
    await mkdir(two);
    const pem = readPem(await readFile(file("key/shared-by-two"), "latin1"));
    await Promise.all(pem.map(({ der }, index) => writeFile(path.join(two, `${index}.der`), der)));
    const { out } = await runCommand(["lint", two]);
    expect(out.match(/csr\.key\.shared/g)).toHaveLength(2);
    await rm(two, { recursive: true });
  });

  it.each([
    ["--json", { target: "ndes", artifacts: [], summary: { artifacts: 0, errors: 0, warnings: 0, infos: 0 } }],
    ["--sarif", { version: "2.1.0", runs: [{ results: [], artifacts: [], tool: { driver: { rules: [] } } }] }],
  ])("writes lists without members for a folder in which there is nothing: %s", async (form, expected) => {
    const nothing = path.join(folder, "nothing");
    await mkdir(nothing);
    const { status, out } = await runCommand(["lint", form, nothing]);
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject(expected);
    expect(out).toBe(`${JSON.stringify(JSON.parse(out), null, 2)}\n`);
    await rm(nothing, { recursive: true });
  });

  it("reads standard input", async () => {
    const stdin = await readFile(file("signature/sha1"));
    const { status, out } = await runCommand(["lint", "-"], { stdin });
    expect(status).toBe(0);
    expect(out).toMatch(/^standard input:1: .*\nstandard input:\d+:\d+: warning: /);
  });

  it("says of a file that is named and holds no request that it holds none, and goes on", async () => {
    const empty = path.join(folder, "empty.txt");
    await writeFile(empty, "");
    const { status, out, err } = await runCommand(["lint", empty, path.join(folder, "none"), file("key/rsa2048")]);
    expect(status).toBe(1);
    expect(err).toMatch(/empty\.txt holds no/);
    expect(err).toMatch(/There is no file .*none\. Check/);
    expect(out).toContain("1 request");
    await rm(empty);
  });

  it.each(badRequests)("says what is wrong with $what, and nothing else happens", async ({ name, codes }) => {
    const { status, out, err } = await runCommand(["lint", "--json", file(name)]);
    const { artifacts } = JSON.parse(out) as { artifacts: { findings: { code: string; severity: string }[] }[] };
    const findings = artifacts.flatMap((artifact) => artifact.findings);
    expect(findings.map(({ code }) => code).toSorted()).toEqual(codes.toSorted());
    expect(status).toBe(findings.some(({ severity }) => severity === "error") ? 2 : 0);
    expect(err).toBe("");
  });

  it("finds the one block at the end of a file of 100 MB", async () => {
    const large = path.join(folder, "large.log");
    const lines = Buffer.from(`${"x".repeat(79)}\n`.repeat(12_500));
    const handle = await open(large, "w");
    for (let written = 0; written < 100_000_000; written += lines.length) await handle.write(lines);
    await handle.write(await readFile(file("signature/sha1")));
    await handle.close();
    const { status, out, err } = await runCommand(["lint", large]);
    await rm(large);
    expect(out).toContain(`${large}:1250001: CN=dev7.example.com · RSA 2048`);
    expect(out).toContain("[csr.signature.weakDigest]");
    expect({ status, err }).toEqual({ status: 0, err: "" });
  });

  it("refuses two forms at once", async () => {
    expect(await runCommand(["lint", folder, "--json", "--sarif"])).toMatchObject({
      status: 1,
      err: "scep-workbench: --json and --sarif exclude each other.\n",
    });
  });

  it("writes a SARIF log that a CI can show: rules with their text, places in bytes and lines, addresses that are URIs", async () => {
    const { status, out } = await runCommand(["lint", folder, file("encoding/der-with-zeros-behind"), "--sarif"]);
    expect(status).toBe(2);
    const log = JSON.parse(out) as Sarif;
    expect(log.version).toBe("2.1.0");
    const [run] = log.runs;
    if (!run || log.runs.length !== 1) throw new Error("A log has one run.");
    const { rules: described } = run.tool.driver;
    for (const { id, help } of described) {
      expect(help.text).toContain(rules.find(({ code }) => code === id)?.remedy);
    }
    expect(run.results.length).toBeGreaterThanOrEqual(2);
    for (const { ruleId, ruleIndex, level, message, locations } of run.results) {
      expect(described[ruleIndex]?.id).toBe(ruleId);
      expect(["error", "warning", "note"]).toContain(level);
      expect(message.text).toMatch(/\.$/);
      const { artifactLocation, region } = locations[0]?.physicalLocation ?? {};
      expect(run.artifacts[artifactLocation?.index ?? -1]?.location.uri).toBe(artifactLocation?.uri);
      expect(artifactLocation?.uri).toMatch(/^file:\/\/\/\S+$/);
      expect(region?.["byteLength"]).toBeGreaterThan(0);
    }
    const bad = run.results.find(({ ruleId }) => ruleId === "csr.challenge.stringType");
    const place = bad?.locations[0]?.physicalLocation;
    expect(place?.artifactLocation.uri).toMatch(/site%20a\/below\/bad\.csr$/);
    const text = await readFile(path.join(folder, "site a/below/bad.csr"), "utf8");
    const { byteOffset = 0, startLine = 0, startColumn = 0 } = place?.region ?? {};
    const lines = text.slice(0, byteOffset).split("\n");
    expect([startLine, startColumn]).toEqual([lines.length, (lines.at(-1) ?? "").length + 1]);
  });
});
