import { visibleText } from "../asn1/visibleText.js";
import { count } from "./describe/nodes.js";
import type { Finding, Severity } from "./finding.js";
import type { Report } from "./report.js";

/** What a line above a PEM block says of it, in a few words: who and what it is, and how it stands. */
export function glance(report: Report, now: Date): string {
  const { facts } = report;
  switch (facts.kind) {
    case "request":
      return [named(facts.subject), keyWords(facts.publicKey), weighed(report.findings)].join(" · ");
    case "certificate":
      return [named(facts.subject), expiry(facts.notAfter, now)].join(" · ");
    case "crl":
      return [`CRL of ${named(facts.issuer)}`, count(facts.revokedCount, "entry", "entries")].join(" · ");
    default: {
      const wrong = report.findings.some(({ severity }) => severity !== "info");
      return wrong ? glanceAt(report.title, report.findings) : visibleText(report.title, 80);
    }
  }
}

/** The same of something that was linted and not inspected, or that is no whole message: what it is called, and how it stands. */
export function glanceAt(name: string, findings: readonly Finding[]): string {
  return [visibleText(name, 80), weighed(findings)].join(" · ");
}

function named(name: string): string {
  // The common name alone, as far as it can be told without reading the name again.
  const common = /(?:^|[^\\]|,)CN=((?:[^,\\+]|\\.)+)/.exec(name)?.[1];
  return visibleText(common ?? (name === "" ? "no subject" : name), 60);
}

function keyWords({ algorithm, curve, bits }: { algorithm: string; curve?: string; bits?: number }): string {
  return [algorithm, curve ?? bits].filter((part) => part !== undefined).join(" ");
}

function weighed(findings: readonly Finding[]): string {
  const of = (wanted: Severity): number => findings.filter(({ severity }) => severity === wanted).length;
  const [errors, warnings] = [of("error"), of("warning")];
  if (errors + warnings === 0) return "✓ nothing wrong";
  return [
    ...(errors > 0 ? [`✗ ${count(errors, "error")}`] : []),
    ...(warnings > 0 ? [`⚠ ${count(warnings, "warning")}`] : []),
  ].join(", ");
}

function expiry(notAfter: string | undefined, now: Date): string {
  if (notAfter === undefined) return "no readable expiry";
  const day = notAfter.slice(0, 10);
  const days = Math.floor((Date.parse(notAfter) - now.getTime()) / 86_400_000);
  if (Number.isNaN(days)) return "no readable expiry";
  return days < 0 ? `✗ expired ${day}` : `until ${day}${days <= 30 ? ` (⚠ ${count(days, "day")})` : ""}`;
}
