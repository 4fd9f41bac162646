import { visibleText } from "../asn1/visibleText.js";
import type { Artifact } from "./artifact.js";
import type { Place } from "./assemble.js";
import { count } from "./describe/nodes.js";
import type { Report, Verdict } from "./report.js";

/**
 * The report on an artifact whose inspection failed, which only a host's broken cryptography or a fault of the program
 * can cause: what it is and how large, and the words of the failure. The bytes are kept, so that they can be saved.
 */
export function failedReport({ kind, bytes }: Artifact, place: Place, error: unknown): Report {
  const words = visibleText(error instanceof Error ? error.message : String(error), 300);
  const verdict: Verdict = {
    status: "error",
    headline: "not inspected",
    sentence: `${place.name} was recognised as ${kind}, but could not be inspected: ${words}`,
    remedy: "Please report this with the file, if it is no secret; decoding it with the command line may do meanwhile.",
  };
  return {
    title: kind,
    verdict,
    facts: { kind: "unknown", ...place.source, description: `${kind} that could not be inspected` },
    bytes,
    root: {
      id: place.path,
      label: kind,
      value: count(bytes.length, "byte"),
      status: "error",
      explanation: verdict.sentence,
      citation: "RFC 8894 §3",
      range: { start: 0, end: bytes.length },
      children: [],
    },
    findings: [],
    contains: [],
  };
}
