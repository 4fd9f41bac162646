import { extensionWords } from "./extensionGuide.js";

/** What a field is, and where that is written. */
export interface FieldWords {
  readonly explanation: string;
  readonly citation: string;
}

const words = {
  ...extensionWords,

  // SCEP's signed attributes
  pkiStatus: {
    explanation: "Whether the CA did what was asked: 0 SUCCESS, 2 FAILURE, 3 PENDING. Every CertRep has it.",
    citation: "RFC 8894 §3.2.1.3",
  },
  failInfo: {
    explanation:
      "Why the CA refused, as one of five codes: 0 badAlg, 1 badMessageCheck, 2 badRequest, 3 badTime, 4 badCertId. Servers choose it loosely, so it decides nothing alone.",
    citation: "RFC 8894 §3.2.1.4",
  },
  failInfoText: {
    explanation: "What the server says about the refusal in its own words.",
    citation: "RFC 8894 §3.2.1.4",
  },
  "NDES error": {
    explanation:
      "The HRESULT with which NDES gave up, in the signed attribute 1.3.6.1.4.1.311.21.33 as a signed decimal number. It is the one place where NDES says why.",
    citation: "1.3.6.1.4.1.311.21.33 szOID_ENROLL_SCEP_ERROR",
  },
  messageType: {
    explanation:
      "What the message asks for or is: 3 CertRep, 17 RenewalReq, 19 PKCSReq, 20 CertPoll, 21 GetCert, 22 GetCRL.",
    citation: "RFC 8894 §3.2.1.2",
  },
  transactionID: {
    explanation: "Names the transaction; every message of one transaction, polling included, carries the same.",
    citation: "RFC 8894 §3.2.1.1",
  },
  senderNonce: {
    explanation: "A fresh random number of 16 bytes from whoever sent this message.",
    citation: "RFC 8894 §3.2.1.5",
  },
  recipientNonce: {
    explanation:
      "The senderNonce of the request, sent back, so that the client knows that this answers its own request.",
    citation: "RFC 8894 §3.2.1.5",
  },
  extensionReq: {
    explanation: "An attribute of old drafts that carried extensions for the certificate.",
    citation: "draft-nourse-scep-23",
  },
  signer: {
    explanation: "The certificate whose key made the signature, by issuer and serial number or by key identifier.",
    citation: "RFC 5652 §5.3",
  },
  signature: {
    explanation:
      "Whether the signature over the signed attributes, and their message digest over the content, are right.",
    citation: "RFC 5652 §5.4, §5.6",
  },
  envelope: {
    explanation: "The pkcsPKIEnvelope: the message proper, encrypted for whoever is meant to read it.",
    citation: "RFC 8894 §3.1, §3.2.2",
  },
  content: {
    explanation: "What the SignedData signs: the envelope, or nothing in a FAILURE or PENDING.",
    citation: "RFC 8894 §3.1, §3.3.2",
  },

  // CMS
  ContentInfo: { explanation: "The outermost structure: a content type and the content.", citation: "RFC 5652 §3" },
  contentType: { explanation: "What kind of content is signed; always signed along.", citation: "RFC 5652 §11.1" },
  messageDigest: {
    explanation: "The digest of the content; the signature is over this attribute.",
    citation: "RFC 5652 §11.2",
  },
  signingTime: { explanation: "When the signer says it signed.", citation: "RFC 5652 §11.3" },
  SignedData: {
    explanation: "Content with signatures, and the certificates to check them.",
    citation: "RFC 5652 §5.1",
  },
  version: { explanation: "The version of this structure's syntax.", citation: "RFC 5652 §5.1; RFC 5280 §4.1.2.1" },
  digestAlgorithms: { explanation: "The digests that the signers used.", citation: "RFC 5652 §5.1" },
  encapContentInfo: { explanation: "The signed content and its type.", citation: "RFC 5652 §5.2" },
  eContentType: { explanation: "The type of the signed content; data in SCEP.", citation: "RFC 5652 §5.2" },
  eContent: { explanation: "The signed content itself, an OCTET STRING.", citation: "RFC 5652 §5.2" },
  certificates: {
    explanation: "Certificates that help to check the signatures, or that were asked for.",
    citation: "RFC 5652 §5.1",
  },
  crls: { explanation: "Revocation lists sent along.", citation: "RFC 5652 §5.1" },
  signerInfos: { explanation: "One entry for each signer; none in a certs-only message.", citation: "RFC 5652 §5.3" },
  SignerInfo: {
    explanation: "One signer: who, with which algorithms, over which attributes.",
    citation: "RFC 5652 §5.3",
  },
  sid: {
    explanation: "Who signed, by issuer and serial number or by subject key identifier.",
    citation: "RFC 5652 §5.3",
  },
  digestAlgorithm: {
    explanation: "The digest of the content and of the signed attributes.",
    citation: "RFC 5652 §5.3",
  },
  signedAttrs: {
    explanation: "What is signed along with the content; SCEP's fields stand here.",
    citation: "RFC 5652 §5.3; RFC 8894 §3.2.1",
  },
  unsignedAttrs: { explanation: "Attributes that the signature does not cover.", citation: "RFC 5652 §5.3" },
  signatureAlgorithm: { explanation: "How the signature was made.", citation: "RFC 5652 §5.3; RFC 5280 §4.1.1.2" },
  EnvelopedData: {
    explanation: "Encrypted content, and its key encrypted for each recipient.",
    citation: "RFC 5652 §6.1",
  },
  AuthEnvelopedData: {
    explanation: "Content encrypted and authenticated by one cipher; the key is enclosed for each recipient.",
    citation: "RFC 5083 §2.1",
  },
  EncryptedData: {
    explanation: "Content encrypted with a key or a password that both sides have; no recipient is named.",
    citation: "RFC 5652 §8",
  },
  CompressedData: { explanation: "Compressed content.", citation: "RFC 3274 §1.1" },
  DigestedData: { explanation: "Content with its digest, which nobody signed.", citation: "RFC 5652 §7" },
  AuthenticatedData: {
    explanation: "Content in clear with a message authentication code, whose key is enclosed for each recipient.",
    citation: "RFC 5652 §9",
  },
  recipientInfos: {
    explanation: "One entry for each recipient: who may decrypt, and the content key encrypted for them.",
    citation: "RFC 5652 §6.2",
  },
  RecipientInfo: {
    explanation: "One recipient and the content key encrypted for its public key.",
    citation: "RFC 5652 §6.2.1",
  },
  encryptedContentInfo: { explanation: "The encrypted content, its type and its cipher.", citation: "RFC 5652 §6.1" },
  contentEncryptionAlgorithm: {
    explanation: "The cipher of the content, with its initialisation vector.",
    citation: "RFC 5652 §6.1; RFC 8894 §2.9",
  },
  encryptedContent: { explanation: "The content, encrypted.", citation: "RFC 5652 §6.1" },
  encryptedKey: { explanation: "The content key, encrypted for the recipient.", citation: "RFC 5652 §6.2.1" },
  keyEncryptionAlgorithm: { explanation: "How the content key was encrypted.", citation: "RFC 5652 §6.2.1" },

  // Certificates and revocation lists
  serialNumber: {
    explanation: "The number under which the issuer keeps this certificate.",
    citation: "RFC 5280 §4.1.2.2",
  },
  issuer: { explanation: "The name of whoever signed this.", citation: "RFC 5280 §4.1.2.4" },
  subject: { explanation: "The name of whoever has the private key.", citation: "RFC 5280 §4.1.2.6" },
  notBefore: { explanation: "The first moment at which the certificate is valid.", citation: "RFC 5280 §4.1.2.5" },
  notAfter: { explanation: "The last moment at which the certificate is valid.", citation: "RFC 5280 §4.1.2.5" },
  subjectPublicKeyInfo: { explanation: "The public key and its algorithm.", citation: "RFC 5280 §4.1.2.7" },
  extensions: {
    explanation: "What else the certificate says of its subject, its use and its issuer.",
    citation: "RFC 5280 §4.2",
  },
  role: {
    explanation:
      "The part this certificate plays for SCEP, by key usage and issuer: RA certificates sign the replies and open the requests, the issuing CA signs what is issued.",
    citation: "RFC 8894 §2.1.2, §3.2",
  },
  fingerprints: {
    explanation: "Digests of the whole certificate, to compare by eye; NDES's admin page shows MD5.",
    citation: "RFC 8894 §2.2",
  },
  signatureValue: { explanation: "The issuer's signature.", citation: "RFC 5280 §4.1.1.3" },
  thisUpdate: { explanation: "When this list was issued.", citation: "RFC 5280 §5.1.2.4" },
  nextUpdate: { explanation: "When the next list is due at the latest.", citation: "RFC 5280 §5.1.2.5" },
  revokedCertificates: { explanation: "The certificates that are revoked.", citation: "RFC 5280 §5.1.2.6" },
  keyUsage: { explanation: "What the key may be used for.", citation: "RFC 5280 §4.2.1.3" },
  extendedKeyUsage: { explanation: "For which purposes the certificate may be used.", citation: "RFC 5280 §4.2.1.12" },
  subjectAltName: {
    explanation: "Further names of the subject: DNS names, addresses, user principal names.",
    citation: "RFC 5280 §4.2.1.6",
  },
  basicConstraints: { explanation: "Whether this is a CA's certificate.", citation: "RFC 5280 §4.2.1.9" },
  subjectKeyIdentifier: { explanation: "An identifier of the subject's key.", citation: "RFC 5280 §4.2.1.2" },
  authorityKeyIdentifier: { explanation: "An identifier of the issuer's key.", citation: "RFC 5280 §4.2.1.1" },
  cRLDistributionPoints: {
    explanation: "Where the issuer's revocation list is found.",
    citation: "RFC 5280 §4.2.1.13",
  },
  authorityInfoAccess: {
    explanation: "Where the issuer's certificate and its OCSP responder are found.",
    citation: "RFC 5280 §4.2.2.1",
  },
  certificateTemplateName: {
    explanation: "The Windows certificate template of version 1, by name.",
    citation: "[MS-WCCE] §2.2.2.7.7.1",
  },
  certificateTemplate: {
    explanation: "The Windows certificate template, by object identifier and version.",
    citation: "[MS-WCCE] §2.2.2.7.7.2",
  },
  ntdsCaSecurityExt: {
    explanation: "The security identifier of the account that the certificate stands for (strong mapping).",
    citation: "[MS-WCCE] §2.2.2.7.7.4; KB5014754",
  },

  // Requests
  challengePassword: {
    explanation: "The password that entitles to the certificate; NDES gives each out once, on mscep_admin.",
    citation: "RFC 2985 §5.4.1; RFC 8894 §2.4",
  },
  extensionRequest: {
    explanation: "The extensions that the certificate is asked to have.",
    citation: "RFC 2985 §5.4.2",
  },
  attributes: { explanation: "What the request says beside name and key.", citation: "RFC 2986 §4.1" },
  certificationRequestInfo: {
    explanation: "The signed part of the request: name, key and attributes.",
    citation: "RFC 2986 §4.1",
  },
  "proof of possession": {
    explanation: "The request's own signature, which shows that whoever asks has the private key.",
    citation: "RFC 2986 §4.2",
  },

  // HTTP and the rest
  status: {
    explanation: "What the server says about the exchange, as HTTP's three digits.",
    citation: "RFC 9110 §15; RFC 8894 §4.1",
  },
  "Content-Type": { explanation: "What the server says its body is.", citation: "RFC 8894 §4.1.1, §4.2.1, §4.3" },
  capabilities: {
    explanation: "What the server says it can do, a word a line; NDES leaves AES out, though it can.",
    citation: "RFC 8894 §3.5.2",
  },
  thumbprint: {
    explanation: "The fingerprint of a CA certificate, to compare with what GetCACert brought.",
    citation: "RFC 8894 §2.2",
  },
  request: { explanation: "What was asked for, by HTTP.", citation: "RFC 8894 §4.1" },
  "request headers": { explanation: "The headers that were sent, in their order.", citation: "RFC 9110 §5" },
  "response headers": { explanation: "The headers that came back, in their order.", citation: "RFC 9110 §5" },
  timings: { explanation: "When what happened, counted from the start of the exchange.", citation: "RFC 9110 §3" },
  "answered by": { explanation: "The address and port that the answer came from.", citation: "RFC 9110 §4.2" },
  length: { explanation: "How many bytes there are.", citation: "X.690 §8.1.3" },
  beginning: { explanation: "The first of the bytes, to tell by what the input is.", citation: "X.690 §8.1" },

  // What stands for a whole
  "ASN.1": { explanation: "A BER or DER encoding that is no message of SCEP's.", citation: "X.690" },
  Unknown: { explanation: "Bytes that are no message of any kind that is known here.", citation: "RFC 8894 §3" },
  "Web page": { explanation: "HTML, which is no message of SCEP's.", citation: "RFC 8894 §4.1" },
  Certificate: {
    explanation: "A certificate: a name bound to a public key by the issuer's signature.",
    citation: "RFC 5280 §4.1",
  },
  CRL: { explanation: "A list of certificates that their issuer no longer stands for.", citation: "RFC 5280 §5" },
  "Private key": {
    explanation: "A private key. It opens envelopes and signs; it is not shown.",
    citation: "RFC 5958; RFC 8017 §A.1.2; RFC 5915",
  },
  "public key": { explanation: "The public half of the key.", citation: "RFC 5280 §4.1.2.7" },
  format: { explanation: "In which structure the key is kept.", citation: "RFC 5958; RFC 8017 §A.1.2; RFC 5915" },

  // What the structures are made of
  tbsCertificate: { explanation: "The part of the certificate that is signed.", citation: "RFC 5280 §4.1.1.1" },
  tbsCertList: { explanation: "The part of the list that is signed.", citation: "RFC 5280 §5.1.1.1" },
  validity: { explanation: "From when to when the certificate is valid.", citation: "RFC 5280 §4.1.2.5" },
  RelativeDistinguishedName: { explanation: "One step of a distinguished name.", citation: "RFC 5280 §4.1.2.4" },
  AttributeTypeAndValue: {
    explanation: "One attribute of a name: what it is and what it says.",
    citation: "RFC 5280 §4.1.2.4",
  },
  subjectPublicKey: { explanation: "The public key itself, in a BIT STRING.", citation: "RFC 5280 §4.1.2.7" },
  subjectPKInfo: { explanation: "The public key and its algorithm.", citation: "RFC 2986 §4.1" },
  RSAPublicKey: { explanation: "An RSA key: modulus and public exponent.", citation: "RFC 8017 §A.1.1" },
  modulus: { explanation: "The RSA modulus; its length is the size of the key.", citation: "RFC 8017 §A.1.1" },
  publicExponent: { explanation: "The RSA public exponent, nearly always 65537.", citation: "RFC 8017 §A.1.1" },
  algorithm: { explanation: "Which algorithm, by its object identifier.", citation: "RFC 5280 §4.1.1.2" },
  parameters: { explanation: "What the algorithm needs to be told; NULL for RSA.", citation: "RFC 5280 §4.1.1.2" },
  Extensions: { explanation: "The list of extensions.", citation: "RFC 5280 §4.1" },
  extnID: { explanation: "Which extension this is.", citation: "RFC 5280 §4.2" },
  critical: {
    explanation: "Whether whoever does not know the extension must refuse the whole.",
    citation: "RFC 5280 §4.2",
  },
  extnValue: { explanation: "The encoding of the extension's value, in an OCTET STRING.", citation: "RFC 5280 §4.2" },
  attrType: { explanation: "Which attribute this is.", citation: "RFC 5652 §5.3" },
  attrValues: { explanation: "The values of the attribute; most have exactly one.", citation: "RFC 5652 §5.3" },
  extKeyUsage: { explanation: "For which purposes the certificate may be used.", citation: "RFC 5280 §4.2.1.12" },
  certificatePolicies: {
    explanation: "Under which policies the certificate was issued.",
    citation: "RFC 5280 §4.2.1.4",
  },
  policyMappings: {
    explanation: "Which policies of another domain count as which here.",
    citation: "RFC 5280 §4.2.1.5",
  },
  policyConstraints: {
    explanation: "What paths through this CA must or must not do with policies.",
    citation: "RFC 5280 §4.2.1.11",
  },
  nameConstraints: { explanation: "Which names certificates below this CA may have.", citation: "RFC 5280 §4.2.1.10" },
  inhibitAnyPolicy: { explanation: "How far down anyPolicy still counts.", citation: "RFC 5280 §4.2.1.14" },
  freshestCRL: { explanation: "Where the delta revocation list is found.", citation: "RFC 5280 §4.2.1.15" },
  cRLNumber: { explanation: "The running number of the list.", citation: "RFC 5280 §5.2.3" },
  deltaCRLIndicator: { explanation: "The number of the list that this one only adds to.", citation: "RFC 5280 §5.2.4" },
  issuingDistributionPoint: { explanation: "Which certificates the list speaks of.", citation: "RFC 5280 §5.2.5" },
  userCertificate: { explanation: "The serial number of the revoked certificate.", citation: "RFC 5280 §5.1.2.6" },
  revocationDate: { explanation: "When the certificate was revoked.", citation: "RFC 5280 §5.1.2.6" },
  reasonCode: { explanation: "Why the certificate was revoked.", citation: "RFC 5280 §5.3.1" },
  rid: {
    explanation: "Who the recipient is, by issuer and serial number or by subject key identifier.",
    citation: "RFC 5652 §6.2.1",
  },
} as const satisfies Record<string, FieldWords>;

/** A field that the guide knows, by its label. */
export type GuidedField = keyof typeof words;

/** What each field is, for tooltips: label → words. */
export const fieldGuide: Readonly<Partial<Record<GuidedField, FieldWords>>> = words;
