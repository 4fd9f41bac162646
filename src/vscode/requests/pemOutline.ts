import { DocumentSymbol, FoldingRange, FoldingRangeKind, SymbolKind, type TextDocument } from "vscode";
import { glance } from "../../core/inspect/glance.js";
import type { Services } from "../services.js";
import { blockReport } from "./blockReport.js";
import { lintTarget } from "./lintTarget.js";
import { type DocumentBlock, pemBlocks } from "./pemBlocks.js";

/** Blocks that are looked into for the outline; of a longer bundle the rest has its labels alone. */
const mostNamed = 200;

/** The PEM blocks of a document, to be folded; undefined where there are none, so that VS Code folds by indentation. */
export function pemFolding(document: TextDocument): FoldingRange[] | undefined {
  const ranges = pemBlocks(document)
    .filter(({ range }) => range.end.line > range.start.line)
    .map(({ range }) => new FoldingRange(range.start.line, range.end.line, FoldingRangeKind.Region));
  return ranges.length === 0 ? undefined : ranges;
}

/** The PEM blocks of a document for its outline and for *Go to Symbol*: what each is and whose. */
export async function pemSymbols(services: Services, document: TextDocument): Promise<DocumentSymbol[] | undefined> {
  const blocks = pemBlocks(document);
  if (blocks.length === 0) return undefined;
  const target = lintTarget(services.servers);
  return Promise.all(
    blocks.map(async (block, index) => {
      const report = index < mostNamed ? await blockReport(block, target) : undefined;
      const name = report ? glance(report, new Date()) : block.label;
      return new DocumentSymbol(name || block.label, block.label, kindOf(block), block.range, block.range);
    }),
  );
}

function kindOf({ label }: DocumentBlock): SymbolKind {
  if (label.endsWith("PRIVATE KEY")) return SymbolKind.Key;
  if (label.endsWith("CERTIFICATE REQUEST")) return SymbolKind.Event;
  return SymbolKind.Object;
}
