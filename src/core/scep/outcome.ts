import { visibleText } from "../asn1/visibleText.js";
import type { CertificateView } from "../x509/certificate.js";
import type { HresultExplanation, RefusalReason } from "./enrollment.js";
import { failInfos } from "./messageType.js";
import type { PkiMessageView } from "./pkiMessage.js";

/** What RFC 8894 §3.2.1.4 says of each failInfo, and what to do. */
const failInfoWords: Readonly<Record<string, { readonly meaning: string; readonly remedy: string }>> = {
  badAlg: {
    meaning: "it does not know or not allow an algorithm of the message.",
    remedy: "Choose another content encryption or digest for this server.",
  },
  badMessageCheck: {
    meaning: "the signature of the message did not hold, or its envelope could not be opened.",
    remedy: "Ask for the CA's certificates again; they may have been renewed.",
  },
  badRequest: {
    meaning: "it does not permit or support the request. Many servers say so for nearly every cause.",
    remedy: "Check the challenge password first; the server's log says more.",
  },
  badTime: {
    meaning: "the time in the message is not close enough to its own.",
    remedy: "Compare the clocks of this computer and of the server.",
  },
  badCertId: {
    meaning: "it knows no certificate that matches.",
    remedy: "Check the issuer and serial number that were asked for.",
  },
};

/** What a FAILURE says about its reason; `explain` names Microsoft's HRESULTs. */
export function refusalReason(
  reply: PkiMessageView,
  explain: ((value: number) => HresultExplanation) | undefined,
): RefusalReason {
  const { failInfo, failInfoText, scepError } = reply;
  const hresult = scepError?.hresult;
  return {
    ...(failInfo && { failInfo: { value: failInfo.value, name: failInfos[failInfo.value] ?? "unknown" } }),
    ...(failInfoText && { failInfoText: failInfoText.value }),
    ...(hresult !== undefined && { scepError: explain?.(hresult) ?? bareHresult(hresult) }),
  };
}

function bareHresult(value: number): HresultExplanation {
  const hex = `0x${(value >>> 0).toString(16).padStart(8, "0")}`;
  return { hex, name: "unknown", text: `"certutil -error ${hex}" shows it on Windows.` };
}

/** The sentence for a FAILURE: Microsoft's reason where there is one, else the server's own words, else failInfo's. */
export function refusedSentence({ failInfo, failInfoText, scepError }: RefusalReason): string {
  const code = failInfo ? `failInfo ${visibleText(failInfo.value, 20)} ${failInfo.name}` : "without a failInfo";
  if (scepError) {
    const why = scepError.meaning ?? scepError.text;
    const remedy = scepError.remedy === undefined ? "" : ` ${scepError.remedy}`;
    return `NDES refused the request (${scepError.hex} ${scepError.name}, ${code}). ${why}${remedy}`;
  }
  if (failInfoText !== undefined && failInfoText.trim() !== "") {
    return `The server refused the request (${code}) and says: "${visibleText(failInfoText, 300)}"`;
  }
  const words = failInfo && failInfoWords[failInfo.name];
  return words
    ? `The server refused the request (${code}): ${words.meaning} ${words.remedy}`
    : `The server refused the request (${code}) and does not say why; its log does.`;
}

/** The sentence for SUCCESS. */
export function issuedSentence(certificate: CertificateView): string {
  const serial = (certificate.serialNumber.match(/../g) ?? []).join(":");
  const until = certificate.notAfter ? `, until ${certificate.notAfter.toISOString().slice(0, 10)}` : "";
  const subject = certificate.subject.text === "" ? "a certificate without a subject" : certificate.subject.text;
  return `Issued: ${visibleText(subject, 300)}, serial ${serial}${until}.`;
}

/** The sentence for PENDING. */
export function pendingSentence(transactionID: string): string {
  return `The server keeps the request waiting for approval (PENDING). Its transactionID is ${transactionID}; a poll with it brings the certificate once it is approved.`;
}
