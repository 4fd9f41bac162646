import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { isSessionFile, readSession, type SessionEntry, writeSession } from "../../../src/core/inspect/sessionFile.js";
import { inspectAll, nodesOf } from "../../support/inspection.js";
import { projectRoot } from "../../support/workbench.js";

async function entryOf(name: string): Promise<SessionEntry> {
  const bytes = new Uint8Array(await readFile(path.join(projectRoot, "samples/workspace", name)));
  const [first, ...others] = await inspectAll(bytes, name);
  if (!first) throw new Error(`${name} holds nothing.`);
  return { title: name, at: new Date("2026-11-22T14:02:11Z"), reports: [first, ...others] };
}

const written = (entries: readonly SessionEntry[], showSecrets: boolean): string =>
  [...writeSession(entries, { showSecrets })].join("");

describe("a session", () => {
  it("that was saved with its secrets is the same when it is opened again", async () => {
    const entries = [await entryOf("refused-CertRep.der"), await entryOf("request-utf8-challenge.csr")];
    const text = written(entries, true);
    expect(isSessionFile(new TextEncoder().encode(text))).toBe(true);
    const read = [...readSession(text)];
    expect(read).toEqual(entries);
    // What shared a buffer shares one again: ranges and bytes are told apart by it.
    const [report] = read[0]?.reports ?? [];
    expect(report?.structure?.bytes).toBe(report?.bytes);
  });

  it("takes bytes of a host that know how to become JSON by themselves", async () => {
    const entry = await entryOf("refused-CertRep.der");
    const report = { ...entry.reports[0], bytes: Buffer.from(entry.reports[0].bytes) };
    const [read] = readSession(written([{ ...entry, reports: [report] }], true));
    expect(read?.reports[0].bytes).toEqual(entry.reports[0].bytes);
  });

  it("without its secrets holds them nowhere: not in words, not in bytes, not in hex or base64", async () => {
    const entry = await entryOf("request-utf8-challenge.csr");
    const [secret] = nodesOf(entry.reports[0]).flatMap((node) => (node.secret === undefined ? [] : [node.secret]));
    if (secret === undefined) throw new Error("The sample has no challenge.");
    const text = written([entry], false);
    expect(text).not.toContain(secret);
    expect(text.toLowerCase()).not.toContain(Buffer.from(secret).toString("hex"));
    const [read] = readSession(text);
    const [report] = read?.reports ?? [];
    expect(Buffer.from(report?.bytes ?? []).toString("latin1")).not.toContain(secret);
    expect(report?.bytes.length).toBe(entry.reports[0].bytes.length);
    expect(report && nodesOf(report).some((node) => node.secret !== undefined)).toBe(false);
    expect(written([entry], true)).toContain(secret);
  });

  it("without secrets has no private key in it", async () => {
    const { privateKey } = (await import("node:crypto")).generateKeyPairSync("rsa", { modulusLength: 1024 });
    const der = new Uint8Array(privateKey.export({ type: "pkcs8", format: "der" }));
    const [report] = await inspectAll(der, "device.key");
    if (!report) throw new Error("A key gave no report.");
    const [read] = readSession(written([{ title: "device.key", at: new Date(0), reports: [report] }], false));
    expect(read?.reports[0].bytes.every((octet) => octet === 0)).toBe(true);
  });

  it.each([
    ["", /Line 1 of this session cannot be read/],
    ['{"format":"something else"}\n', /This is no session of SCEP Workbench/],
    ['{"format":"scep-workbench session","version":2}\n', /saved by a later version .*Update the extension/],
    ['{"format":"scep-workbench session","version":1}\n{"title":"x"}\n', /Line 2 of this session cannot be read/],
    ['{"format":"scep-workbench session","version":1}\n{"title":\n', /Line 2 .* Save the session again\./],
  ])("that is none, or damaged, is told in a sentence: %j", (text, sentence) => {
    expect(() => [...readSession(text)]).toThrow(sentence);
  });

  it("with something else in the place of a report is damaged, whatever it is", async () => {
    const [head = "", line = ""] = written([await entryOf("refused-CertRep.der")], true).split("\n");
    const entry = JSON.parse(line) as { reports: Record<string, unknown>[] };
    for (const change of [
      { verdict: null },
      { root: { id: 1 } },
      { bytes: "" },
      { contains: [{}] },
      { structure: {} },
    ]) {
      const changed = { ...entry, reports: [{ ...entry.reports[0], ...change }] };
      expect(() => [...readSession(`${head}\n${JSON.stringify(changed)}\n`)]).toThrow(/Line 2/);
    }
  });
});
