import { visibleText } from "../asn1/visibleText.js";
import { definedOnly } from "../definedOnly.js";
import { type ExchangeTimings, headerValue, type HttpExchange } from "../scep/transport.js";
import type { Artifact } from "./artifact.js";
import { assemble, frameOf, type Place } from "./assemble.js";
import { relabelled } from "./describe/lazyNode.js";
import { count, type Frame, hexValue, inside, node, textValue } from "./describe/nodes.js";
import { repeatedReports } from "./repeatedReports.js";
import { exchangeParts, operationOf } from "./exchangeParts.js";
import type { HttpExchangeFacts } from "./facts/trafficFacts.js";
import type { Finding } from "./finding.js";
import { pageTitle } from "./inputReport.js";
import type { NodeStatus, Report, ReportNode, Verdict } from "./report.js";

/** Headers shown of one message. */
const mostHeaders = 100;

/** The report on one HTTP exchange: what was asked, what came back, and below that what the bodies are. */
export async function reportOnExchange(
  artifact: Extract<Artifact, { kind: "httpExchange" }>,
  place: Place,
): Promise<Report> {
  const { exchange } = artifact;
  const operation = artifact.operation ?? operationOf(exchange);
  const bytes = exchange.response?.body ?? new Uint8Array();
  const frame = frameOf(place, bytes);
  const parts = exchangeParts(exchange, operation);
  const sent = parts.sent && (await inspectPart(parts.sent, place, "request"));
  const received = parts.received && (await inspectPart(parts.received, place, "response", operation));
  const facts: HttpExchangeFacts = definedOnly<HttpExchangeFacts>({
    kind: "httpExchange",
    ...place.source,
    method: exchange.request.method,
    url: exchange.request.url,
    status: exchange.response?.status,
    contentType: exchange.response && headerValue(exchange.response, "Content-Type"),
    failure: exchange.failure?.sentence,
    requestLength: exchange.request.body?.length,
    responseLength: exchange.response?.body.length,
    startedAt: exchange.timings?.startedAt,
    durationMs: exchange.timings && Math.round(exchange.timings.totalMs),
  });
  const heading = `${operation ?? exchange.request.method} ${shortUrl(exchange.request.url)}`;
  // The admin page is what was wanted, unless a SCEP operation was asked for.
  const wanted = operation === undefined && received?.facts.kind === "adminPage";
  const isPage = received?.root.content === "page" && !wanted;
  const title = isPage ? pageTitle(bytes) : undefined;
  return assemble(place, {
    title: heading,
    facts,
    bytes,
    root: {
      label: operation ?? "HTTP",
      value: exchangeSummary(exchange),
      explanation: heading,
      citation: "RFC 8894 §4.1",
      children: () => [
        sent?.root,
        received?.root,
        ...(exchange.failure
          ? [
              node(frame, "failure", "failure", {
                value: exchange.failure.sentence,
                status: "error" as const,
                explanation: exchange.failure.detail,
                citation: "RFC 9110",
              }),
            ]
          : []),
        ...httpNodes(frame, exchange),
      ],
    },
    subjects: [
      {
        kind: "exchange",
        subject: {
          exchange,
          wrapping: place.wrapping,
          ...(operation !== undefined && { operation }),
          ...(received && { body: received.facts.kind }),
          ...(received && isPage && { page: title === undefined ? {} : { title } }),
        },
      },
    ],
    contains: [
      ...(sent ? [{ ...sent, part: "request" as const }] : []),
      ...(received ? [{ ...received, part: "response" as const }] : []),
    ],
    verdict: (findings) => exchangeVerdict(exchange, received, findings),
  });
}

/** `POST 200 · 670 bytes · 212 ms`. */
export function exchangeSummary({ request, response, timings }: HttpExchange): string {
  const parts = response
    ? [
        `${request.method} ${response.status}`,
        response.bodyUnknown ? "body not kept" : count(response.body.length, "byte"),
      ]
    : [request.method, "no response"];
  // A log may tell when, and not how long.
  return [...parts, ...(timings && timings.totalMs > 0 ? [`${Math.round(timings.totalMs)} ms`] : [])].join(" · ");
}

/** A URL without its query, which holds the whole message of a GET. */
export function shortUrl(url: string): string {
  return visibleText(url.split("?")[0] ?? url, 200);
}

