import { describe, expect, it } from "vitest";
import { bitStringValue, derValue, sequence } from "../../../src/core/asn1/derWriter.js";
import { toHex } from "../../../src/core/asn1/hex.js";
import type { LazyStructure } from "../../../src/core/inspect/describe/lazyStructure.js";
import { type SearchHit, searchStructure } from "../../../src/core/inspect/describe/structureSearch.js";
import type { Report, ReportNode } from "../../../src/core/inspect/report.js";
import { openStructure } from "../../../src/core/inspect/structureOf.js";
import { inspectOne, nodesOf } from "../../support/inspection.js";
import { largeCrl } from "../../support/largeCrl.js";
import { ndesFailure, ndesSite } from "../../support/ndesReply.js";

function opened(report: Report): LazyStructure {
  const structure = openStructure(report);
  if (!structure) throw new Error("The report has no structure.");
  return structure;
}

/** A node without what is below it. */
function alone({ children: _children, childCount: _childCount, ...node }: ReportNode): object {
  return node;
}

/** The whole tree by asking for the children of each node, three at a time. */
function everyNode(structure: LazyStructure): ReportNode[] {
  const all: ReportNode[] = [];
  const open = [structure.root];
  for (let node = open.pop(); node; node = open.pop()) {
    all.push(node);
    const children: ReportNode[] = [];
    while (children.length < (node.childCount ?? 0)) {
      const page = structure.children(node.id, children.length, 3);
      expect(page).toMatchObject({ from: children.length, total: node.childCount });
      children.push(...(page?.nodes ?? []));
    }
    open.push(...children.toReversed());
  }
  return all;
}

function found(structure: LazyStructure, query: string, most?: number): SearchHit[] {
  return [...searchStructure(structure, query, most)].flatMap(({ hits }) => hits);
}

const site = await ndesSite();

