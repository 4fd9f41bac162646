import { type CancellationToken, CodeLens, l10n, Range, type TextDocument, workspace } from "vscode";
import { glance, glanceAt } from "../../core/inspect/glance.js";
import { commandIds } from "../commandIds.js";
import type { Services } from "../services.js";
import { blockReport } from "./blockReport.js";
import { lintTarget } from "./lintTarget.js";
import { lintTexts } from "./linter.js";
import { type DocumentBlock, pemBlocks } from "./pemBlocks.js";

/** What is known of a lens until it is seen. */
interface PendingLens {
  readonly lens: "glance" | "inspect" | "enroll";
  readonly block: DocumentBlock;
  readonly document: TextDocument;
}

const pending = new WeakMap<CodeLens, PendingLens>();

/** The lenses above the PEM blocks of a document, empty until they come into view. */
export function pemLenses(document: TextDocument): CodeLens[] {
  if (!workspace.getConfiguration("scepWorkbench").get("codeLens", true)) return [];
  return pemBlocks(document).flatMap((block) => {
    const kinds: PendingLens["lens"][] = [
      "glance",
      "inspect",
      ...(block.label.endsWith("CERTIFICATE REQUEST") ? (["enroll"] as const) : []),
    ];
    return kinds.map((lens) => {
      const made = new CodeLens(new Range(block.range.start, block.range.start.translate(0, 5)));
      pending.set(made, { lens, block, document });
      return made;
    });
  });
}

/** Gives a lens that came into view its words and its command. */
export async function resolveLens(services: Services, lens: CodeLens, token: CancellationToken): Promise<CodeLens> {
  const known = pending.get(lens);
  if (!known) return lens;
  const { block, document } = known;
  const at = [document.uri, block.range.start.line];
  switch (known.lens) {
    case "inspect":
      lens.command = {
        title: l10n.t("Inspect"),
        tooltip: l10n.t("Show everything that is in it"),
        command: commandIds.inspectBlock,
        arguments: at,
      };
      return lens;
    case "enroll":
      lens.command = {
        title: l10n.t("Enroll with…"),
        tooltip: l10n.t("Send this request to a server"),
        command: commandIds.enrollBlock,
        arguments: at,
      };
      return lens;
    case "glance": {
      const { title, tooltip } = await glanceOf(services, block, token);
      // VS Code draws icons for $(name); a name from outside is to stay text.
      if (!token.isCancellationRequested) {
        lens.command = { title: title.replaceAll("$(", "$\u200A("), command: "", tooltip };
      }
      return lens;
    }
  }
}

/** What a block is and how it stands. One that is too long to be inspected for a glance is linted, which has a thread for it. */
async function glanceOf(
  services: Services,
  block: DocumentBlock,
  token: CancellationToken,
): Promise<{ readonly title: string; readonly tooltip: string }> {
  const target = lintTarget(services.servers);
  const report = await blockReport(block, target);
  if (report) {
    const { sentence: tooltip } = report.verdict;
    const { kind } = report.facts;
    return { title: kind === "unknown" ? glanceAt(block.label, report.findings) : glance(report, new Date()), tooltip };
  }
  const results = await lintTexts(services, [block.text], target, token);
  const [artifact] = results?.[0]?.artifacts ?? [];
  if (!artifact) return { title: block.label, tooltip: "" };
  return { title: glanceAt(artifact.summary, artifact.findings), tooltip: artifact.verdict.sentence };
}
