import type { PathProblem } from "../../x509/certificationPath.js";
import { visibleText } from "../../asn1/visibleText.js";
import { shortName } from "../describe/certificateWords.js";
import type { Severity } from "../finding.js";
import type { Rule } from "./rule.js";

/** What is wrong with the CAs above a certificate: a rule for each kind of problem that keeps a path from being accepted. */
function chainRule(
  kind: PathProblem["kind"],
  words: { code: string; severity: Severity; title: string; why: string; remedy: string; citation: string },
): Rule<"certificate"> {
  return {
    ...words,
    appliesTo: "certificate",
    check: ({ path }) =>
      path.steps.flatMap(({ certificate, problems }) =>
        problems
          .filter((problem) => problem.kind === kind)
          .map((problem) => ({
            at: "chain",
            message: `${shortName(certificate)}, which this certificate's path leads over, ${visibleText(problem.words, 300)}.`,
          })),
      ),
  };
}

/** `cert.chain.*` */
export const certChain: readonly Rule<"certificate">[] = [
  chainRule("validity", {
    code: "cert.chain.validity",
    severity: "warning",
    title: "A CA above the certificate is not valid now",
    why: "A path is only accepted while every CA on it is valid.",
    remedy: "Renew the CA's certificate and give it to those who rely on it.",
    citation: "RFC 5280 §6.1.3",
  }),
  chainRule("notCa", {
    code: "cert.chain.notCa",
    severity: "error",
    title: "The issuer is no CA",
    why: "Only a certificate whose basicConstraints say cA may issue others; careful software refuses what another one signed.",
    remedy: "Have the certificate issued by a CA.",
    citation: "RFC 5280 §6.1.4 (k)",
  }),
  chainRule("keyCertSign", {
    code: "cert.chain.keyCertSign",
    severity: "error",
    title: "The issuer may not sign certificates",
    why: "A CA's certificate with a key usage that lacks keyCertSign may not issue certificates.",
    remedy: "Have the CA's certificate issued with keyCertSign.",
    citation: "RFC 5280 §6.1.4 (n)",
  }),
  chainRule("pathLength", {
    code: "cert.chain.pathLength",
    severity: "error",
    title: "More CAs than pathLenConstraint allows",
    why: "A CA can limit how many CAs may follow below it. A longer path is refused.",
    remedy:
      "Have the certificate issued by a CA higher up, or the upper CA's certificate with a larger pathLenConstraint.",
    citation: "RFC 5280 §6.1.4 (l), (m)",
  }),
  chainRule("nameConstraints", {
    code: "cert.chain.nameConstraints",
    severity: "error",
    title: "A name outside the issuer's name constraints",
    why: "A CA's name constraints say which names may stand in the certificates below it. One with another name is refused.",
    remedy: "Ask for a certificate with names that the CA may certify, or ask a CA that may certify these.",
    citation: "RFC 5280 §4.2.1.10, §6.1.3 (b), (c)",
  }),
];
