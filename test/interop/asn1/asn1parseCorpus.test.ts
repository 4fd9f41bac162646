import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type BerNode, walk } from "../../../src/core/asn1/berNode.js";
import { readBer } from "../../../src/core/asn1/berReader.js";
import { Tag, TagClass } from "../../../src/core/asn1/tag.js";
import { corpusFile, corpusFiles, corpusFolder, hasCorpus } from "../../support/corpus.js";
import { inTurns } from "../../support/inTurns.js";
import { hasOpenssl } from "../../support/opensslProgram.js";
import { runProgram } from "../../support/programs.js";

/** The universal types as openssl names them. */
const opensslNames: Readonly<Record<string, number>> = {
  BOOLEAN: 1,
  INTEGER: 2,
  "BIT STRING": 3,
  "OCTET STRING": 4,
  NULL: 5,
  OBJECT: 6,
  "OBJECT DESCRIPTOR": 7,
  EXTERNAL: 8,
  REAL: 9,
  ENUMERATED: 10,
  UTF8STRING: 12,
  SEQUENCE: 16,
  SET: 17,
  NUMERICSTRING: 18,
  PRINTABLESTRING: 19,
  T61STRING: 20,
  VIDEOTEXSTRING: 21,
  IA5STRING: 22,
  UTCTIME: 23,
  GENERALIZEDTIME: 24,
  GRAPHICSTRING: 25,
  VISIBLESTRING: 26,
  GENERALSTRING: 27,
  UNIVERSALSTRING: 28,
  BMPSTRING: 30,
};

/** `universal 16`, `context 0`: class and number of a tag as openssl prints it. */
function opensslTag(text: string): string {
  const tagged = /^(cont|appl|priv) \[ (\d+) \]/.exec(text);
  if (tagged) return `${{ cont: "context", appl: "application", priv: "private" }[tagged[1] as "cont"]} ${tagged[2]}`;
  const unnamed = /^<ASN1 (\d+)>/.exec(text)?.[1];
  return `universal ${unnamed ?? opensslNames[text] ?? text}`;
}

/** One value: offset, depth, length of its header and content, form and tag. */
interface OutlineEntry {
  readonly text: string;
  /** It is an end-of-contents of a form that X.690 §8.1.5 does not have: with content, or with a length in more octets. */
  readonly oddEnd?: boolean;
}

interface OpensslOutline {
  readonly entries: readonly OutlineEntry[];
  readonly failed: boolean;
  /** It stopped at an end-of-contents that ends nothing. */
  readonly stoppedAtEnd: boolean;
}

async function opensslOutline(path: string): Promise<OpensslOutline> {
  const { status, stdout } = await runProgram("openssl", [
    "asn1parse",
    "-inform",
    "DER",
    "-in",
    join(corpusFolder, path),
  ]);
  const lines = stdout
    .toString("latin1")
    .split("\n")
    .map((line) => /^\s*(\d+):d=(\d+)\s+hl=\s*(\d+)\s+l=\s*(\d+|inf)\s+(prim|cons): (.{1,18})/.exec(line))
    .filter((match) => match !== null);
  let stoppedAtEnd = false;
  const entries = lines.flatMap(([, offset, depth, header, length, form, name = ""]): OutlineEntry[] => {
    const isEnd = name.startsWith("EOC");
    stoppedAtEnd = isEnd && depth === "0";
    if (isEnd && header === "2" && length === "0") return [];
    const text = `${offset} d${depth} hl${header} l${length} ${form} ${isEnd ? "universal 0" : opensslTag(name.trim())}`;
    return [{ text, ...(isEnd && { oddEnd: true }) }];
  });
  return { entries, failed: status !== 0, stoppedAtEnd };
}

const classes = {
  [TagClass.universal]: "universal",
  [TagClass.application]: "application",
  [TagClass.context]: "context",
  [TagClass.private]: "private",
} as const;

/** The same of our own trees, one behind the other as asn1parse reads them; and whether a wrong length was put right. */
function ownOutline(bytes: Uint8Array): { readonly entries: readonly string[]; readonly mended: boolean } {
  const entries: string[] = [];
  let mended = false;
  let root: BerNode | undefined = readBer(bytes);
  while (root) {
    for (const node of walk(root)) {
      mended ||= node.problems.some(({ code }) => code === "lengthWrong");
      if (node.isUniversal(Tag.endOfContents) && node.length === 2) continue;
      const length = node.indefinite ? "inf" : node.contentEnd - node.contentStart;
      const form = node.constructed ? "cons" : "prim";
      const header = node.contentStart - node.start;
      entries.push(
        `${node.start} d${node.depth} hl${header} l${length} ${form} ${classes[node.tagClass]} ${node.tagNumber}`,
      );
    }
    root = root.end < bytes.length && root.length > 0 ? readBer(bytes, { start: root.end }) : undefined;
  }
  return { entries, mended };
}

/** How our tree of a file relates to openssl's. */
type Relation =
  | "same"
  /** openssl gives up, and all that it printed until then is what we have; we go on. */
  | "weGoOn"
  /** openssl takes a tag 0 with content, or with a long length, for an end-of-contents; all before it is the same. */
  | "oddEndOfContents"
  /** openssl stops at an end-of-contents that ends nothing; we read on behind it. */
  | "endOfContentsOutside"
  /** A length does not fit what is inside and behind it; we go on where it does, and say so. */
  | "lengthPutRight"
  | "unexplained";

