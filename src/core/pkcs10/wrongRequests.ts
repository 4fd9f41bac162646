import type { BuiltStringType } from "../asn1/buildValue.js";
import { oid } from "../asn1/oids.js";
import type { CryptoPort } from "../crypto/cryptoPort.js";
import type { KeySpec } from "../crypto/newKey.js";
import { HumanError } from "../humanError.js";
import { type RequestWishes, requestOfWishes } from "./requestWishes.js";
import { stringTypeBit } from "./stringTable.js";

/** A request that is wrong on purpose, in one thing, to see what a server makes of it. */
export interface WrongRequest {
  /** As a command line names it: `challenge-utf8string`. */
  readonly name: string;
  /** What is wrong, in a few words. */
  readonly title: string;
  /** The HRESULT that belongs to the refusal, `0x` and eight hex digits. */
  readonly hresult: string;
  /** Whether the refusal is a failure CertRep, or an HTTP status 500 with a web page. */
  readonly answer: "FAILURE" | "HTTP 500";
  /** The finding that says beforehand what is wrong; absent where only the server can know it. */
  readonly finding?: string;
  /** Where the refusal is on record. */
  readonly source: string;
  /** The server gets as far as this fault only with a challenge password that it takes. */
  readonly needsChallenge: boolean;
  /** The key that it has to have, instead of a sound one. */
  readonly key?: KeySpec;
  /** Changes the wishes for a sound request, which have a challenge password. */
  readonly wishes?: (wishes: RequestWishes) => RequestWishes;
  /** Spoils the finished DER. */
  readonly spoil?: (der: Uint8Array) => Uint8Array;
}

const ndesEvents = "NDES event 29: the password cannot be verified";
const hresults = "PSCertificateEnrollment, NDESErrorCode";

