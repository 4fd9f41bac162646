import { oid } from "../asn1/oids.js";
import { toHex } from "../asn1/hex.js";
import { visibleText } from "../asn1/visibleText.js";
import { definedOnly } from "../definedOnly.js";
import { readRequest, type RequestView } from "../pkcs10/request.js";
import type { EnrollmentOutcome } from "../scep/enrollment.js";
import type { HttpExchange } from "../scep/transport.js";
import { nameAttribute } from "../x509/name.js";
import { exchangeArtifact } from "./artifact.js";
import type { InspectContext } from "./context.js";
import { count } from "./describe/nodes.js";
import type { TransactionFacts } from "./facts/scepFacts.js";
import { inspect } from "./inspect.js";
import type { Report, ReportNode, Verdict } from "./report.js";

/** A client's whole enrolment, as it is shown in one piece. */
export interface TransactionInput {
  readonly outcome: EnrollmentOutcome;
  /** What the user calls the server. */
  readonly serverName: string;
}

/** The words at the front of the causes of a refusal. */
const whyLabel = "Why";

/**
 * One report on an enrolment from beginning to end: how it ended, why, the request and the reply, and what the server
 * said to GetCACert and GetCACaps before. Every part is explained by the others: the reply's nonces by the request, the
 * request's recipient by the CA's certificates, a refusal by the challenge that was sent. Never rejects.
 */
export async function inspectTransaction(
  { outcome, serverName }: TransactionInput,
  context: InspectContext,
): Promise<Report> {
  const { record } = outcome;
  const known = transactionContext(outcome, context);
  const request = record.transaction && readRequest(record.transaction.request);
  const operation = record.exchange && (await exchangeReport("PKIOperation", record.exchange, known));
  const caCert = record.caCert && (await exchangeReport("GetCACert", record.caCert.exchange, known));
  const caps = record.caps && (await exchangeReport("GetCACaps", record.caps.exchange, known));
  const reply = operation?.contains.find(({ part }) => part === "response");
  const verdict = verdictOf(outcome, reply);
  const why = (reply?.root.children ?? []).filter(isWhy);
  const children = [
    ...why.map((node) => relocated(node, reply)),
    ...(operation && record.exchange ? operationNodes(operation, record.exchange) : []),
    ...[caCert, caps].flatMap((report) => (report ? [informationNode(report)] : [])),
  ];
  const name = subjectName(request);
  const title = visibleText(`Enroll ${name === undefined ? "" : `${name} `}→ ${serverName}`, 200);
  const facts: TransactionFacts = definedOnly<TransactionFacts>({
    kind: "transaction",
    operation: "PKCSReq",
    server: serverName,
    status: outcome.status,
    sentence: outcome.sentence,
    subject: request?.subject.text,
    transactionID: record.transaction?.transactionID,
  });
  return {
    title,
    verdict,
    facts,
    bytes: new Uint8Array(),
    root: { id: "transaction", label: title, value: verdict.headline, status: verdict.status, children },
    findings: [],
    contains: [operation, caCert, caps].filter((report) => report !== undefined),
  };
}

/** What an enrolment knows of itself, added to a context: keys that open its reply, certificates, capabilities, its own request. */
export function transactionContext({ record }: EnrollmentOutcome, context: InspectContext): InspectContext {
  const { caps, caCert, transaction } = record;
  const ca = caCert?.ok ? caCert.ca.certificates.map(({ der }) => der) : [];
  return {
    ...context,
    certificates: [...ca, ...context.certificates],
    clientCertificates: [
      ...(transaction ? [transaction.signer.certificate] : []),
      ...(context.clientCertificates ?? []),
    ],
    ...(caps && !caps.problem && { capabilities: [...caps.capabilities.known, ...caps.capabilities.unknown] }),
    ...(transaction && {
      keys: [
        { name: "the key that signed the request", pkcs8: transaction.signer.key },
        { name: "the request's key", pkcs8: transaction.key },
        ...context.keys,
      ],
      request: {
        transactionID: transaction.transactionID,
        senderNonce: toHex(transaction.senderNonce),
        pkcs10: transaction.request,
      },
    }),
  };
}

function exchangeReport(operation: string, exchange: HttpExchange, context: InspectContext): Promise<Report> {
  return inspect(exchangeArtifact(exchange, operation), context);
}

/** ↑ the request and ↓ the reply on lines of their own, and what HTTP says about both on a third. */
function operationNodes(report: Report, exchange: HttpExchange): ReportNode[] {
  const { request, response } = exchange;
  const sent = request.body?.length ?? request.url.length;
  const parts = report.contains.flatMap((inner) => {
    const isRequest = inner.part === "request";
    const line = isRequest
      ? `${request.method} ${count(sent, request.body ? "byte" : "character")}`
      : `${response?.status ?? ""} · ${count(response?.body.length ?? 0, "byte")}`;
    const status = isRequest ? inner.root.status : inner.verdict.status;
    return [
      {
        ...inner.root,
        value: line,
        ...(status && { status }),
        children: inner.root.children.filter((child) => !isWhy(child)),
      },
    ];
  });
  const others = report.root.children.filter((child) => !report.contains.some(({ root }) => root.id === child.id));
  const { findings } = report.root;
  const http: ReportNode = {
    id: "transaction/http",
    label: "HTTP",
    value: report.root.value ?? "",
    ...(findings && findings.length > 0 && { findings }),
    children: others,
  };
  return [...parts, http];
}

function informationNode(report: Report): ReportNode {
  return { ...report.root, status: report.verdict.status };
}

function isWhy(node: ReportNode): boolean {
  return node.label === whyLabel;
}

/** A line of the reply at another place of the tree, where the buffer above is another one. */
function relocated(node: ReportNode, reply: Report | undefined): ReportNode {
  return { ...node, id: `transaction/${node.id.split("/").at(-1) ?? "why"}`, ...(reply && { bytes: reply.bytes }) };
}

function verdictOf(outcome: EnrollmentOutcome, reply: Report | undefined): Verdict {
  const headline = reply?.verdict.headline;
  switch (outcome.status) {
    case "issued": {
      const until = outcome.certificate.notAfter?.toISOString().slice(0, 10);
      return {
        status: reply?.verdict.status === "warning" ? "warning" : "ok",
        headline: until === undefined ? "SUCCESS" : `SUCCESS · until ${until}`,
        sentence: outcome.sentence,
      };
    }
    case "refused":
      return reply?.verdict ?? { status: "error", headline: "FAILURE", sentence: outcome.sentence };
    case "pending":
      return { status: "warning", headline: "PENDING", sentence: outcome.sentence };
    case "failed":
      return {
        status: "error",
        headline:
          outcome.problem.code === "cancelled" ? "cancelled" : (headline ?? `stopped at ${outcome.problem.step}`),
        sentence: outcome.sentence,
      };
  }
}

/** Whom the certificate is for: the common name, else the whole subject. */
function subjectName(request: RequestView | undefined): string | undefined {
  if (!request) return undefined;
  return nameAttribute(request.subject, oid.commonName) ?? (request.subject.text || undefined);
}
