/**
 * What an inspector asks of whoever holds the reports: all of it plain data, for the two are seldom in one thread. Trees
 * come by pages, bytes by ranges, so that the size of a message costs no time before it is looked at.
 */

import type { ByteRange, Finding } from "../finding.js";
import type { NodeContent, NodeStatus, Verdict } from "../report.js";

/** Which report: the index of the artifact in the input, then that of each report inside the one before. */
export type ReportPath = readonly number[];

/** A node of a report's tree. */
export interface NodeRef {
  readonly report: ReportPath;
  /** Unique within the tree of that report. */
  readonly id: string;
}

/** A buffer that bytes stand in: the input, a decrypted content, the body of a response. */
export interface BufferLine {
  /** The number that {@link BrowseCalls.bytes} takes; the same as long as the reports are open. */
  readonly id: number;
  /** What it is, in a few words: `reply.der`, `decrypted content`. */
  readonly label: string;
  readonly length: number;
}

/** A report in a list: what it is, and how it stands. */
export interface ReportLine {
  readonly report: ReportPath;
  readonly title: string;
  readonly headline: string;
  readonly status: NodeStatus;
  /** Where it was found: `scep.pcap#3 response`. */
  readonly source?: string;
}

/** One row of a tree. */
export interface NodeLine {
  readonly id: string;
  readonly label: string;
  readonly value?: string;
  /** Its own status, or the worst error or warning below it. */
  readonly status?: NodeStatus;
  /** Whether `value` masks something. */
  readonly secret: boolean;
  readonly childCount: number;
  /** Whether it comes open when its tree is shown first. */
  readonly opened: boolean;
  /** Where its bytes are, in the buffer of that number. */
  readonly place?: BytePlace;
}

/** A range of a buffer. */
export interface BytePlace extends ByteRange {
  readonly buffer: number;
}

/** Bytes of a buffer from an offset on. */
export interface ByteRun {
  readonly buffer: number;
  readonly start: number;
  readonly bytes: Uint8Array;
  /** What of them is secret, which comes as zeros. */
  readonly masked: readonly ByteRange[];
}

/** What the input holds. */
export interface Overview {
  /** What a person calls the input. */
  readonly name: string;
  readonly artifacts: readonly ReportLine[];
  /** The exchanges among them, where there are any. */
  readonly picture?: ExchangePicture;
}

/** A conversation between a client and a server, as it was witnessed. */
export interface ExchangePicture {
  /** Who is seen, from left to right. */
  readonly lanes: readonly { readonly party: "client" | "server" | "ca"; readonly label: string }[];
  readonly exchanges: readonly PictureExchange[];
}

/** One request and what came back. */
export interface PictureExchange {
  /** The report on the exchange as a whole. */
  readonly report: ReportPath;
  /** `PKCSReq`, `GetCACert`; the method where the operation is not known. */
  readonly operation: string;
  readonly request: { readonly summary: string; readonly report?: ReportPath };
  /** Absent where nothing came back. */
  readonly response?: { readonly summary: string; readonly report?: ReportPath };
  readonly status: NodeStatus;
  /** How it ended, in a few words. */
  readonly outcome: string;
  /** Wall-clock time of the start, ISO 8601. */
  readonly startedAt?: string;
  readonly durationMs?: number;
  /** The name of the CA whose certificate the response brings. */
  readonly issuedBy?: string;
}

/** A finding, the node that it stands on, and the very bytes where it says which. */
export interface FindingLine extends Finding {
  readonly node?: string;
  readonly place?: BytePlace;
}

/** A report, as much of it as is shown at once. */
export interface View {
  readonly report: ReportPath;
  readonly title: string;
  readonly verdict: Verdict;
  /** Where it was found, where that is not the whole input: its name, offset and length there. */
  readonly source?: { readonly name?: string; readonly offset?: number; readonly length?: number };
  /** `DER`, `BER`. */
  readonly encoding?: string;
  /** From the artifact of the input down to the report above this one. */
  readonly crumbs: readonly ReportLine[];
  /** The reports inside this one. */
  readonly contains: readonly ReportLine[];
  /** Of the whole tree, the most serious first. */
  readonly findings: readonly FindingLine[];
  readonly root: NodeLine;
  /** The first rows below the root. */
  readonly children: readonly NodeLine[];
  /** The finding or the node that the verdict stands on, else the root. */
  readonly evidence: Match;
  /** What to begin with, and all that is seen of it, so that nobody has to ask before the first paint. */
  readonly first: {
    readonly match: Match;
    readonly location: NodeLocation;
    readonly details: Details;
    readonly bytes?: ByteRun;
  };
  /** Every buffer that something in the tree stands in; the first is the report's own. */
  readonly buffers: readonly BufferLine[];
}

/** Where a node stands: its ancestors from the root's child down to itself, each with its index among its siblings. */
export interface NodeLocation {
  readonly id: string;
  readonly steps: readonly { readonly id: string; readonly index: number }[];
  readonly place?: BytePlace;
}

