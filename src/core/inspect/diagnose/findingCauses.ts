import type { Hresult } from "../../ndes/hresult.js";
import type { Finding } from "../finding.js";
import type { Cause } from "./evidence.js";
import { firstClause } from "./firstClause.js";

const ofTheSubject: ReadonlySet<string> = new Set([
  "csr.subject.empty",
  "csr.subject.tooLong",
  "csr.subject.stringType",
  "csr.subject.malformed",
  "csr.subject.order",
]);

/** By HRESULT, the findings about a request that it can be said of. */
const explained: Readonly<Record<string, ReadonlySet<string>>> = {
  "0x80070490": new Set(["csr.challenge.thumbprint", "csr.challenge.blanks"]),
  "0x80090006": new Set(["csr.signature.invalid"]),
  "0x80090008": new Set(["csr.signature.weakDigest"]),
  "0x80094001": ofTheSubject,
  "0x8009310b": new Set(["csr.san.malformed", "csr.extension.malformed", "csr.attribute.malformed"]),
};

/** What was found wrong with a request and what the server's HRESULT is said of, as the likely causes of a refusal. */
export function findingCauses(findings: readonly Finding[], error: Hresult | undefined): readonly Cause[] {
  const codes = error && explained[error.hex];
  if (!codes) return [];
  return findings
    .filter(({ code }) => codes.has(code))
    .map(({ code, message, remedy, citation }) => ({
      code,
      likelihood: "likely" as const,
      words: inASentence(message),
      evidence: [message, `NDES answers ${error.hex} ${error.name}: ${error.text}`],
      remedy,
      citation,
    }));
}

/** A sentence's first clause as it goes on behind "because": its first word in small letters unless it is an abbreviation. */
function inASentence(sentence: string): string {
  return firstClause(sentence).replace(/^(?:A(?= )|[A-Z](?=[a-z]+ ))/, (letter) => letter.toLowerCase());
}
