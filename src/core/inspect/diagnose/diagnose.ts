import { visibleText } from "../../asn1/visibleText.js";
import { withArticle } from "../describe/nodes.js";
import { hresult, type Hresult } from "../../ndes/hresult.js";
import { findingCauses } from "./findingCauses.js";
import { firstClause } from "./firstClause.js";
import type { Cause, Evidence, Likelihood, RequestEvidence } from "./evidence.js";

/** HRESULTs by which NDES says that the challenge password did not pass. */
const challengeRefused: ReadonlySet<string> = new Set(["0x80070490", "0x800b0110", "0x80096004"]);

const order: Readonly<Record<Likelihood, number>> = { certain: 0, likely: 1, possible: 2 };

/**
 * Ranks the causes of a refusal by what the reply says and what the request looks like, the likeliest first. Says
 * nothing where nothing speaks for anything: failInfo alone, which NDES sets to badRequest for nearly every cause,
 * names none.
 */
export function diagnose(evidence: Evidence): readonly Cause[] {
  const error = evidence.hresult === undefined ? undefined : hresult(evidence.hresult);
  const causes = [
    ...(evidence.request ? requestCauses(evidence.request, error) : []),
    ...(evidence.failInfoText ? [failInfoTextCause(evidence.failInfoText)] : []),
    ...(error ? [hresultCause(error, evidence.request)] : []),
  ].filter((cause) => cause !== undefined);
  return causes.toSorted((a, b) => order[a.likelihood] - order[b.likelihood]);
}

function requestCauses(request: RequestEvidence, error: Hresult | undefined): (Cause | undefined)[] {
  return [
    challengeTypeCause(request, error),
    challengeMissingCause(request, error),
    keyCause(request, error),
    ...findingCauses(request.findings, error),
  ];
}

function challengeTypeCause({ challenge }: RequestEvidence, error: Hresult | undefined): Cause | undefined {
  if (challenge === "missing" || challenge === "PrintableString") return undefined;
  if (error && !challengeRefused.has(error.hex)) return undefined;
  // Only UTF8String is on record as refused; whether NDES takes the other types nobody has shown.
  const onRecord = challenge === "UTF8String";
  return {
    code: "challenge.stringType",
    likelihood: onRecord ? "likely" : "possible",
    words: `the challenge is ${withArticle(challenge)}`,
    evidence: [
      `The request carries its challengePassword as ${withArticle(challenge)}.`,
      ...(error ? [`NDES answers ${error.hex} ${error.name}.`] : []),
      onRecord
        ? "NDES looks a password in a UTF8String up in vain and reports it like a wrong one (event 29)."
        : `Only PrintableString is known to work; nobody has shown that NDES takes ${withArticle(challenge)}.`,
    ],
    remedy:
      "Send the challenge as a PrintableString: with OpenSSL set string_mask = nombstr in the [ req ] section, and fetch a new one-time password.",
    citation: "RFC 2985 §5.4.1; NDES event 29",
  };
}

function challengeMissingCause({ challenge, renewal }: RequestEvidence, error: Hresult | undefined): Cause | undefined {
  if (challenge !== "missing" || renewal) return undefined;
  if (error && !challengeRefused.has(error.hex)) return undefined;
  return {
    code: "challenge.missing",
    likelihood: error ? "likely" : "possible",
    words: "the request has no challengePassword",
    evidence: [
      "The request has no challengePassword.",
      ...(error ? [`NDES answers ${error.hex} ${error.name}.`] : []),
      "NDES wants one unless EnforcePassword is 0.",
    ],
    remedy: "Fetch a one-time password from mscep_admin and put it into the request as a PrintableString.",
    citation: "RFC 8894 §2.4; RFC 2985 §5.4.1",
  };
}

/** The shortest RSA key that templates take unless somebody lowered it. */
const usualMinimum = 2048;

function keyCause({ publicKey }: RequestEvidence, error: Hresult | undefined): Cause | undefined {
  const { algorithm, bits } = publicKey;
  if (algorithm !== "RSA" || bits === undefined || bits >= usualMinimum) return undefined;
  const said = error?.hex === "0x80094811";
  if (error && !said && error.hex !== "0x80004005") return undefined;
  return {
    code: "key.tooShort",
    likelihood: said ? "certain" : "possible",
    words: `the RSA key has only ${bits} bits`,
    evidence: [
      `The request's RSA key has ${bits} bits.`,
      ...(error ? [`NDES answers ${error.hex} ${error.name}.`] : []),
      "Certificate templates usually want at least 2048 bits; sscep's mkrequest makes 1024.",
    ],
    remedy: "Make a new key of at least 2048 bits and request again.",
    citation: "CERTSRV_E_KEY_LENGTH; NDES event 31",
  };
}

function failInfoTextCause(text: string): Cause {
  return {
    code: "failInfoText",
    likelihood: "likely",
    words: `the server says "${visibleText(text, 200)}"`,
    evidence: ["The reply carries failInfoText."],
    remedy: "Do what the server's words ask for.",
    citation: "RFC 8894 §3.2.1.4",
  };
}

function hresultCause(error: Hresult, request: RequestEvidence | undefined): Cause | undefined {
  if (error.hex === "0x80070490") {
    // Behind a UTF8String this cause would say the same once more; behind a PrintableString that one is ruled out.
    if (request && request.challenge !== "PrintableString") return undefined;
    return {
      code: "challenge.unknown",
      likelihood: "likely",
      words: request
        ? "the challenge password is wrong, expired or was used already"
        : "the challenge password is wrong, expired, used already, or sent as a UTF8String",
      evidence: [
        `NDES answers ${error.hex} ${error.name}.`,
        ...(request
          ? ["The request carries its challengePassword as a PrintableString, so its type is not the cause."]
          : []),
      ],
      remedy: request
        ? "Fetch a new one-time password from mscep_admin and request again at once; each is good for one request."
        : (error.remedy ?? "Fetch a new one-time password."),
      citation: error.source ?? "1.3.6.1.4.1.311.21.33",
    };
  }
  return {
    code: "ndes.hresult",
    likelihood: "likely",
    words: `${error.hex} ${error.name}: ${firstClause(error.meaning ?? error.text)}`,
    evidence: [`NDES answers ${error.hex} ${error.name}: ${error.text}`],
    remedy: error.remedy ?? "Look into the Application event log of the NDES server and the failed requests of its CA.",
    citation: error.source ?? "[MS-ERREF] §2.1",
  };
}
