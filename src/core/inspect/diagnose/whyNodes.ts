import type { ReportNode } from "../report.js";
import { type Frame, inside, node } from "../describe/nodes.js";
import type { Cause } from "./evidence.js";

/** Causes shown; what ranks below is noise. */
const mostCauses = 3;

/** One line for each cause, the likeliest first, with what speaks for it and what to do below. */
export function whyNodes(frame: Frame, causes: readonly Cause[]): ReportNode[] {
  return causes.slice(0, mostCauses).map((cause, index) => {
    const segment = index === 0 ? "why" : `why${index + 1}`;
    const below = inside(frame, segment);
    const { citation } = cause;
    return node(
      frame,
      segment,
      "Why",
      {
        value: `${cause.words} (${cause.likelihood})`,
        copyValue: cause.words,
        status: "warning",
        explanation: `${cause.evidence.join(" ")} ${cause.remedy}`,
        citation,
      },
      [
        ...cause.evidence.map((sentence, i) =>
          node(below, `evidence${i + 1}`, "because", { value: sentence, citation }),
        ),
        node(below, "remedy", "what to do", { value: cause.remedy, citation }),
      ],
    );
  });
}

/** The line for a refusal of which nothing tells the reason. */
export function unknownWhyNode(frame: Frame): ReportNode {
  return node(frame, "why", "Why", {
    value: "the reply does not say; failInfo alone decides nothing",
    status: "info",
    explanation:
      "Neither an HRESULT of NDES nor failInfoText is in the reply. The Application event log of the server and the CA's failed requests tell the reason.",
    citation: "RFC 8894 §3.2.1.4",
  });
}
