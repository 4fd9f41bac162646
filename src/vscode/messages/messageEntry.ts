import type { NodeStatus, Report } from "../../core/inspect/report.js";

/** One line of *Messages* at the top level: an exchange with a server, or something that was decoded. */
export interface MessageEntry {
  /** Unique in this window. */
  readonly id: string;
  /** What was done or opened: `Enroll dev7.example.com → NDES Lab`, `reply.der`. */
  readonly title: string;
  readonly at: Date;
  /** What inspection says of it: one report, or several where one input held several things. */
  readonly reports: readonly [Report, ...Report[]];
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

/** The time of day of an entry, as every row shows it: `14:02:11`. */
export function timeOfDay(at: Date): string {
  const two = (part: number): string => String(part).padStart(2, "0");
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}