function relation(ours: ReturnType<typeof ownOutline>, theirs: OpensslOutline): Relation {
  const { entries } = theirs;
  const at = entries.findIndex(({ text }, index) => text !== ours.entries[index]);
  const all = at < 0;
  if (all && entries.length === ours.entries.length) return "same";
  if (all && theirs.failed) return "weGoOn";
  if (all && theirs.stoppedAtEnd) return "endOfContentsOutside";
  // Behind an end-of-contents that is none, depths differ; a value may be left over at the end.
  const odd = entries.findIndex(({ oddEnd }) => oddEnd);
  if (odd >= 0 && (all || odd <= at)) return "oddEndOfContents";
  return ours.mended ? "lengthPutRight" : "unexplained";
}

/** The files of openssl-fuzz whose trees differ, by the reason. Everything else is the same, or goes on where openssl gives up. */
const deviations: Readonly<Record<string, readonly string[]>> = {
  oddEndOfContents: [
    "asn1parse/61abcf6e4dd27b271851f72577eea98a0e784813",
    "cms/0c0dd1453287cd3a13b620e981e6076cd6b554d6",
    "cms/133b49317133f567f5c92b0e8e514528ab32f52a",
    "cms/17d275bfe8317155d47fc99cd1954aab166c7d26",
    "cms/205c5b2960beedab0123113ee80aef2d7f35e60b",
    "cms/2305b410ef7b7a67ade2599b17e5f0fd8ab8d57d",
    "cms/2b25bd293322fae83934695bcfd95a0394c48756",
    "cms/2c6c310ef2ed07772149e939c816c975b01c9496",
    "cms/310d572a2217db3c0a1389cc5ccb404fe8094f08",
    "cms/3a3d39ed7c221a3fc672f5cb95a21b04f24bbbe9",
    "cms/4ed9aa36a82f1e88576efedd120131a31286c77b",
    "cms/505a9b36829bc5f7ce31bc6fbd30da08295b427e",
    "cms/542a3b75040332aef9a9444af16eae2fd4116790",
    "cms/59289a1bdddfc2c50064aac85a33bbf20eef58a3",
    "cms/60f12790ff0f1c3594b79b53fa94c8e41d2fb760",
    "cms/62a6b2e27dc6474af4da607ca2e026411bdea722",
    "cms/6d5375c33bf6e1ebf4d8104fad78b2c51e8798ca",
    "cms/7627231fe2b1f2d7db05c07fd17afc551f3c1208",
    "cms/895ddb092eb12248fda19d8cefd8274939475898",
    "cms/8e27702bf154e312830d6e6c6dcef1db60cdcd09",
    "cms/a69b18408c2a6cf93c7433d7dcf3a28e094f69f0",
    "crl/0de2eb63ea0c5d996bcb7ec368372169ebee96b9",
    "crl/13bdfec10ea30abf610dbf72e5a1bfc6ae1d4fe7",
    "crl/1516505c38cceb0785dcab2f66720d77b4cb44bc",
    "crl/199418f48f0dee0c273d78f5bab0504917308600",
    "crl/22724bd537af8bdc9d32014864d705d5a300a45b",
    "crl/30f29ffabea60f7554a39d7c3db50fb757490996",
    "crl/322c2b7887211f832b852e2d9132e1d92b91d946",
    "crl/44d94715b47354de940f53bebf316194d022d213",
    "crl/60e6737294a2e146b6b52938bb8cba3a556c6274",
  ],
  endOfContentsOutside: [
    "asn1parse/9dd37e8b1bd87012ac89c5ab3ff2d5af51f0f69d",
    "cms/038d8e9e8868acdb33a7729e8a30d8ee60d92b3e",
    "cms/24b68372fe0414cd65f58496d9294a5371beb81c",
    "crl/34373cd97f233f4ddf3028b83bed0600a4873513",
    "crl/3d474347c2bc5e688219c69d6644722f2b5d8f3f",
    "crl/6b02e711b32b1263e157f1a0c6c1a5cf07151bd1",
  ],
  lengthPutRight: ["crl/11c020a1799b71325fbcdec02662304126e0605f"],
};

describe.skipIf(!hasCorpus || !hasOpenssl)(
  "our tree of every file of the corpus is that of openssl asn1parse (needs openssl and ../shared/corpus)",
  () => {
    it(
      "offset, depth, lengths, form and tag of every value, deviations listed with their reasons",
      { timeout: 300_000 },
      async () => {
        const files = corpusFiles();
        const relations = await inTurns(
          files,
          async (path) => [path, relation(ownOutline(corpusFile(path)), await opensslOutline(path))] as const,
        );
        for (const [reason, paths] of Object.entries(deviations)) {
          const own = relations
            .filter(([, how]) => how === reason)
            .map(([path]) => path.replace(/^openssl-fuzz\//, ""));
          expect(own, reason).toEqual(paths);
        }
        expect(relations.filter(([, how]) => how === "unexplained")).toEqual([]);
        const same = relations.filter(([, how]) => how === "same").length;
        expect(same).toBeGreaterThan(1000);
        expect(relations.filter(([path, how]) => path.startsWith("pkits") && how !== "same")).toEqual([]);
      },
    );
  },
);
