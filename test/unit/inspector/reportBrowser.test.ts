import { generateKeyPairSync } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toHex } from "../../../src/core/asn1/hex.js";
import { ReportBrowser } from "../../../src/core/inspect/browse/reportBrowser.js";
import type { ReportNode } from "../../../src/core/inspect/report.js";
import { readSession } from "../../../src/core/inspect/sessionFile.js";
import { inspectAll } from "../../support/inspection.js";
import { type InspectorSamples, inspectorSamples } from "../../support/inspectorSamples.js";
import { largeCrl } from "../../support/largeCrl.js";

let samples: InspectorSamples;

beforeAll(async () => {
  samples = await inspectorSamples();
});

afterAll(() => rm(path.dirname(samples.folder), { recursive: true, force: true }));

const top = [0];

async function browserOf(name: string): Promise<ReportBrowser> {
  const bytes = new Uint8Array(await readFile(path.join(samples.folder, name)));
  return new ReportBrowser(name, await inspectAll(bytes, name));
}

async function sessionBrowser(name: string): Promise<ReportBrowser> {
  const text = await readFile(path.join(samples.folder, name), "utf8");
  return new ReportBrowser(
    name,
    [...readSession(text)].flatMap(({ reports }) => reports),
  );
}

/** The ids of a browser's first tree, by their labels. */
function idOf(browser: ReportBrowser, label: string): string {
  const found = browser.view({ report: top }).children.find((line) => line.label === label);
  if (!found) throw new Error(`There is no ${label}.`);
  return found.id;
}

