import { definedOnly } from "../../definedOnly.js";
import { HumanError } from "../../humanError.js";
import type { Report } from "../report.js";
import type { BytePlace, ByteRun, NodeLine, NodeLocation, NodeRef, ReportLine, ReportPath } from "./browseCalls.js";
import { ReportTree } from "./reportTree.js";
import { SecretBytes } from "./secretBytes.js";
import { lineage, rangeOfEntry, type TreeEntry } from "./treeEntry.js";

/** The most bytes that are told at once. */
const mostBytes = 256 * 1024;

/** Some reports with their trees, what is secret in them, and the numbers by which a page knows their buffers. */
export class OpenReports {
  readonly secrets = new SecretBytes();
  readonly #trees = new Map<string, ReportTree>();
  readonly #buffers: Uint8Array[] = [];

  /** @param name what a person calls the input */
  constructor(
    readonly name: string,
    readonly reports: readonly Report[],
  ) {}

  /** The report at a path, or undefined. */
  find(path: ReportPath): Report | undefined {
    const [first = 0, ...inner] = path;
    return inner.reduce<Report | undefined>((above, index) => above?.contains[index], this.reports[first]);
  }

  /** @throws {HumanError} where there is none */
  report(path: ReportPath): Report {
    const report = this.find(path);
    if (!report) throw new HumanError("This message is no longer there. Open the file again.");
    return report;
  }

  /** The tree of a report; its secrets are known from then on. */
  tree(path: ReportPath): ReportTree {
    const key = path.join(".");
    const known = this.#trees.get(key);
    if (known) return known;
    const tree = new ReportTree(this.report(path));
    this.secrets.learn(tree);
    this.#trees.set(key, tree);
    return tree;
  }

  /** @throws {HumanError} where there is none */
  entry({ report, id }: NodeRef): TreeEntry {
    const entry = this.tree(report).find(id);
    if (!entry) throw new HumanError("This part of the message is no longer there. Open the file again.");
    return entry;
  }

  /** @throws {HumanError} where there is none */
  buffer(id: number): Uint8Array {
    const buffer = this.#buffers[id];
    if (!buffer) throw new HumanError("These bytes are no longer there. Open the file again.");
    return buffer;
  }

  /** Bytes of a buffer, fewer at its end; what is secret and was not revealed comes as zeros. */
  bytes({ buffer, start, end }: BytePlace): ByteRun {
    const all = this.buffer(buffer);
    const range = { start, end: Math.min(end, all.length, start + mostBytes) };
    const bytes = all.slice(range.start, range.end);
    const masked = this.secrets.within(all, range);
    for (const secret of masked) bytes.fill(0, secret.start - start, secret.end - start);
    return { buffer, start, bytes, masked };
  }

  /** The number of a buffer, the same from then on. */
  numberOf(buffer: Uint8Array): number {
    const known = this.#buffers.indexOf(buffer);
    return known >= 0 ? known : this.#buffers.push(buffer) - 1;
  }

  /** Where the bytes of an entry are. */
  placeOf(entry: TreeEntry): BytePlace | undefined {
    const range = rangeOfEntry(entry);
    return range && { buffer: this.numberOf(entry.buffer), start: range.start, end: range.end };
  }

  /** The row of an entry. */
  lineOf(entry: TreeEntry): NodeLine {
    const { node, status, isStructure } = entry;
    return definedOnly<NodeLine>({
      id: node.id,
      label: node.label,
      value: node.value,
      status,
      secret: node.secret !== undefined,
      childCount: entry.childCount,
      opened: !isStructure && entry.children.some(({ node: child }) => child.label === "pkiStatus"),
      place: this.placeOf(entry),
    });
  }

  /** The way to an entry. */
  locationOf(entry: TreeEntry): NodeLocation {
    return definedOnly<NodeLocation>({
      id: entry.node.id,
      steps: lineage(entry)
        .slice(1)
        .map(({ node, index }) => ({ id: node.id, index })),
      place: this.placeOf(entry),
    });
  }
}

/** A report in a list. */
export function reportLine({ title, verdict, facts }: Report, path: ReportPath): ReportLine {
  return definedOnly<ReportLine>({
    report: path,
    title,
    headline: verdict.headline,
    status: verdict.status,
    source: facts.source,
  });
}
