import { sameBytes } from "../asn1/octets.js";
import type { CryptoPort } from "../crypto/cryptoPort.js";
import { type SignatureResult, verifySignature } from "../crypto/signature.js";
import type { CertificateView } from "./certificate.js";
import { allowsKeyUsage, authorityKeyIdentifier, basicConstraints, subjectKeyIdentifier } from "./extensionValues.js";
import { forbiddenNames } from "./nameConstraints.js";
import type { NameView } from "./name.js";
import { isCa, isSelfIssued, mayHaveIssued } from "./roles.js";

/** Gives the certificates whose subject is a name. */
export type IssuerLookup = (name: NameView) => readonly CertificateView[];

/** Something about a CA on a path that keeps the certificates below it from being accepted. */
export interface PathProblem {
  readonly kind: "validity" | "notCa" | "keyCertSign" | "pathLength" | "nameConstraints";
  /** In a few words that follow the CA's name: `is no CA`. */
  readonly words: string;
}

/** One certificate of a path. */
export interface PathStep {
  readonly certificate: CertificateView;
  /** What came of verifying its signature with the next one's key, or its own where it is self-signed; absent where nobody is known who signed it. */
  readonly signature?: SignatureResult;
  /** What is wrong with it as an issuer; of the first step, which issues nothing here, none. */
  readonly problems: readonly PathProblem[];
}

/** The way from a certificate up to where it ends (RFC 5280 §6, as far as it can be judged without a trust anchor). */
export interface CertificationPath {
  /** The certificate itself first. */
  readonly steps: readonly PathStep[];
  /** Up to a self-signed certificate, to one whose issuer is not known, or beyond what is followed. */
  readonly end: "selfSigned" | "issuerUnknown" | "tooLong";
}

/** Certificates followed upwards; a path through Windows CAs has three or four. */
const longestPath = 10;

/** Issuers of one name whose keys are tried on one signature. */
const mostTried = 8;

/**
 * Follows a certificate to its issuers among those that are known. Of several of one name the one whose key verifies the
 * signature is taken; where none does, the first, and the signature is `invalid`.
 */
export async function findCertificationPath(
  port: CryptoPort,
  certificate: CertificateView,
  issuersNamed: IssuerLookup,
  now: Date,
): Promise<CertificationPath> {
  const steps: PathStep[] = [];
  for (let current = certificate; ;) {
    const problems = steps.length === 0 ? [] : problemsOf(current, steps, now);
    if (steps.length === longestPath) return { steps, end: "tooLong" };
    const { signature, issuer } = await issuerOf(port, current, issuersNamed, steps);
    steps.push({ certificate: current, problems, ...(signature && { signature }) });
    if (!issuer) return { steps, end: signature ? "selfSigned" : "issuerUnknown" };
    current = issuer;
  }
}

/** Verifies the signature of a certificate with a certificate's key. */
export async function verifyCertificate(
  port: CryptoPort,
  { tbs: data, signatureAlgorithm, signature }: Pick<CertificateView, "tbs" | "signatureAlgorithm" | "signature">,
  { spki }: CertificateView,
): Promise<SignatureResult> {
  return verifySignature(port, { spki, signatureAlgorithm, data, signature });
}

/** Who signed a certificate: `issuer` is absent for one that is self-signed, and both where nobody is known. */
async function issuerOf(
  port: CryptoPort,
  certificate: CertificateView,
  issuersNamed: IssuerLookup,
  below: readonly PathStep[],
): Promise<{ signature?: SignatureResult; issuer?: CertificateView }> {
  const own = isSelfIssued(certificate) ? await verifyCertificate(port, certificate, certificate) : undefined;
  if (own?.verdict === "valid") return { signature: own };
  const onPath = [...below.map((step) => step.certificate), certificate];
  const candidates = issuersNamed(certificate.issuer)
    .filter((issuer) => mayHaveIssued(issuer, certificate))
    .filter((issuer) => !onPath.some(({ der }) => sameBytes(der, issuer.der)))
    .slice(0, mostTried);
  let first: { signature: SignatureResult; issuer: CertificateView } | undefined;
  for (const issuer of candidates) {
    const signature = await verifyCertificate(port, certificate, issuer);
    if (signature.verdict === "valid") return { signature, issuer };
    first ??= { signature, issuer };
  }
  if (first) return first;
  // Self-issued with another key (a CA that renewed its key) is not self-signed; without identifiers nobody can tell.
  return own && namesItsOwnKey(certificate) ? { signature: own } : {};
}

function namesItsOwnKey(certificate: CertificateView): boolean {
  const [authority, subject] = [authorityKeyIdentifier(certificate), subjectKeyIdentifier(certificate)];
  return !authority || !subject || sameBytes(authority, subject);
}

/** What RFC 5280 §6.1.4 asks of a CA, looked at from the certificates below it. */
function problemsOf(ca: CertificateView, below: readonly PathStep[], now: Date): PathProblem[] {
  const problems: PathProblem[] = [];
  const day = (time: Date): string => time.toISOString().slice(0, 10);
  if (ca.notAfter && ca.notAfter < now) problems.push({ kind: "validity", words: `expired on ${day(ca.notAfter)}` });
  if (ca.notBefore && ca.notBefore > now)
    problems.push({ kind: "validity", words: `is valid from ${day(ca.notBefore)} only` });
  if (!isCa(ca)) problems.push({ kind: "notCa", words: "is no CA (basicConstraints)" });
  if (!allowsKeyUsage(ca, "keyCertSign"))
    problems.push({ kind: "keyCertSign", words: "may not sign certificates (keyUsage without keyCertSign)" });
  const pathLength = basicConstraints(ca)?.pathLength;
  const between = below.slice(1).filter(({ certificate }) => !isSelfIssued(certificate)).length;
  if (pathLength !== undefined && between > pathLength) {
    problems.push({
      kind: "pathLength",
      words: `allows ${pathLength === 0 ? "no" : pathLength} ${pathLength <= 1 ? "CA" : "CAs"} below it (pathLenConstraint), and there ${between === 1 ? "is" : "are"} ${between}`,
    });
  }
  for (const [index, { certificate }] of below.entries()) {
    // A self-issued certificate in the middle is not held to the constraints (RFC 5280 §6.1.4 b, §6.1.3 b).
    if (index > 0 && isSelfIssued(certificate)) continue;
    const [name] = forbiddenNames(ca, certificate);
    if (name !== undefined) problems.push({ kind: "nameConstraints", words: `does not allow the name ${name}` });
  }
  return problems;
}