describe("a refusal by NDES", () => {
  it("begins with what refused it, and tells the bytes that say so", async () => {
    const browser = await browserOf(samples.failure);
    const view = browser.view({ report: top });
    expect(view.verdict.headline).toBe("FAILURE badRequest · 0x80070490");
    expect(view.encoding).toBe("DER");
    const details = browser.details({ report: top, id: view.evidence.id });
    expect(view.first).toMatchObject({
      match: view.evidence,
      location: browser.locate({ report: top, id: view.evidence.id }),
      details,
      bytes: { buffer: details.place?.buffer, start: 0 },
    });
    expect(details).toMatchObject({
      label: "NDES error",
      path: ["CertRep", "NDES error"],
      citation: "1.3.6.1.4.1.311.21.33 szOID_ENROLL_SCEP_ERROR",
      asn1: { type: "SEQUENCE", form: "constructed", headerLength: 2 },
      findings: [{ code: "ndes.scepError" }],
    });
    const { place } = details;
    expect(place && toHex(browser.bytes(place).bytes)).toMatch(
      /^301a06092b060104018237152131.*2d32313437303233373238$/,
    );
  });

  it("begins with the node that is wanted, and with the evidence where that is gone", async () => {
    const browser = await browserOf(samples.failure);
    const id = idOf(browser, "pkiStatus");
    const { overview, view } = browser.begin({ wanted: { report: top, id } });
    expect(overview).toEqual(browser.overview());
    expect(view.first).toMatchObject({ match: { id }, details: { label: "pkiStatus" } });
    const { evidence } = view;
    expect(evidence.id).not.toBe(id);
    for (const wanted of [
      { report: top, id: "nowhere" },
      { report: [0, 99], id },
    ]) {
      expect(browser.begin({ wanted }).view.first.match).toEqual(evidence);
    }
    expect(browser.begin({}).view.first.match).toEqual(evidence);
  });

  it("leads from a byte to the smallest field that holds it, and within the structure to the value", async () => {
    const browser = await browserOf(samples.failure);
    const id = idOf(browser, "pkiStatus");
    const place = browser.details({ report: top, id }).place ?? { buffer: 0, start: 0, end: 0 };
    const at = (near: string): string | undefined =>
      browser.nodeAt({ report: top, buffer: place.buffer, offset: place.start, near })?.id;
    expect(at(id)).toBe(id);
    const structure = idOf(browser, "structure");
    const inner = at(structure) ?? "";
    expect(inner).toContain(`${structure}/`);
    const { steps } = browser.locate({ report: top, id: inner });
    expect(steps.length).toBeGreaterThan(4);
    expect(steps.at(-1)?.id).toBe(inner);
    let above = browser.view({ report: top }).root.id;
    for (const { id: step, index } of steps) {
      expect(browser.children({ report: top, id: above, from: index, count: 1 }).rows[0]?.id).toBe(step);
      above = step;
    }
  });

  it.each([
    ["failinfo", "failInfo"],
    ["badRequest", "failInfo"],
    ["2.16.840.1.113733.1.9.3", "attrType"],
    ["ndes.scepError", "NDES error"],
  ])("is searched for %s and finds %s", async (text, label) => {
    const browser = await browserOf(samples.failure);
    const { matches } = await browser.search({ report: top, text });
    const labels = matches.map(({ id }) => browser.details({ report: top, id }).label);
    expect(labels).toContain(label);
  });

  it("is searched for bytes, however they are spelled", async () => {
    const browser = await browserOf(samples.failure);
    for (const text of ["2d32313437", "0x2d32313437", "2D 32 31 34 37", "2d:32:31:34:37"]) {
      const { matches } = await browser.search({ report: top, text });
      const { place } = matches.at(-1) ?? {};
      expect(place && toHex(browser.bytes(place).bytes)).toBe("2d32313437");
    }
    expect((await browser.search({ report: top, text: "no such thing" })).matches).toEqual([]);
  });

  it("is copied in every form", async () => {
    const browser = await browserOf(samples.failure);
    const ref = { report: top, id: idOf(browser, "pkiStatus") };
    const hex = browser.copy({ ...ref, form: "hex" }).text;
    expect(hex).toBe("3011060a6086480186f845010903310313 0132".replaceAll(" ", ""));
    expect(Buffer.from(browser.copy({ ...ref, form: "base64" }).text, "base64").toString("hex")).toBe(hex);
    expect(browser.copy({ ...ref, form: "pem" }).text).toMatch(/^-----BEGIN DATA-----\n/);
    expect(browser.copy({ ...ref, form: "c" }).text).toMatch(
      /^static const unsigned char data\[19\] = \{\n  0x30, 0x11,/,
    );
    expect(browser.copy({ ...ref, form: "path" }).text).toBe("CertRep > pkiStatus");
    expect(browser.copy({ ...ref, form: "value" }).text).toContain("2");
  });

  it("says what is gone in a sentence", async () => {
    const browser = await browserOf(samples.failure);
    expect(() => browser.details({ report: top, id: "nowhere" })).toThrow(/no longer there\. Open the file again\./);
    expect(() => browser.view({ report: [7] })).toThrow(/no longer there\. Open the file again\./);
    expect(() => browser.bytes({ buffer: 99, start: 0, end: 1 })).toThrow(/no longer there/);
  });
});

describe("a message that is cut", () => {
  it("leads to the value in which it ends", async () => {
    const browser = await browserOf(samples.cut);
    const { evidence, findings, root } = browser.view({ report: top });
    expect(findings[0]?.code).toBe("asn1.truncated");
    expect(evidence.id).not.toBe(root.id);
    expect(browser.details({ report: top, id: evidence.id }).path).toContain("structure");
  });
});

describe("secrets", () => {
  it("come as nothing until somebody asks for them", async () => {
    const browser = await browserOf(samples.request);
    const { buffers, findings } = browser.view({ report: top });
    const whole = { buffer: buffers[0]?.id ?? 0, start: 0, end: buffers[0]?.length ?? 0 };
    const before = browser.bytes(whole);
    expect(Buffer.from(before.bytes).toString("latin1")).not.toContain(samples.challenge);
    expect(before.masked.length).toBeGreaterThan(0);
    for (const text of [samples.challenge, Buffer.from(samples.challenge).toString("hex")]) {
      expect((await browser.search({ report: top, text })).matches).toEqual([]);
    }
    expect(JSON.stringify([findings, browser.unfold({ report: top, id: "request", levels: 64 })])).not.toContain(
      samples.challenge,
    );

    const id = idOf(browser, "challengePassword");
    expect(browser.copy({ report: top, id, form: "value" }).text).not.toContain(samples.challenge);
    expect(browser.reveal({ report: top, id })).toEqual({ secret: samples.challenge });
    expect(Buffer.from(browser.bytes(whole).bytes).toString("latin1")).toContain(samples.challenge);
    expect(browser.copy({ report: top, id, form: "value" }).text).toBe(samples.challenge);
  });
});

describe("a private key", () => {
  it("shows none of its bytes, in no form, until somebody asks", async () => {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 1024 });
    const der = new Uint8Array(privateKey.export({ type: "pkcs8", format: "der" }));
    const browser = new ReportBrowser("device.key", await inspectAll(der, "device.key"));
    const { root, buffers } = browser.view({ report: top });
    const whole = { buffer: buffers[0]?.id ?? 0, start: 0, end: der.length };
    expect(browser.bytes(whole).bytes.every((octet) => octet === 0)).toBe(true);
    expect(browser.details({ report: top, id: root.id })).toMatchObject({ secret: true, hidden: true });
    for (const form of ["hex", "base64", "pem", "c"] as const) {
      expect(() => browser.copy({ report: top, id: root.id, form })).toThrow(/Reveal them first/);
    }
    browser.reveal({ report: top, id: root.id });
    expect(browser.bytes(whole).bytes).toEqual(der);
    expect(browser.details({ report: top, id: root.id }).hidden).toBe(false);
  });
});