describe("the structure of an encoding, asked for level by level", () => {
  it("has the nodes of the report's tree, under the same ids and with the same findings", async () => {
    const report = await inspectOne(await ndesFailure(site), "reply.der");
    const eager = nodesOf(report).filter(({ id }) => /^[^/]+\/structure/.test(id));
    const lazy = everyNode(opened(report));
    // Only what the tree is as a whole is said by the report alone.
    expect(lazy.slice(1).map(alone)).toEqual(eager.slice(1).map(alone));
    expect([...opened(report).walk()].map(({ id }) => id)).toEqual(eager.map(({ id }) => id));
    expect(structuredClone(lazy)).toEqual(lazy);
  });

  it("finds the innermost node at each offset, and the way there", async () => {
    const report = await inspectOne(await ndesFailure(site), "reply.der");
    const structure = opened(report);
    const nodes = everyNode(structure);
    for (let offset = 0; offset < report.bytes.length; offset++) {
      const id = structure.at(offset) ?? "";
      const path = structure.path(id);
      const inside = nodes.filter(({ range }) => range && range.start <= offset && offset < range.end);
      expect(path.map((node) => node.id)).toEqual(inside.map((node) => node.id));
      const [above, own] = path.slice(-2);
      if (own && above) expect(structure.children(above.id, structure.indexOf(own.id), 1)?.nodes).toEqual([own]);
    }
    expect(structure.at(report.bytes.length)).toBeUndefined();
    expect(structure.at(-1)).toBeUndefined();
  });

  it("knows nothing of ids that are not its own", async () => {
    const structure = opened(await inspectOne(await ndesFailure(site), "reply.der"));
    for (const id of [
      "",
      "structure",
      "pkiMessage/structure/nothing",
      "pkiMessage/structure/content/-1",
      "a/".repeat(5),
    ]) {
      expect(structure.node(id)).toBeUndefined();
      expect(structure.children(id)).toBeUndefined();
      expect(structure.path(id)).toEqual([]);
      expect(structure.indexOf(id)).toBe(-1);
    }
  });

  it("pages through a list of 100,000 entries, whose report holds the first thousand", async () => {
    const report = await inspectOne(largeCrl(100_000), "large.crl");
    expect(nodesOf(report).length).toBeLessThan(10_000);
    const structure = opened(report);
    const list = "crl/structure/tbsCertList/revokedCertificates";
    expect(structure.node(list)).toMatchObject({ value: "100,000 entries", childCount: 100_000 });
    const page = structure.children(list, 99_998, 50);
    expect(page?.nodes.map(({ id, label, childCount }) => [id, label, childCount])).toEqual([
      [`${list}/99998`, "revokedCertificate", 2],
      [`${list}/99999`, "revokedCertificate", 2],
    ]);
    const [serial, date] = structure.children(`${list}/70001`)?.nodes ?? [];
    expect(serial).toMatchObject({ label: "userCertificate", value: `${"5a".repeat(15)}00011171` });
    expect(date).toMatchObject({ label: "revocationDate", value: "2026-11-22 00:00:00 UTC" });
    expect(structure.at(serial?.range?.start ?? -1)).toBe(serial?.id);
    expect(structure.indexOf(`${list}/70001`)).toBe(70_001);
  });

  it("searches by label, value, object identifier and hex, a step at a time", async () => {
    const report = await inspectOne(await ndesFailure(site), "reply.der");
    const structure = opened(report);
    expect(found(structure, "SIGNERINFOS")[0]).toMatchObject({ label: "signerInfos", found: "label" });
    expect(found(structure, "2.16.840.1.113733.1.9.3")).toContainEqual(
      expect.objectContaining({ label: "attrType", found: "value" }),
    );
    const octets = toHex(report.bytes.subarray(300, 306));
    expect(found(structure, octets).map(({ range }) => range)).toContainEqual({ start: 300, end: 306 });
    expect(found(structure, "0x" + octets)).toEqual(
      expect.arrayContaining([expect.objectContaining({ found: "bytes" })]),
    );
    expect(found(structure, "e", 7)).toHaveLength(7);
    expect(found(structure, " ")).toEqual([]);

    const large = opened(await inspectOne(largeCrl(6000), "large.crl"));
    const steps = searchStructure(large, `${"5a".repeat(15)}00000fa0`);
    const first = steps.next().value;
    expect(first).toMatchObject({ hits: [] });
    expect(first?.done).toBeLessThan(0.5);
    const hits = [...steps].flatMap((step) => step.hits);
    expect(hits.map(({ id }) => id)).toContain("crl/structure/tbsCertList/revokedCertificates/4000/userCertificate");
  });

  it("finds in a list of entries that are much alike all that looking at each of them finds", async () => {
    const structure = opened(await inspectOne(variedCrl(), "varied.crl"));
    const looked = [...structure.walk()];
    const expected = (query: string): string[] =>
      looked
        .filter(({ label, value, copyValue }) =>
          [label, value, copyValue].some((text) => text?.toLowerCase().includes(query)),
        )
        .map(({ id }) => id);
    const some = [
      "2026-11-23",
      "2051",
      "not readable",
      "keycompromise",
      "superseded",
      "revocationdate",
      "utc",
      "5a02f",
    ];
    const most = ["crlreason", "5a5a5", "00001", "2.5.29.21", "sequence", "42", "-1", "2026-11-22 00:00:0"];
    for (const query of [...some, ...most, "nothing of it"]) {
      const hits = found(structure, query, Infinity).filter((hit) => hit.found !== "bytes");
      expect([query, hits.map(({ id }) => id)]).toEqual([query, expected(query)]);
    }
    for (const query of some) expect([query, expected(query).length]).not.toEqual([query, 0]);
  });
});

/** A CRL of 3000 entries: few differ in more than their numbers, some in their times, reasons and the form of their numbers. */
function variedCrl(): Uint8Array {
  const ascii = (text: string): Buffer => Buffer.from(text, "latin1");
  const reason = (code: number): Uint8Array =>
    sequence(
      sequence(derValue(0x06, Buffer.from("551d15", "hex")), derValue(0x04, derValue(0x0a, Uint8Array.of(code)))),
    );
  const entries = Array.from({ length: 3000 }, (_, i) => {
    const serial = Buffer.alloc(i % 500 === 7 ? 2 : 19, i % 700 === 3 ? 0xfa : 0x5a);
    serial.writeUInt16BE(i, serial.length - 2);
    const early = derValue(0x17, ascii(i % 400 === 11 ? "261123000000Z" : "261122000000Z"));
    const date =
      i === 1500 ? derValue(0x18, ascii("20510101000000Z")) : i === 1600 ? derValue(0x17, ascii("no")) : early;
    return sequence(derValue(0x02, serial), date, ...(i % 300 === 5 ? [reason(i % 600 === 5 ? 1 : 4)] : []));
  });
  const algorithm = Buffer.from("300d06092a864886f70d01010b0500", "hex");
  const name = Buffer.from("30133111300f06035504030c084c61726765204341", "hex");
  const time = derValue(0x17, ascii("261122000000Z"));
  const version = derValue(0x02, Uint8Array.of(1));
  const list = derValue(0x30, Buffer.concat(entries));
  return sequence(sequence(version, algorithm, name, time, time, list), algorithm, bitStringValue(new Uint8Array(256)));
}
