import type { shapes } from "./describe/grammar.js";
import type { Facts } from "./facts/facts.js";
import type { ByteRange, Finding, Severity } from "./finding.js";

/** What a node's icon, colour and word say. `ok` is a check that passed; absent means a plain field. */
export type NodeStatus = Severity | "ok";

/** What may be saved or opened out of a node. */
export type NodeContent = "certificate" | "crl" | "request" | "message" | "page";

/**
 * One line of a report's tree. Plain data: it crosses to a worker or a web page as it is. `value` is ready to be shown
 * (hostile characters made visible, secrets masked, long values shortened).
 */
export interface ReportNode {
  /** Unique within the report and the same for the same input: `signedData/signerInfos/0/pkiStatus`. */
  readonly id: string;
  /** The field's name in the field's words. */
  readonly label: string;
  readonly value?: string;
  /** The whole value for copying, where `value` was shortened or worded. */
  readonly copyValue?: string;
  /** What `value` masks; shown, copied or written only when a person asks for just this. */
  readonly secret?: string;
  readonly status?: NodeStatus;
  /** What the field is, and what its value means, in sentences; for tooltips. */
  readonly explanation?: string;
  /** Where it is defined: `RFC 8894 §3.2.1.3`. */
  readonly citation?: string;
  /** Set where a new buffer begins (a decrypted content, a body inside an exchange); ranges from here down refer to it. */
  readonly bytes?: Uint8Array;
  readonly range?: ByteRange;
  readonly content?: NodeContent;
  /** The findings made on this very node. */
  readonly findings?: readonly Finding[];
  readonly children: readonly ReportNode[];
  /** How many nodes there are inside, where `children` does not hold them all: the rest is asked of the structure. */
  readonly childCount?: number;
  /**
   * How many lines `children` has, where there are many and nothing has to be known of them before somebody looks: no
   * finding, no secret, no buffer of their own. They may be made when they are first read.
   */
  readonly plainCount?: number;
}

/** From what the tree of a whole encoding is grown on demand, of any size (`openStructure`). */
export interface StructureSource {
  /** The id of the report's root; the tree's own root is `structure` below it. */
  readonly path: string;
  /** The buffer, and the offset of the outermost value in it. */
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly label: string;
  /** By which grammar the values are named. */
  readonly shape: keyof typeof shapes;
  /** Nothing that the report takes of it is secret, and all of it stands in that buffer. */
  readonly isPlain?: boolean;
}

/** The answer to "did it work, and why not?": the first thing every front end shows. */
export interface Verdict {
  readonly status: NodeStatus;
  /** A few words: `FAILURE badRequest · 0x80070490`. */
  readonly headline: string;
  /** What is so, in a sentence. */
  readonly sentence: string;
  /** What to do, in a sentence, where there is something to do. */
  readonly remedy?: string;
}

/** What inspection says of one artifact. Plain data, as {@link ReportNode} is. */
export interface Report {
  /** A short title: `CertRep`, `Certificate CN=dev7`, `GetCACert http://…`. */
  readonly title: string;
  readonly verdict: Verdict;
  /** The named values that `decode --json` prints. */
  readonly facts: Facts;
  /** The buffer that `root` and the findings refer to. */
  readonly bytes: Uint8Array;
  readonly root: ReportNode;
  /** Every finding made on this artifact, those of artifacts inside it apart. */
  readonly findings: readonly Finding[];
  /** The tree of the whole encoding; absent where none is shown, or where it is part of the report around this one. */
  readonly structure?: StructureSource;
  /** Which side of an exchange it is, where it stands in the report of one. */
  readonly part?: "request" | "response";
  /** Reports on the artifacts found inside: certificates, the decrypted message, the body of a response. */
  readonly contains: readonly Report[];
}
