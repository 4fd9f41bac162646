import { findExtension } from "../core/x509/extension.js";
import { oid } from "../core/asn1/oids.js";
import type { RequestView } from "../core/pkcs10/request.js";
import type { Challenges } from "./challenges.js";
import { badRequest, code, type Refusal } from "./outcome.js";
import { issuedSubject } from "./subject.js";

/** What the CA's template asks for, as after setup. */
const smallestRsaKey = 2048;

/** Upper bounds of RFC 5280 Appendix A.1, in characters. */
const upperBounds: Readonly<Record<string, number>> = {
  [oid.commonName]: 64,
  [oid.organizationalUnitName]: 64,
  [oid.organizationName]: 64,
  [oid.localityName]: 128,
  [oid.stateOrProvinceName]: 128,
  [oid.countryName]: 2,
  [oid.serialNumber]: 64,
  [oid.emailAddress]: 255,
  [oid.unstructuredName]: 255,
  [oid.unstructuredAddress]: 255,
};

/**
 * Judges the challenge of a request as NDES does, and uses it up. NDES compares with what it reads from a
 * PrintableString; in a UTF8String it does not find the password, and answers as to an unknown one.
 */
export function judgeChallenge(request: RequestView, challenges: Challenges): Refusal | undefined {
  const { challengePassword } = request;
  if (challengePassword?.text === undefined || challengePassword.text === "") {
    return badRequest(
      code.certificateSignature,
      undefined,
      "The request has no challenge password, and is no renewal under a certificate of this CA.",
    );
  }
  if (challengePassword.stringType !== "PrintableString") {
    return badRequest(
      code.notFound,
      29,
      `The challenge password is a ${challengePassword.stringType}; it is found only as a PrintableString.`,
    );
  }
  switch (challenges.redeem(challengePassword.text)) {
    case "accepted":
      return undefined;
    case "used":
      return badRequest(code.wrongUsage, 29, "The challenge password was used already.");
    case "expired":
      return badRequest(code.notFound, 29, "The challenge password has expired.");
    case "unknown":
      return badRequest(code.notFound, 29, "The challenge password is not one that this server handed out.");
  }
}

/** Judges what the CA would: the key, then the names. The proof of possession is judged elsewhere. */
export function judgeContent(request: RequestView): Refusal | undefined {
  return judgeKey(request) ?? judgeSubject(request) ?? judgeSubjectAltName(request);
}

function judgeKey({ publicKey }: RequestView): Refusal | undefined {
  const bits = publicKey.bits ?? 0;
  if (bits >= smallestRsaKey) return undefined;
  return badRequest(
    code.keyLength,
    31,
    `The key has ${bits} bits; the certificate template asks for ${smallestRsaKey} at least.`,
  );
}

function judgeSubject(request: RequestView): Refusal | undefined {
  const refuse = (reason: string): Refusal => badRequest(code.badRequestSubject, 31, reason);
  const attributes = request.subject.attributes;
  for (const attribute of attributes) {
    const bound = upperBounds[attribute.oid];
    const length = Array.from(attribute.text).length;
    if (attribute.stringType === "TeletexString" || attribute.stringType === "UniversalString") {
      return refuse(`The subject's ${attribute.typeName} is a ${attribute.stringType}.`);
    }
    if (attribute.problems.length > 0) return refuse(`The subject's ${attribute.typeName} is no valid string.`);
    if (length === 0) return refuse(`The subject's ${attribute.typeName} is empty.`);
    if (bound !== undefined && length > bound) {
      return refuse(`The subject's ${attribute.typeName} has ${length} characters; RFC 5280 allows ${bound}.`);
    }
  }
  const hasNames = issuedSubject(request.subject).length > 0 || findExtension(request.extensions, oid.subjectAltName);
  return hasNames ? undefined : refuse("The request has neither a subject that the CA would issue nor a SAN.");
}

function judgeSubjectAltName(request: RequestView): Refusal | undefined {
  const extension = findExtension(request.extensions, oid.subjectAltName);
  if (!extension) return undefined;
  const { value } = extension;
  if (value?.isSequence && value.problems.length === 0 && value.children.length > 0) return undefined;
  return badRequest(code.badTag, 31, "The request's subjectAltName cannot be read.");
}
