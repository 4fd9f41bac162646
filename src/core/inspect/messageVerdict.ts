import { visibleText } from "../asn1/visibleText.js";
import { hresult } from "../ndes/hresult.js";
import { failInfos, pkiStatuses } from "../scep/messageType.js";
import { shortName } from "./describe/certificateWords.js";
import type { Cause } from "./diagnose/evidence.js";
import type { CertificateFacts } from "./facts/x509Facts.js";
import type { Finding } from "./finding.js";
import type { Report, Verdict } from "./report.js";
import type { PkiMessageSubject } from "./subject.js";

/** The few words behind a message's title: its result, or whom a request is for. */
export function summary({ attributes, request }: PkiMessageSubject): string | undefined {
  const { pkiStatus, failInfo, scepError } = attributes;
  if (!pkiStatus) return request && shortName(request);
  const status = pkiStatuses[pkiStatus.value] ?? `pkiStatus ${visibleText(pkiStatus.value, 20)}`;
  const reason = failInfo && (failInfos[failInfo.value] ?? `failInfo ${visibleText(failInfo.value, 20)}`);
  const code = scepError?.hresult === undefined ? undefined : hresult(scepError.hresult).hex;
  return [reason === undefined ? status : `${status} ${reason}`, code].filter((part) => part !== undefined).join(" · ");
}

/** Did it work, and why not: the verdict on a SCEP message, `content` being the report on what it carries. */
export function messageVerdict(
  message: PkiMessageSubject,
  type: string,
  causes: readonly Cause[],
  content: Report | undefined,
  findings: readonly Finding[],
): Verdict {
  const headline = summary(message) ?? type;
  const { pkiStatus } = message.attributes;
  if (message.cut) {
    return {
      status: "error",
      headline: `${headline} · cut short`,
      sentence: cutSentence(findings),
      remedy: "Get the whole message; what was readable is shown.",
    };
  }
  switch (pkiStatus?.value) {
    case "2":
      return refusal(headline, causes);
    case "3":
      return {
        status: "warning",
        headline,
        sentence: "The request waits for approval at the CA.",
        remedy: "Poll with a CertPoll of the same transactionID once it is approved.",
      };
    case "0":
      return granted(headline, message, content, findings);
    default:
      return judgedRequest(type, message, [...findings, ...(content?.findings ?? [])]);
  }
}

/** A request is as good as the most serious thing that was found of it. */
function judgedRequest(type: string, message: PkiMessageSubject, findings: readonly Finding[]): Verdict {
  const headline = requestHeadline(type, message);
  const first =
    findings.find(({ severity }) => severity === "error") ?? findings.find(({ severity }) => severity !== "info");
  return first
    ? { status: first.severity, headline, sentence: first.message, remedy: first.remedy }
    : { status: "ok", headline, sentence: requestSentence(type, message) };
}

/** What the server said is said as it is; what is concluded from it says how sure that is. */
function refusalSentence({ code, words, likelihood }: Cause): string {
  if (code === "ndes.hresult" || code === "failInfoText") return `The server refused the request: ${words}.`;
  const because = { certain: "because", likely: "most likely because", possible: "perhaps because" }[likelihood];
  return `The server refused the request, ${because} ${words}.`;
}

/** Findings with which a client has to refuse a reply, whatever its pkiStatus says. */
const unbelievable: ReadonlySet<string> = new Set([
  "scep.signature.invalid",
  "scep.nonce.mismatch",
  "scep.transactionId.mismatch",
]);

function granted(
  headline: string,
  message: PkiMessageSubject,
  content: Report | undefined,
  findings: readonly Finding[],
): Verdict {
  const refused = findings.find(({ code }) => unbelievable.has(code));
  if (refused) return { status: "error", headline, sentence: refused.message, remedy: refused.remedy };
  const serious = findings.some(({ severity }) => severity === "error");
  return { status: serious ? "warning" : "ok", headline, sentence: issuedSentence(message, content) };
}

function cutSentence(findings: readonly Finding[]): string {
  return findings.find(({ code }) => code === "asn1.truncated")?.message ?? "The message ends before it is complete.";
}

function refusal(headline: string, causes: readonly Cause[]): Verdict {
  const [cause] = causes;
  if (cause) return { status: "error", headline, sentence: refusalSentence(cause), remedy: cause.remedy };
  return {
    status: "error",
    headline,
    sentence: "The server refused the request and does not say why; failInfo alone decides nothing.",
    remedy: "Look into the server's event log and the CA's failed requests.",
  };
}

function issuedSentence({ envelope }: PkiMessageSubject, content: Report | undefined): string {
  const certificates = (content?.contains ?? [])
    .map(({ facts }) => facts)
    .filter((facts): facts is CertificateFacts => facts.kind === "certificate");
  const issued = certificates.find(({ role }) => role === "endEntity") ?? certificates[0];
  if (issued) {
    const until = issued.notAfter?.slice(0, 10) ?? "an unreadable date";
    return `Issued: ${visibleText(issued.subject, 200)}, serial ${issued.serialNumber}, until ${until}.`;
  }
  return envelope && !envelope.content
    ? "The server granted the request; what it sent can be seen with the key that the reply is enveloped for."
    : "The server granted the request.";
}

function requestHeadline(type: string, { request }: PkiMessageSubject): string {
  return request ? `${type} · ${shortName(request)}` : type;
}

function requestSentence(type: string, { envelope, request }: PkiMessageSubject): string {
  return envelope && !request
    ? `Nothing is wrong with this ${type} as far as it can be seen; its content opens with the recipient's key alone.`
    : `Nothing is wrong with this ${type} as far as it can be seen.`;
}