async function inspectPart(
  artifact: Artifact,
  place: Place,
  part: "request" | "response",
  operation?: string,
): Promise<Report> {
  const arrow = part === "request" ? "↑" : "↓";
  const { factsOnly } = place.context;
  const asked = `${part} ${operation ?? ""}`;
  const known = factsOnly === true ? repeatedReports.find(artifact, asked, place) : undefined;
  if (known) return known;
  const report = await place.inspectors.artifact(artifact, {
    ...place,
    path: `${place.path}/${part}`,
    buffer: new Uint8Array(),
    source: { offset: artifact.source.offset, length: artifact.source.length },
    name: part === "request" ? "The request" : "The response",
    ...(/^Get(Next)?CACert$/i.test(operation ?? "") && { bundle: "caCertificates" as const }),
    wrapping: artifact.wrapping,
  });
  const labelled = { ...report, root: relabelled(report.root, `${arrow} ${report.root.label}`) };
  if (factsOnly === true) repeatedReports.add(artifact, asked, place, labelled);
  return labelled;
}

function httpNodes(frame: Frame, exchange: HttpExchange): (ReportNode | undefined)[] {
  const { request, response, timings, tls, remoteAddress, clientAddress } = exchange;
  return [
    node(frame, "request-line", "request", {
      value: `${request.method} ${visibleText(request.url, 200)}`,
      copyValue: request.url,
      explanation: `The URL is ${count(request.url.length, "character")} long.`,
      citation: "RFC 8894 §4.1",
    }),
    headersNode(frame, "request-headers", "request headers", Object.entries(request.headers)),
    response &&
      node(frame, "status", "status", {
        ...textValue(`${response.status} ${response.reasonPhrase}`.trim()),
        status: statusOf(response.status),
      }),
    response && contentTypeNode(frame, response),
    response && headersNode(frame, "response-headers", "response headers", response.headers),
    timings && timingsNode(frame, timings),
    remoteAddress === undefined
      ? undefined
      : node(frame, "remote", "answered by", { value: visibleText(remoteAddress, 100) }),
    clientAddress === undefined
      ? undefined
      : node(frame, "client", "asked by", { value: visibleText(clientAddress, 100) }),
    tls &&
      node(frame, "tls", "TLS", {
        value: `${tls.protocol}, ${tls.cipher}, certificate ${tls.authorized ? "trusted" : "not trusted"}`,
        status: tls.authorized ? "ok" : "warning",
        explanation: `The server's certificate: ${hexValue(tls.certificate).value}`,
        citation: "RFC 8446",
      }),
  ];
}

function statusOf(status: number): NodeStatus {
  return status === 200 ? "ok" : status < 400 ? "warning" : "error";
}

function contentTypeNode(frame: Frame, response: NonNullable<HttpExchange["response"]>): ReportNode | undefined {
  const value = headerValue(response, "Content-Type");
  if (value === undefined && response.bodyUnknown) return undefined;
  return node(frame, "contentType", "Content-Type", value === undefined ? { value: "none" } : textValue(value));
}

function headersNode(
  frame: Frame,
  segment: string,
  label: string,
  headers: readonly (readonly [string, string])[],
): ReportNode {
  const below = inside(frame, segment);
  const children = headers
    .slice(0, mostHeaders)
    .map(([name, value], index) => node(below, String(index), visibleText(name, 100), textValue(value)));
  return node(frame, segment, label, { value: String(headers.length) }, children);
}

function timingsNode(frame: Frame, timings: ExchangeTimings): ReportNode {
  const below = inside(frame, "timings");
  const line = (segment: string, label: string, ms: number | undefined): ReportNode | undefined =>
    ms === undefined || timings.totalMs === 0
      ? undefined
      : node(below, segment, label, { value: `${Math.round(ms)} ms` });
  const value = timings.totalMs > 0 ? `${Math.round(timings.totalMs)} ms` : "not told";
  return node(frame, "timings", "timings", { value }, [
    node(below, "started", "started", { value: timings.startedAt }),
    line("connected", "connected", timings.connectedMs),
    line("tls", "TLS", timings.tlsMs),
    line("firstByte", "first byte", timings.firstByteMs),
    line("total", "total", timings.totalMs),
  ]);
}

function exchangeVerdict(exchange: HttpExchange, received: Report | undefined, findings: readonly Finding[]): Verdict {
  const headline = exchangeSummary(exchange);
  if (exchange.failure) return { status: "error", headline, sentence: exchange.failure.sentence };
  const [first] = findings;
  if (first && first.severity === "error") {
    return { status: "error", headline, sentence: first.message, remedy: first.remedy };
  }
  return received
    ? { ...received.verdict, headline: `${received.verdict.headline} · ${headline}` }
    : {
        status: "ok",
        headline,
        sentence: exchange.response?.bodyUnknown
          ? "The server answered; what it answered was not kept."
          : "The server answered.",
      };
}
