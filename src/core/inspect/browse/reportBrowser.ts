import type { Report } from "../report.js";
import type {
  BrowseCalls,
  BytePlace,
  CopyForm,
  Details,
  Match,
  NodeLine,
  NodeLocation,
  NodeRef,
  Overview,
  ReportPath,
  SearchAnswer,
  View,
} from "./browseCalls.js";
import { exchangePicture } from "./exchangePicture.js";
import { nodeDetails } from "./nodeDetails.js";
import { OpenReports, reportLine } from "./openReports.js";
import { rowsAtOnce } from "./portions.js";
import { reportView } from "./reportView.js";
import { type Found, mostFound, searchTree } from "./searchTree.js";
import { contentOf, copiedText } from "./takeNode.js";
import type { TreeEntry } from "./treeEntry.js";

/** Rows that are unfolded, and told, at once, whoever asks. */
const mostUnfolded = 3000;
const mostRows = 1000;

/** Answers what an inspector asks about some reports: pages of their trees, ranges of their bytes, searches. */
export class ReportBrowser implements BrowseCalls {
  readonly #open: OpenReports;
  #searches = 0;

  /**
   * @param name what a person calls the input
   * @param breathe called in the middle of long work: whatever else waits has its turn before it resolves
   */
  constructor(
    name: string,
    reports: readonly Report[],
    private readonly breathe: () => Promise<void> = () => Promise.resolve(),
  ) {
    this.#open = new OpenReports(name, reports);
  }

  begin({ wanted }: { readonly wanted?: NodeRef }): { readonly overview: Overview; readonly view: View } {
    const overview = this.overview();
    const { artifacts } = overview;
    // What was wanted may be of another version of the file.
    const isThere = wanted !== undefined && this.#open.find(wanted.report) !== undefined;
    const first = (artifacts.find(({ status }) => status === "error") ?? artifacts[0])?.report ?? [0];
    return { overview, view: reportView(this.#open, isThere ? wanted.report : first, isThere ? wanted.id : undefined) };
  }

  overview(): Overview {
    const { name, reports } = this.#open;
    const picture = exchangePicture(reports);
    return {
      name,
      artifacts: reports.map((report, index) => reportLine(report, [index])),
      ...(picture && { picture }),
    };
  }

  view({ report }: { readonly report: ReportPath }): View {
    return reportView(this.#open, report);
  }

  children({ from, count, ...ref }: NodeRef & { readonly from: number; readonly count: number }): {
    rows: readonly NodeLine[];
  } {
    const rows = this.#open.tree(ref.report).childrenOf(this.#open.entry(ref), from, Math.min(count, mostRows));
    return { rows: rows.map((entry) => this.#open.lineOf(entry)) };
  }

  locate(ref: NodeRef): NodeLocation {
    return this.#open.locationOf(this.#open.entry(ref));
  }

  nodeAt({
    report,
    buffer,
    offset,
    near,
  }: {
    readonly report: ReportPath;
    readonly buffer: number;
    readonly offset: number;
    readonly near: string;
  }): NodeLocation | undefined {
    const tree = this.#open.tree(report);
    const entry = tree.smallestAt(this.#open.buffer(buffer), offset, tree.find(near)?.isStructure ?? false);
    return entry && this.#open.locationOf(entry);
  }

  details(ref: NodeRef): Details {
    return nodeDetails(this.#open, ref);
  }

  bytes(place: BytePlace): ReturnType<BrowseCalls["bytes"]> {
    return this.#open.bytes(place);
  }

  async search({ report, text }: { readonly report: ReportPath; readonly text: string }): Promise<SearchAnswer> {
    const open = this.#open;
    const turn = ++this.#searches;
    const mayTell = (buffer: Uint8Array, start: number, end: number): boolean =>
      open.secrets.within(buffer, { start, end }).length === 0;
    const found: Found[] = [];
    for (const step of searchTree(open.tree(report), text, mayTell)) {
      found.push(...step);
      if (found.length > mostFound) break;
      await this.breathe();
      // Whoever asks for something else does not wait for this any more.
      if (turn !== this.#searches) return { matches: [], more: false };
    }
    const matches = found.slice(0, mostFound).map<Match>(({ entry, start, end }) => ({
      id: entry.node.id,
      ...(start !== undefined && end !== undefined && { place: { buffer: open.numberOf(entry.buffer), start, end } }),
    }));
    return { matches, more: found.length > mostFound };
  }

  reveal(ref: NodeRef): { readonly secret?: string } {
    const entry = this.#open.entry(ref);
    this.#open.secrets.reveal(entry);
    return entry.node.secret === undefined ? {} : { secret: entry.node.secret };
  }

  unfold({ levels, ...ref }: NodeRef & { readonly levels: number }): ReturnType<BrowseCalls["unfold"]> {
    const tree = this.#open.tree(ref.report);
    const opened: { id: string; rows: readonly NodeLine[] }[] = [];
    let left = mostUnfolded;
    let more = false;
    let level = [this.#open.entry(ref)];
    for (let depth = 0; depth < levels && level.length > 0; depth++) {
      const next: TreeEntry[] = [];
      for (const entry of level) {
        if (entry.childCount === 0) continue;
        if (left <= 0) {
          more = true;
          break;
        }
        const rows = tree.childrenOf(entry, 0, rowsAtOnce);
        opened.push({ id: entry.node.id, rows: rows.map((child) => this.#open.lineOf(child)) });
        left -= rows.length;
        next.push(...rows);
      }
      level = next;
    }
    return { opened, more };
  }

  copy({ form, ...ref }: NodeRef & { readonly form: CopyForm }): { readonly text: string } {
    return { text: copiedText(this.#open, ref, form) };
  }

  content(ref: NodeRef): ReturnType<BrowseCalls["content"]> {
    return contentOf(this.#open, ref);
  }
}
