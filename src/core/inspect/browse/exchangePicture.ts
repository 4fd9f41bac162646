import type { PkiMessageFacts } from "../facts/scepFacts.js";
import type { HttpExchangeFacts } from "../facts/trafficFacts.js";
import type { CertificateFacts } from "../facts/x509Facts.js";
import { count } from "../describe/nodes.js";
import type { Report } from "../report.js";
import type { ExchangePicture, PictureExchange, ReportPath } from "./browseCalls.js";

/** An exchange and its place among the reports. */
interface Witnessed {
  readonly report: Report;
  readonly facts: HttpExchangeFacts;
  readonly path: ReportPath;
}

/**
 * The conversation that some reports witness: the exchanges of a capture or of an enrolment, in the order in which they
 * began. Undefined where there is none among them. Only what was seen is drawn: the lane of the CA is there where a
 * registration authority's certificates tell that there are two, and nothing is said of what these two exchange.
 */
export function exchangePicture(reports: readonly Report[]): ExchangePicture | undefined {
  const witnessed = reports.flatMap((report, index) => exchangesIn(report, [index]));
  if (witnessed.length === 0) return undefined;
  const inOrder = witnessed.toSorted((a, b) => (startOf(a) < startOf(b) ? -1 : startOf(a) > startOf(b) ? 1 : 0));
  const certificates = witnessed.flatMap(({ report }) => certificatesIn(report));
  const hasRa = certificates.some(({ role }) => role === "ra" || role === "raSigning" || role === "raEncryption");
  const client = { party: "client" as const, label: "Client" };
  return {
    lanes: hasRa
      ? [client, { party: "server", label: "RA" }, { party: "ca", label: "CA" }]
      : [client, { party: "server", label: "Server" }],
    exchanges: inOrder.map((exchange) => pictureOf(exchange, hasRa)),
  };
}

function exchangesIn(report: Report, path: ReportPath): readonly Witnessed[] {
  const { facts } = report;
  if (facts.kind === "httpExchange") return [{ report, facts, path }];
  if (facts.kind !== "transaction") return [];
  return report.contains.flatMap((inner, index) => exchangesIn(inner, [...path, index]));
}

function startOf({ facts }: Witnessed): string {
  return facts.startedAt ?? "";
}

function pictureOf({ report, facts, path }: Witnessed, hasRa: boolean): PictureExchange {
  const partAt = (part: Report["part"]): { report: Report; path: ReportPath } | undefined => {
    const index = report.contains.findIndex((inner) => inner.part === part);
    const found = report.contains[index];
    return found && { report: found, path: [...path, index] };
  };
  const [request, response] = [partAt("request"), partAt("response")];
  const asked = request?.report.facts;
  const answered = response?.report.facts;
  const issuedBy =
    hasRa && answered?.kind === "pkiMessage" && response ? issuerIn(answered, response.report) : undefined;
  const length = facts.requestLength;
  return {
    report: path,
    operation: (asked?.kind === "pkiMessage" && asked.messageType?.name) || operationOf(facts),
    request: {
      summary: length === undefined ? facts.method : `${facts.method} ${count(length, "byte")}`,
      ...(request && { report: request.path }),
    },
    ...(facts.status !== undefined && {
      response: {
        summary: [
          String(facts.status),
          ...(facts.responseLength === undefined ? [] : [count(facts.responseLength, "byte")]),
        ].join(" · "),
        ...(response && { report: response.path }),
      },
    }),
    status: report.verdict.status,
    outcome: response?.report.verdict.headline ?? (facts.status === undefined ? "no answer" : report.verdict.headline),
    ...(facts.startedAt !== undefined && { startedAt: facts.startedAt }),
    ...(facts.durationMs !== undefined && { durationMs: facts.durationMs }),
    ...(issuedBy !== undefined && { issuedBy }),
  };
}

function operationOf({ url, method }: HttpExchangeFacts): string {
  return /[?&]operation=([A-Za-z]{1,40})/i.exec(url)?.[1] ?? method;
}

/** Who issued the certificate that a SUCCESS brings. */
function issuerIn({ pkiStatus }: PkiMessageFacts, reply: Report): string | undefined {
  if (pkiStatus?.value !== "0") return undefined;
  const issued = certificatesIn(reply).find(({ role }) => role === "endEntity");
  return issued && (/CN=([^,+]+)/.exec(issued.issuer)?.[1] ?? issued.issuer);
}

function certificatesIn(report: Report): readonly CertificateFacts[] {
  const own = report.facts.kind === "certificate" ? [report.facts] : [];
  return [...own, ...report.contains.flatMap(certificatesIn)];
}
