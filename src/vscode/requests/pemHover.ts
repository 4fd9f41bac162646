import { type CancellationToken, Hover, l10n, MarkdownString, type TextDocument, type Position } from "vscode";
import type { ReportNode } from "../../core/inspect/report.js";
import { literal } from "../messages/rowTooltip.js";
import type { Services } from "../services.js";
import { statusWord } from "../statusLook.js";
import { blockReport } from "./blockReport.js";
import { lintTarget } from "./lintTarget.js";
import { blockAt } from "./pemBlocks.js";

/** Facts and findings shown of one block; the inspector shows the rest. */
const mostFacts = 14;
const mostFindings = 6;

/** The longest value that is shown in one line. */
const longestValue = 100;

/** What a PEM block is, how it stands, what is in it and what is wrong with it. */
export async function pemHover(
  services: Services,
  document: TextDocument,
  position: Position,
  token: CancellationToken,
): Promise<Hover | undefined> {
  const block = blockAt(document, position.line);
  if (!block) return undefined;
  const report = await blockReport(block, lintTarget(services.servers));
  if (token.isCancellationRequested) return undefined;
  const words = new MarkdownString(undefined, false);
  words.isTrusted = false;
  words.supportHtml = false;
  if (!report) {
    words.appendMarkdown(
      `**${literal(block.label)}**\n\n${literal(l10n.t("It is long: inspect it to see what is in it."))}`,
    );
    return new Hover(words, block.range);
  }
  const { verdict, title, root, findings } = report;
  words.appendMarkdown(`**${literal(title)}**\n\n${literal(verdict.sentence)}\n\n`);
  const facts = factsOf(root).map(({ label, value = "" }) => {
    const shown = value.length > longestValue ? `${value.slice(0, longestValue)}…` : value;
    return `${label.padEnd(22)} ${shown}`;
  });
  // In a code block nothing of a hostile name becomes a link, an image or an icon.
  if (facts.length > 0) words.appendCodeblock(facts.join("\n"), "text");
  for (const { severity, message, remedy, code } of findings.slice(0, mostFindings)) {
    words.appendMarkdown(
      `\n\n*${literal(statusWord(severity))}:* ${literal(`${message} ${remedy}`)} *${literal(code)}*`,
    );
  }
  if (findings.length > mostFindings) {
    words.appendMarkdown(
      `\n\n${literal(l10n.t("{0} more findings stand in the Problems panel.", findings.length - mostFindings))}`,
    );
  }
  return new Hover(words, block.range);
}

/** The nodes that say something in one line: the top level, and what is below a group of fingerprints. */
function factsOf(root: ReportNode): readonly ReportNode[] {
  return root.children
    .flatMap((node) => (node.label === "fingerprints" ? node.children : [node]))
    .filter(({ label, value }) => value !== undefined && label !== "structure")
    .slice(0, mostFacts);
}