/** Every wrong request, in the order in which NDES and its CA look. */
export const wrongRequests: readonly WrongRequest[] = [
  {
    name: "damaged",
    title: "the request is cut short inside its signature",
    hresult: "0x8009310b",
    answer: "FAILURE",
    needsChallenge: false,
    finding: "asn1.truncated",
    source: "[MS-ERREF] CRYPT_E_ASN1_BADTAG; NDES event 17",
    spoil: (der) => der.slice(0, -40),
  },
  {
    name: "challenge-missing",
    title: "no challenge password",
    hresult: "0x80096004",
    answer: "FAILURE",
    needsChallenge: false,
    finding: "csr.challenge.missing",
    source: hresults,
    wishes: ({ challengePassword: _challenge, ...others }) => others,
  },
  challengeIn(
    "UTF8String",
    "the challenge is a UTF8String, OpenSSL's default",
    "Gradenegger: SSCEP and NDES; sscep issue 83",
  ),
  challengeIn("BMPString", "the challenge is a BMPString", ndesEvents),
  challengeIn("TeletexString", "the challenge is a TeletexString (T61)", ndesEvents),
  challengeIn("IA5String", "the challenge is an IA5String", ndesEvents),
  {
    name: "challenge-unknown",
    title: "a challenge that the server never handed out, or that has expired",
    hresult: "0x80070490",
    answer: "FAILURE",
    needsChallenge: false,
    source: `${hresults}; ${ndesEvents}`,
    wishes: (wishes) => ({ ...wishes, challengePassword: { text: "0000000000000000", stringType: "PrintableString" } }),
  },
  {
    name: "challenge-thumbprint",
    title: "the CA's thumbprint of the admin page in place of the challenge",
    hresult: "0x80070490",
    answer: "FAILURE",
    needsChallenge: false,
    finding: "csr.challenge.thumbprint",
    source: ndesEvents,
    wishes: (wishes) => ({
      ...wishes,
      challengePassword: { text: "D41D8CD9 8F00B204 E9800998 ECF8427E", stringType: "PrintableString" },
    }),
  },
  {
    name: "challenge-blank",
    title: "a blank behind the challenge",
    hresult: "0x80070490",
    answer: "FAILURE",
    needsChallenge: true,
    finding: "csr.challenge.blanks",
    source: ndesEvents,
    wishes: (wishes) => ({
      ...wishes,
      challengePassword: { text: `${challengeOf(wishes)} `, stringType: "PrintableString" },
    }),
  },
  {
    name: "key-ec",
    title: "an EC key, for which no reply can be encrypted",
    hresult: "0xc00000bb",
    answer: "HTTP 500",
    needsChallenge: true,
    finding: "csr.key.unsupported",
    source: "NDES event 13: the response cannot be encrypted",
    key: { kind: "curve", curve: "P-256" },
  },
  {
    name: "digest-md5",
    title: "signed with MD5",
    hresult: "0x80090008",
    answer: "FAILURE",
    needsChallenge: true,
    finding: "csr.signature.weakDigest",
    source: "[MS-ERREF] NTE_BAD_ALGID",
    wishes: (wishes) => ({ ...wishes, digest: "MD5" }),
  },
  {
    name: "signature-invalid",
    title: "the signature does not verify",
    hresult: "0x80090006",
    answer: "FAILURE",
    needsChallenge: true,
    finding: "csr.signature.invalid",
    source: "[MS-ERREF] NTE_BAD_SIGNATURE",
    spoil: (der) => {
      const spoilt = der.slice();
      spoilt[der.length - 20] = (spoilt[der.length - 20] ?? 0) ^ 0x55;
      return spoilt;
    },
  },
  {
    name: "key-1024",
    title: "an RSA key of 1024 bits, mkrequest's default",
    hresult: "0x80094811",
    answer: "FAILURE",
    needsChallenge: true,
    finding: "csr.key.tooShort",
    source: "NDES event 31: the public key does not meet the minimum size",
    key: { kind: "rsa", bits: 1024 },
  },
  {
    name: "subject-empty",
    title: "neither a subject nor alternative names",
    hresult: "0x80094001",
    answer: "FAILURE",
    needsChallenge: true,
    finding: "csr.subject.empty",
    source: "NDES event 31: the request subject name is invalid or too long",
    wishes: (wishes) => ({ ...wishes, subject: "", extensions: withoutNames(wishes) }),
  },
  {
    name: "subject-too-long",
    title: "a common name of 65 characters, where 64 are allowed",
    hresult: "0x80094001",
    answer: "FAILURE",
    needsChallenge: true,
    finding: "csr.subject.tooLong",
    source: "NDES event 31: the request subject name is invalid or too long",
    // Written as DER: OpenSSL's table, which we keep to, would refuse it.
    wishes: (wishes) => ({ ...wishes, subject: `CN=#1341${"61".repeat(65)}` }),
  },
  {
    name: "subject-t61",
    title: "the subject in TeletexString (T61)",
    hresult: "0x80094001",
    answer: "FAILURE",
    needsChallenge: true,
    finding: "csr.subject.stringType",
    source: "NDES event 31: the request subject name is invalid or too long",
    wishes: (wishes) => ({
      ...wishes,
      strings: { mask: stringTypeBit.TeletexString, utf8: true },
      ...(wishes.challengePassword && {
        challengePassword: { text: wishes.challengePassword.text, stringType: "PrintableString" as const },
      }),
    }),
  },
  {
    name: "subject-dropped",
    title: "a subject of which the CA's SubjectTemplate keeps nothing, and no alternative names",
    hresult: "0x80094001",
    answer: "FAILURE",
    needsChallenge: true,
    finding: "csr.subject.order",
    source: "Gradenegger: the order of the RDNs in the subject of issued certificates",
    wishes: (wishes) => ({ ...wishes, subject: "UID=dev7,title=Device", extensions: withoutNames(wishes) }),
  },
  {
    name: "san-unreadable",
    title: "a subjectAltName that is no list of names",
    hresult: "0x8009310b",
    answer: "FAILURE",
    needsChallenge: true,
    finding: "csr.san.malformed",
    source: "[MS-ERREF] CRYPT_E_ASN1_BADTAG",
    wishes: (wishes) => ({
      ...wishes,
      extensions: [
        ...withoutNames(wishes),
        {
          kind: "other",
          extension: {
            oid: oid.subjectAltName,
            critical: false,
            valueDer: Uint8Array.of(0x04, 0x03, 0x61, 0x62, 0x63),
          },
        },
      ],
    }),
  },
];

/**
 * Makes a wrong request: the wishes are those of a sound one, and their challenge password is one that the server would
 * take, or it refuses for that first. `pkcs8` is of the kind that {@link WrongRequest.key} asks for.
 */
export async function buildWrongRequest(
  port: CryptoPort,
  wrong: WrongRequest,
  wishes: RequestWishes,
  pkcs8: Uint8Array,
): Promise<Uint8Array> {
  const der = await requestOfWishes(port, wrong.wishes?.(wishes) ?? wishes, pkcs8);
  return wrong.spoil?.(der) ?? der;
}

function challengeIn(stringType: BuiltStringType, title: string, source: string): WrongRequest {
  return {
    name: `challenge-${stringType.toLowerCase()}`,
    title,
    hresult: "0x80070490",
    answer: "FAILURE",
    needsChallenge: true,
    finding: "csr.challenge.stringType",
    source,
    wishes: (wishes) => ({ ...wishes, challengePassword: { text: challengeOf(wishes), stringType } }),
  };
}

function challengeOf({ challengePassword }: RequestWishes): string {
  if (challengePassword) return challengePassword.text;
  throw new HumanError(
    "What is to be wrong here is the challenge password, and there is none. Give one that the server would take.",
  );
}

function withoutNames({ extensions = [] }: RequestWishes): NonNullable<RequestWishes["extensions"]> {
  return extensions.filter(({ kind }) => kind !== "subjectAltName");
}
