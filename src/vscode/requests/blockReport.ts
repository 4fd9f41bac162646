import type { InspectContext } from "../../core/inspect/context.js";
import { inspect } from "../../core/inspect/inspect.js";
import { recognise } from "../../core/inspect/recognise.js";
import type { Report } from "../../core/inspect/report.js";
import { nodeCrypto } from "../../node/nodeCrypto.js";
import type { DocumentBlock } from "./pemBlocks.js";

/** A block longer than this is told by its label alone, in characters: it is worth the inspector's time, not a glance. */
const longest = 64 * 1024;

/** Reports that are kept, by target and text. */
const mostKept = 200;

const kept = new Map<string, Promise<Report | undefined>>();

/** The report on a PEM block of a document, for a glance at it; undefined for a very long one. Each text is inspected once. */
export function blockReport(
  { text, label }: DocumentBlock,
  target: NonNullable<InspectContext["target"]>,
): Promise<Report | undefined> {
  const key = `${target}\n${text}`;
  const known = kept.get(key);
  if (known) return known;
  const report = text.length > longest ? Promise.resolve(undefined) : inspectText(text, label, target);
  kept.set(key, report);
  for (const oldest of kept.keys()) {
    if (kept.size <= mostKept) break;
    kept.delete(oldest);
  }
  return report;
}

async function inspectText(
  text: string,
  label: string,
  target: NonNullable<InspectContext["target"]>,
): Promise<Report | undefined> {
  const [artifact] = recognise(new TextEncoder().encode(text), label);
  const context: InspectContext = { crypto: nodeCrypto, keys: [], certificates: [], now: new Date(), target };
  return artifact && inspect(artifact, context);
}
