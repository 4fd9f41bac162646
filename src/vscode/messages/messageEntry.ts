import { l10n } from "vscode";
import type { NodeStatus, Report } from "../../core/inspect/report.js";
import type { NamedBytes } from "../../node/inspect/inspectJob.js";

/** One line of *Messages* at the top level: an exchange with a server, or something that was decoded. */
export interface MessageEntry {
  /** Unique in this window. */
  readonly id: string;
  /** What was done or opened: `Enroll dev7.example.com → NDES Lab`, `reply.der`. */
  readonly title: string;
  readonly at: Date;
  /** What inspection says of it: one report, or several where one input held several things. */
  readonly reports: readonly [Report, ...Report[]];
  /** What was decoded, where something in it stays closed: it may be inspected anew with a key. */
  readonly input?: NamedBytes;
  /** Names the private key in the vault whose certificate this enrolment brought. */
  readonly issuedKey?: string;
}

const weight: Readonly<Record<NodeStatus, number>> = { error: 3, warning: 2, ok: 1, info: 0 };

/** The report that weighs most: the first with an error, else the first with a warning, else the first. */
export function leadingReport(entry: MessageEntry): Report {
  return entry.reports.reduce((leading, report) =>
    weight[report.verdict.status] > weight[leading.verdict.status] ? report : leading,
  );
}

/** What a row, in few words, says of an entry: how its report ended, or how many things it holds and what is wrong. */
export function headlineOf(entry: MessageEntry): string {
  const { headline, status } = leadingReport(entry).verdict;
  const { length } = entry.reports;
  if (length === 1) return headline;
  return status === "error" || status === "warning"
    ? l10n.t("{0} items · {1}", length, headline)
    : l10n.t("{0} items", length);
}

/** The whole sentences for an entry: what is so, and what to do. */
export function sentencesOf(entry: MessageEntry): string {
  const { sentence, remedy, status } = leadingReport(entry).verdict;
  const { length } = entry.reports;
  const several = length === 1 ? [] : [l10n.t("{0} holds {1} items.", entry.title, length)];
  if (several.length > 0 && status !== "error" && status !== "warning") return several.join(" ");
  return [...several, sentence, ...(remedy === undefined ? [] : [remedy])].join(" ");
}

/** The time of day of an entry, as every row shows it: `14:02:11`. */
export function timeOfDay(at: Date): string {
  const two = (part: number): string => String(part).padStart(2, "0");
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}
