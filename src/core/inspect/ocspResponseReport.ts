import { toHex } from "../asn1/hex.js";
import { sameBytes } from "../asn1/octets.js";
import { type SignatureResult, verifySignature } from "../crypto/signature.js";
import { definedOnly } from "../definedOnly.js";
import type { CertificateView } from "../x509/certificate.js";
import { crlReasons } from "../x509/distributionPoint.js";
import { sameName } from "../x509/name.js";
import {
  type BasicResponseView,
  type OcspResponseView,
  responseStatuses,
  type SingleResponseView,
} from "../x509/ocsp.js";
import { assemble, frameOf, type Place } from "./assemble.js";
import { reportOnCertificate } from "./certificateReport.js";
import { certIdFacts, certIdNode } from "./describe/certIdNode.js";
import { extensionsNode } from "./describe/extensionNodes.js";
import { listNodes } from "./describe/extensions/described.js";
import { nameValue } from "./describe/nameNodes.js";
import { count, type Frame, inside, node, rangeOf, timeValue } from "./describe/nodes.js";
import type { OcspResponseFacts } from "./facts/ocspFacts.js";
import type { SignatureVerdict } from "./facts/sourceFacts.js";
import type { Finding } from "./finding.js";
import { keyBits, OcspIssuers } from "./ocspIssuers.js";
import { nonceIn } from "./ocspRequestReport.js";
import type { Report, ReportNode, Verdict } from "./report.js";
import { encodingOf, structureOf } from "./structureOf.js";

/** Answers, and certificates that go along, that are shown of one response. */
const mostResponses = 200;
const mostCertificates = 20;

/** An answer on one certificate with that certificate's issuer, where it is known. */
interface Answer {
  readonly response: SingleResponseView;
  readonly issuer: CertificateView | undefined;
}

/** What came of verifying a response. */
interface ResponderCheck {
  readonly verdict: SignatureVerdict;
  readonly detail: string;
  readonly signer?: CertificateView;
}

/** The report on an OCSP response (RFC 6960 §4.2). */
export async function reportOnOcspResponse(view: OcspResponseView, place: Place): Promise<Report> {
  const { bytes } = view.node;
  const frame = frameOf(place, bytes);
  const structure = structureOf(place, view.node, "ocspResponse");
  const status = responseStatuses[String(view.status)] ?? "unknown";
  const { basic } = view;
  const issuers = new OcspIssuers(place, basic?.signature.certificates ?? []);
  const answers: Answer[] = [];
  for (const response of basic?.responses.slice(0, mostResponses) ?? []) {
    answers.push({ response, issuer: await issuers.find(response.certId) });
  }
  const check = basic && (await verifyResponse(basic, issuers.certificates, place));
  const certificates = basic ? await reportOnResponderCertificates(basic, place, bytes) : [];
  const facts: OcspResponseFacts = definedOnly<OcspResponseFacts>({
    kind: "ocspResponse",
    ...place.source,
    encoding: encodingOf(view.node, structure),
    responseStatus: { value: String(view.status), name: status },
    responder: basic && responderText(basic),
    producedAt: basic?.producedAt?.toISOString(),
    responses: basic && answers.map(answerFacts),
    nonce: basic && nonceIn(basic.extensions),
    signatureAlgorithm: basic?.signature.algorithm.name,
    signature: check?.verdict,
  });
  return assemble(place, {
    title: "OCSP response",
    facts,
    bytes,
    contains: certificates,
    root: {
      label: "OCSP response",
      value: headline(view, status),
      range: rangeOf(view.node),
      children: () => [
        node(frame, "responseStatus", "responseStatus", { value: `${view.status} ${status}`, from: view.statusNode }),
        ...(basic && check ? basicNodes(frame, basic, check, answers) : []),
        certificates.length > 0
          ? node(
              frame,
              "certificates",
              "certificates",
              { value: count(certificates.length, "certificate") },
              certificates.map(({ root }) => root),
            )
          : undefined,
        structure?.root(),
      ],
    },
    subjects: [
      {
        kind: "ocspResponse",
        subject: {
          view,
          ...(check && { signature: check.verdict, detail: check.detail }),
          ...(check?.signer && { signer: check.signer }),
          issuers: answers.map(({ issuer }) => issuer),
        },
      },
      ...(structure ? [structure.subject] : []),
    ],
    verdict: (findings) => responseVerdict(view, status, findings),
  });
}

function basicNodes(
  frame: Frame,
  basic: BasicResponseView,
  check: ResponderCheck,
  answers: readonly Answer[],
): (ReportNode | undefined)[] {
  const list = inside(frame, "responses", basic.responsesNode);
  const checked = {
    valid: "ok",
    invalid: "error",
    signerCertificateMissing: undefined,
    unsupported: undefined,
  } as const;
  return [
    node(frame, "responderID", "responderID", {
      ...(basic.responderName ? nameValue(basic.responderName) : { value: responderText(basic) }),
      from: basic.responderNode,
    }),
    node(frame, "producedAt", "producedAt", { value: timeValue(basic.producedAt), from: basic.producedAtNode }),
    node(
      frame,
      "responses",
      "responses",
      { value: count(basic.responses.length, "certificate"), from: basic.responsesNode },
      listNodes(list, answers, (answer, segment) => answerNode(list, segment, answer)),
    ),
    extensionsNode(frame, "responseExtensions", "responseExtensions", basic),
    node(frame, "signatureAlgorithm", "signatureAlgorithm", {
      value: basic.signature.algorithm.name,
      from: basic.signature.algorithm.node,
    }),
    node(frame, "signature", "signature", {
      value: check.detail,
      status: checked[check.verdict],
      from: basic.signature.node,
      guide: "signatureValue",
    }),
  ];
}