/** Everything about one node. */
export interface Details {
  readonly id: string;
  /** The labels from the root down to the node. */
  readonly path: readonly string[];
  readonly label: string;
  readonly value?: string;
  /** The whole value where `value` is shortened or worded; cut where it is very long. */
  readonly wholeValue?: string;
  /** Its value or its bytes are masked, and can be revealed. */
  readonly secret: boolean;
  /** Its bytes are masked now. */
  readonly hidden: boolean;
  readonly status?: NodeStatus;
  readonly explanation?: string;
  readonly citation?: string;
  readonly findings: readonly Finding[];
  readonly place?: BytePlace;
  /** The ASN.1 value that begins there and takes exactly these bytes. */
  readonly asn1?: { readonly type: string; readonly form: string; readonly headerLength: number };
  readonly content?: NodeContent;
  /** The report that is about this very node. */
  readonly inner?: ReportPath;
}

/** One thing that was found. */
export interface Match {
  /** The node; of bytes, the smallest that holds them. */
  readonly id: string;
  /** The bytes that matched, where bytes were looked for. */
  readonly place?: BytePlace;
}

/** What a search brings, in the order of the tree. */
export interface SearchAnswer {
  readonly matches: readonly Match[];
  /** There are more than are told. */
  readonly more: boolean;
}

/** The forms in which a node is copied. */
export type CopyForm = "value" | "hex" | "base64" | "pem" | "c" | "path";

/** What can be asked; everything of a node that is gone rejects with a sentence. */
export interface BrowseCalls {
  /**
   * What the input holds, and the report to begin with: that of the node that is wanted where it is there, else the first
   * that went wrong, else the first.
   */
  begin(ask: { readonly wanted?: NodeRef }): { readonly overview: Overview; readonly view: View };
  /** What the input holds. */
  overview(): Overview;
  /** A report with the first rows of its tree. */
  view(ask: { readonly report: ReportPath }): View;
  /** The rows below a node, from an index on, at most so many. */
  children(ask: NodeRef & { readonly from: number; readonly count: number }): { readonly rows: readonly NodeLine[] };
  /** Where a node stands in its tree. */
  locate(ask: NodeRef): NodeLocation;
  /** The smallest node that holds a byte, of the part of the tree that `near` is in where there are two; undefined where none does. */
  nodeAt(ask: {
    readonly report: ReportPath;
    readonly buffer: number;
    readonly offset: number;
    readonly near: string;
  }): NodeLocation | undefined;
  /** Everything about a node. */
  details(ask: NodeRef): Details;
  /** Bytes of a buffer, fewer at its end. What is secret and was not revealed comes as zeros. */
  bytes(ask: BytePlace): ByteRun;
  /** Looks for a name, a value, an OID, and for bytes where the text is hex. */
  search(ask: { readonly report: ReportPath; readonly text: string }): Promise<SearchAnswer>;
  /** Shows what a node masks; from then on its bytes are shown as well. */
  reveal(ask: NodeRef): { readonly secret?: string };
  /** Everything below a node down to so many levels, by the node whose children they are; at most some thousand rows. */
  unfold(ask: NodeRef & { readonly levels: number }): {
    readonly opened: readonly { readonly id: string; readonly rows: readonly NodeLine[] }[];
    /** Not everything was opened. */
    readonly more: boolean;
  };
  /** The text that is copied of a node. */
  copy(ask: NodeRef & { readonly form: CopyForm }): { readonly text: string };
  /** The bytes of a node, for a file or an inspector of their own, and a name for them. */
  content(ask: NodeRef): {
    readonly bytes: Uint8Array;
    readonly name: string;
    readonly content?: NodeContent;
  };
}

/** The name of each call, for those that hand them on. */
export const browseCallNames = Object.keys({
  begin: true,
  overview: true,
  view: true,
  children: true,
  locate: true,
  nodeAt: true,
  details: true,
  bytes: true,
  search: true,
  reveal: true,
  unfold: true,
  copy: true,
  content: true,
} satisfies Record<keyof BrowseCalls, true>) as readonly (keyof BrowseCalls)[];

/** The same calls where the answer takes a while. */
export type RemoteBrowseCalls = {
  readonly [Name in keyof BrowseCalls]: (
    ...ask: Parameters<BrowseCalls[Name]>
  ) => Promise<Awaited<ReturnType<BrowseCalls[Name]>>>;
};

/** The calls of a browser that is not there yet, or far away: `answer` brings the answer to each. */
export function remoteBrowseCalls(
  answer: (name: keyof BrowseCalls, ask: never) => Promise<unknown>,
): RemoteBrowseCalls {
  return Object.fromEntries(
    browseCallNames.map((name) => [name, (ask: never) => answer(name, ask)]),
  ) as unknown as RemoteBrowseCalls;
}
