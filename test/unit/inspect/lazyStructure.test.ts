import { describe, expect, it } from "vitest";
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
});