function answerNode(frame: Frame, segment: string, { response, issuer }: Answer): ReportNode {
  const below = inside(frame, segment, response.node);
  const [, , thisUpdateNode] = response.node.children;
  return node(
    frame,
    segment,
    response.certId.serialNumber,
    {
      value: statusText(response),
      from: response.node,
      guide: "responses",
      status: response.status === "good" ? "ok" : "warning",
    },
    [
      certIdNode(below, "certID", response.certId, issuer),
      node(below, "certStatus", "certStatus", { value: statusText(response), from: response.statusNode }),
      node(below, "thisUpdate", "thisUpdate", {
        value: timeValue(response.thisUpdate),
        from: thisUpdateNode,
        guide: "certStatus",
      }),
      node(below, "nextUpdate", "nextUpdate", {
        value: response.nextUpdate
          ? timeValue(response.nextUpdate)
          : "not said: newer information is there at any time",
        guide: "certStatus",
      }),
      extensionsNode(below, "singleExtensions", "singleExtensions", response),
    ],
  );
}

/** `revoked 2026-11-22 14:02:11 UTC · keyCompromise`. */
function statusText({ status, revocationTime, revocationReason }: SingleResponseView): string {
  if (status !== "revoked") return status;
  const reason = revocationReason === undefined ? "" : ` · ${reasonText(revocationReason)}`;
  return `revoked ${timeValue(revocationTime)}${reason}`;
}

function reasonText(code: number): string {
  return crlReasons[String(code)] ?? `reason ${code}`;
}

function responderText(basic: BasicResponseView): string {
  return basic.responderName?.text ?? (basic.responderKeyHash ? `key ${toHex(basic.responderKeyHash)}` : "unreadable");
}

function answerFacts({ response, issuer }: Answer): NonNullable<OcspResponseFacts["responses"]>[number] {
  return definedOnly<NonNullable<OcspResponseFacts["responses"]>[number]>({
    ...certIdFacts(response.certId, issuer),
    status: response.status,
    thisUpdate: response.thisUpdate?.toISOString(),
    nextUpdate: response.nextUpdate?.toISOString(),
    revocationTime: response.revocationTime?.toISOString(),
    revocationReason: response.revocationReason === undefined ? undefined : reasonText(response.revocationReason),
  });
}

/** Verifies a response with the responder's certificate, in the response or known beside it. */
async function verifyResponse(
  basic: BasicResponseView,
  certificates: readonly CertificateView[],
  place: Place,
): Promise<ResponderCheck> {
  const { crypto } = place.context;
  const { algorithm, value } = basic.signature;
  let failed: { readonly result: SignatureResult; readonly signer: CertificateView } | undefined;
  for (const signer of certificates) {
    const isNamed = basic.responderName
      ? sameName(basic.responderName, signer.subject)
      : basic.responderKeyHash !== undefined &&
        sameBytes(basic.responderKeyHash, await crypto.digest("SHA-1", keyBits(signer)).catch(() => new Uint8Array()));
    if (!isNamed) continue;
    const result = await verifySignature(crypto, {
      spki: signer.spki,
      signatureAlgorithm: algorithm,
      data: basic.tbs,
      signature: value,
    });
    if (result.verdict === "valid") return { ...result, signer };
    failed ??= { result, signer };
  }
  return failed
    ? { ...failed.result, signer: failed.signer }
    : {
        verdict: "signerCertificateMissing",
        detail: "not checked: the responder's certificate is neither in the response nor known here",
      };
}

async function reportOnResponderCertificates(
  basic: BasicResponseView,
  place: Place,
  buffer: Uint8Array,
): Promise<Report[]> {
  const { certificates } = basic.signature;
  const reports: Report[] = [];
  for (const [index, certificate] of certificates.slice(0, mostCertificates).entries()) {
    const { start, length } = certificate.node;
    const path = `${place.path}/certificates/${index}`;
    reports.push(
      await reportOnCertificate(certificate, {
        ...place,
        path,
        label: "Certificate",
        buffer,
        wrapping: [],
        beside: certificates,
        source: { offset: start, length },
      }),
    );
  }
  return reports;
}

function headline({ basic }: OcspResponseView, status: string): string {
  if (!basic) return status;
  const [only, ...more] = basic.responses;
  return only && more.length === 0 ? statusText(only) : count(basic.responses.length, "certificate");
}

function responseVerdict(view: OcspResponseView, status: string, findings: readonly Finding[]): Verdict {
  const words = headline(view, status);
  const [first] = findings;
  if (first && first.severity !== "info") {
    return { status: first.severity, headline: words, sentence: first.message, remedy: first.remedy };
  }
  const sentence = view.basic
    ? `The responder says: ${words}.`
    : `The responder does not answer the question: ${status}.`;
  return { status: view.basic ? "ok" : "info", headline: words, sentence };
}
