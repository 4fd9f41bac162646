import { Diagnostic, DiagnosticSeverity, type Range, Uri } from "vscode";
import type { Finding, Severity } from "../../core/inspect/finding.js";

/** The scheme of the pages of the findings catalogue, which are made of the rules and need no network. */
export const findingScheme = "scep-finding";

/** What the Problems panel says a diagnostic of ours comes from. */
export const diagnosticSource = "SCEP";

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
};

/** The page of the findings catalogue on a code. */
export function findingUri(code: string): Uri {
  return Uri.from({ scheme: findingScheme, path: `/${code}.md` });
}

/** A finding as the Problems panel shows it: what is so, what to do, and the code as a link to its page. */
export function diagnosticOf({ code, severity, message, remedy }: Finding, range: Range): Diagnostic {
  const diagnostic = new Diagnostic(range, `${message}\n${remedy}`, severities[severity]);
  diagnostic.source = diagnosticSource;
  diagnostic.code = { value: code, target: findingUri(code) };
  return diagnostic;
}
