import type { ArtifactKind, ArtifactSource, WrappingProblem } from "./artifact.js";

/** The labels that RFC 7468 and OpenSSL know for what there is in a block, and what may stand there. */
const kindsOfLabel: Readonly<Record<string, readonly ArtifactKind[]>> = {
  CERTIFICATE: ["certificate"],
  "X509 CERTIFICATE": ["certificate"],
  "TRUSTED CERTIFICATE": ["certificate"],
  "X509 CRL": ["crl"],
  CRL: ["crl"],
  "CERTIFICATE REQUEST": ["request"],
  "NEW CERTIFICATE REQUEST": ["request"],
};

/** What a person calls a kind, and the label that RFC 7468 has for it. */
const proper: Partial<Readonly<Record<ArtifactKind, { readonly words: string; readonly label: string }>>> = {
  certificate: { words: "a certificate", label: "CERTIFICATE" },
  crl: { words: "a CRL", label: "X509 CRL" },
  request: { words: "a certificate request", label: "CERTIFICATE REQUEST" },
  privateKey: { words: "a private key", label: "PRIVATE KEY" },
  pkiMessage: { words: "a SCEP message", label: "PKCS7" },
  certsOnly: { words: "a bundle of certificates", label: "PKCS7" },
  signedData: { words: "a SignedData", label: "PKCS7" },
  envelopedData: { words: "an EnvelopedData", label: "PKCS7" },
};

/** What is wrong with a PEM block's label, when its content is of another kind (RFC 7468 §4); undefined where nothing is. */
export function labelProblem(label: string, kind: ArtifactKind, place: ArtifactSource): WrappingProblem | undefined {
  const is = proper[kind];
  const expected = kindsOfLabel[label] ?? (/^(?:PKCS ?#?7|CMS)/.test(label) ? pkcs7Kinds : undefined);
  const isKey = label.endsWith("PRIVATE KEY");
  if (!is || (!expected && !isKey) || expected?.includes(kind) || (isKey && kind === "privateKey")) return undefined;
  const message = `The PEM block says "${label}" and holds ${is.words}, whose label is "${is.label}"; a program that goes by the label refuses it.`;
  return { code: "pem.label", message, offset: place.offset };
}

const pkcs7Kinds: readonly ArtifactKind[] = ["pkiMessage", "certsOnly", "signedData", "envelopedData"];

/** The trailing data of OpenSSL's TRUSTED CERTIFICATE told as what it is: settings of trust, an alias, a key identifier. */
export function trustSettings(wrapping: readonly WrappingProblem[]): WrappingProblem[] {
  return wrapping.map((problem) =>
    problem.code === "asn1.trailingData"
      ? {
          code: "pem.trusted",
          message:
            "Behind the certificate stand OpenSSL's own settings of trust for it (X509_CERT_AUX), which are no part of it.",
          offset: problem.offset,
        }
      : problem,
  );
}