describe("a list of 100,000 entries", () => {
  it("comes by pages, its last entry as soon as its first, and is searched to its end", async () => {
    const browser = new ReportBrowser("large.crl", await inspectAll(largeCrl(100_000), "large.crl"));
    const structure = idOf(browser, "structure");
    let id = structure;
    let count = 0;
    for (const label of ["tbsCertList", "revokedCertificates"]) {
      const found = browser.children({ report: top, id, from: 0, count: 20 }).rows.find((line) => line.label === label);
      id = found?.id ?? "";
      count = found?.childCount ?? 0;
    }
    expect(count).toBe(100_000);
    const [last] = browser.children({ report: top, id, from: 99_999, count: 10 }).rows;
    const { steps, place } = browser.locate({ report: top, id: last?.id ?? "" });
    expect(steps.at(-1)?.index).toBe(99_999);
    expect(
      place && browser.nodeAt({ report: top, buffer: place.buffer, offset: place.start, near: structure })?.id,
    ).toBe(last?.id);
    const serial = `${"5a".repeat(15)}0001869f`;
    const { matches } = await browser.search({ report: top, text: serial });
    expect(matches.map((match) => browser.locate({ report: top, id: match.id }).steps.at(-2)?.index)).toContain(99_999);
  });
});

describe("an encoding in which nothing waits to be told", () => {
  it("is not looked into before somebody asks, and answers the same as one that was", async () => {
    const bytes = largeCrl(300);
    const [report] = await inspectAll(bytes, "small.crl");
    if (!report?.structure) throw new Error("The list has no structure.");
    const { isPlain, ...structure } = report.structure;
    expect(isPlain).toBe(true);
    const read: string[] = [];
    const watched = report.root.children.map((node): ReportNode => {
      const { children } = node;
      return Object.defineProperty({ ...node }, "children", { get: () => (read.push(node.label), children) });
    });
    const patient = new ReportBrowser("small.crl", [{ ...report, root: { ...report.root, children: watched } }]);
    const hurried = report.root.children.map((node): ReportNode => {
      const { plainCount: _, ...parts } = node;
      return parts;
    });
    const eager = new ReportBrowser("small.crl", [
      { ...report, structure, root: { ...report.root, children: hurried } },
    ]);
    expect(patient.begin({})).toEqual(eager.begin({}));
    expect(read).toContain("issuer");
    expect(read).not.toContain("structure");
    expect(read).not.toContain("revokedCertificates");
    const id = idOf(patient, "structure");
    const ids = [id, idOf(patient, "revokedCertificates")];
    for (const above of ids) {
      const rows = patient.children({ report: top, id: above, from: 0, count: 1000 });
      expect(rows).toEqual(eager.children({ report: top, id: above, from: 0, count: 1000 }));
      ids.push(...rows.rows.filter(({ childCount }) => childCount > 0).map((row) => row.id));
    }
    expect(ids.length).toBeGreaterThan(300);
    for (let offset = 0; offset < bytes.length; offset += 97) {
      for (const near of [id, "crl"]) {
        const ask = { report: top, buffer: 0, offset, near };
        const asked = new ReportBrowser("small.crl", [report]);
        asked.begin({});
        expect(asked.nodeAt(ask)).toEqual(eager.nodeAt(ask));
        expect(patient.nodeAt(ask)).toEqual(eager.nodeAt(ask));
      }
    }
    const ninth = { report: top, id: "crl/revokedCertificates/9" };
    const wanted = new ReportBrowser("small.crl", [report]).begin({ wanted: ninth });
    expect(wanted).toEqual(eager.begin({ wanted: ninth }));
    expect(wanted.view.first.location.steps).toHaveLength(2);
    for (const text of ["serialnumber", "5a5a5a5a0000012b", "sha256"]) {
      expect(await patient.search({ report: top, text })).toEqual(await eager.search({ report: top, text }));
    }
  });

  it("is none where something is secret", async () => {
    const isPlain = async (name: string): Promise<boolean | undefined> => {
      const [report] = await inspectAll(new Uint8Array(await readFile(path.join(samples.folder, name))), name);
      return report?.structure?.isPlain;
    };
    expect(await isPlain(samples.request)).toBe(false);
    expect(await isPlain(samples.failure)).toBe(true);
  });
});

