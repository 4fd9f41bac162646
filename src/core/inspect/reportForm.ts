import { jsonText, reportJson } from "./json.js";
import type { Report } from "./report.js";
import { renderText, type TextOptions } from "./text.js";

/** How reports are printed one after the other: each as a line of JSON, or as a tree of lines. Plain data. */
export type ReportForm =
  | { readonly kind: "ndjson"; readonly showSecrets: boolean }
  | ({ readonly kind: "tree" } & TextOptions);

/** A report as it is printed, with the line feeds behind it. */
export function printedReport(report: Report, form: ReportForm): string {
  return form.kind === "ndjson"
    ? `${jsonText(reportJson(report, { showSecrets: form.showSecrets }))}\n`
    : `${renderText(report, form)}\n\n`;
}