describe("twelve exchanges", () => {
  it("are a picture between client, RA and CA, in the order in which they began", async () => {
    const browser = await sessionBrowser(samples.twelve);
    const { picture, artifacts } = browser.overview();
    expect(artifacts.map(({ status }) => status)).toEqual(["ok", "error", "error", "error"]);
    expect(picture?.lanes.map(({ label }) => label)).toEqual(["Client", "RA", "CA"]);
    expect(picture?.exchanges.map(({ operation }) => operation)).toEqual(
      Array.from({ length: 4 }, () => ["GetCACaps", "GetCACert", "PKCSReq"]).flat(),
    );
    const [, , issued] = picture?.exchanges ?? [];
    expect(issued).toMatchObject({ status: "ok", outcome: "SUCCESS", issuedBy: "Lab Issuing CA" });
    expect(picture?.exchanges.filter(({ issuedBy }) => issuedBy !== undefined)).toHaveLength(1);
  });

  it("in a capture of the wire are the same picture", async () => {
    const browser = await browserOf(samples.capture);
    const { picture } = browser.overview();
    expect(picture?.lanes.map(({ label }) => label)).toEqual(["Client", "RA", "CA"]);
    expect(
      picture?.exchanges.map(({ operation, outcome }) => `${operation}: ${outcome}`).filter((_, i) => i % 3 === 2),
    ).toEqual([
      "PKCSReq: SUCCESS",
      expect.stringMatching(/^PKCSReq: FAILURE badRequest · 0x/),
      expect.stringMatching(/^PKCSReq: FAILURE badRequest · 0x/),
      expect.stringMatching(/^PKCSReq: FAILURE badRequest · 0x/),
    ]);
    expect(picture?.exchanges[3]?.startedAt).toMatch(/^2026-11-22T14:02:12\.\d{3}Z$/);
  });

  it("open their messages, with the way back", async () => {
    const browser = await sessionBrowser(samples.twelve);
    const reply = browser.overview().picture?.exchanges[2]?.response?.report ?? [];
    const view = browser.view({ report: reply });
    expect(view.title).toBe("CertRep");
    expect(view.crumbs).toHaveLength(reply.length - 1);
    expect(view.contains.length).toBeGreaterThan(0);
  });
});
