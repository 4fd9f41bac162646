import type { FieldWords } from "./fieldGuide.js";

/** What the extensions of certificates and revocation lists are, and what they are made of, by their labels. */
export const extensionWords = {
  more: { explanation: "There is more of it than is shown here; the structure below has all.", citation: "RFC 5280" },
  generalName: {
    explanation: "A name in one of the nine forms of GeneralName.",
    citation: "RFC 5280 §4.2.1.6",
  },
  chain: {
    explanation:
      "The way from this certificate over its issuers, as far as they are known here, up to one that signed itself: whether each signature is right and each issuer may issue. Whether that one is trusted is for whoever relies on it.",
    citation: "RFC 5280 §6",
  },
  crlVersion: { explanation: "v2 where the list or its entries have extensions.", citation: "RFC 5280 §5.1.2.1" },
  issuerAltName: { explanation: "Further names of the issuer.", citation: "RFC 5280 §4.2.1.7" },
  sidUri: {
    explanation:
      "The security identifier of an account in a URI: Windows maps the certificate to that account, where a request for a certificate could not carry the extension.",
    citation: "KB5014754",
  },
  sid: {
    explanation: "The security identifier of an account in Active Directory.",
    citation: "[MS-DTYP] §2.4.2.1; KB5014754",
  },
  KeyPurposeId: { explanation: "One purpose of the key.", citation: "RFC 5280 §4.2.1.12" },
  cA: { explanation: "Whether the key may sign certificates.", citation: "RFC 5280 §4.2.1.9" },
  pathLenConstraint: {
    explanation: "How many CAs may follow below this one on the way to an end entity.",
    citation: "RFC 5280 §4.2.1.9",
  },
  keyIdentifier: { explanation: "The identifier of the issuer's key.", citation: "RFC 5280 §4.2.1.1" },
  authorityCertIssuer: {
    explanation: "Who issued the issuer's certificate; with the serial number it names that one.",
    citation: "RFC 5280 §4.2.1.1",
  },
  authorityCertSerialNumber: {
    explanation: "The serial number of the issuer's certificate.",
    citation: "RFC 5280 §4.2.1.1",
  },
  privateKeyUsagePeriod: {
    explanation: "When the private key may be used, which may be shorter than the certificate's validity.",
    citation: "RFC 3280 §4.2.1.4",
  },
  subjectDirectoryAttributes: {
    explanation: "Attributes of the subject, such as its nationality.",
    citation: "RFC 5280 §4.2.1.8",
  },
  policyIdentifier: { explanation: "A policy under which the certificate was issued.", citation: "RFC 5280 §4.2.1.4" },
  CPS: { explanation: "Where the CA's practice statement is found.", citation: "RFC 5280 §4.2.1.4" },
  userNotice: { explanation: "A text to show to whoever relies on the certificate.", citation: "RFC 5280 §4.2.1.4" },
  policyQualifier: { explanation: "More about the policy.", citation: "RFC 5280 §4.2.1.4" },
  requireExplicitPolicy: {
    explanation: "After so many certificates, all below must have an acceptable policy.",
    citation: "RFC 5280 §4.2.1.11",
  },
  inhibitPolicyMapping: {
    explanation: "After so many certificates, mappings of policies no longer count.",
    citation: "RFC 5280 §4.2.1.11",
  },
  permittedSubtrees: {
    explanation: "Names of these forms are allowed only inside these subtrees.",
    citation: "RFC 5280 §4.2.1.10",
  },
  excludedSubtrees: { explanation: "Names inside these subtrees are not allowed.", citation: "RFC 5280 §4.2.1.10" },
  DistributionPoint: { explanation: "One place where a revocation list is found.", citation: "RFC 5280 §4.2.1.13" },
  distributionPoint: { explanation: "Where the list is found.", citation: "RFC 5280 §4.2.1.13, §5.2.5" },
  nameRelativeToCRLIssuer: {
    explanation: "The place of the list as one step below its issuer's name.",
    citation: "RFC 5280 §4.2.1.13",
  },
  reasons: { explanation: "For which reasons the list revokes; all where absent.", citation: "RFC 5280 §4.2.1.13" },
  cRLIssuer: {
    explanation: "Who issues the list, where it is not the certificate's issuer.",
    citation: "RFC 5280 §4.2.1.13",
  },
  subjectInfoAccess: {
    explanation: "Where services and repositories of the subject are found.",
    citation: "RFC 5280 §4.2.2.2",
  },
  tlsFeature: {
    explanation:
      "What a TLS server with this certificate promises to do; status_request means that it staples an OCSP response.",
    citation: "RFC 7633",
  },
  ocspNoCheck: {
    explanation: "The OCSP responder's own certificate need not be checked for revocation.",
    citation: "RFC 6960 §4.2.2.2.1",
  },
  qcStatements: { explanation: "What makes this a qualified certificate.", citation: "RFC 3739 §3.2.6" },
  signedCertificateTimestamps: {
    explanation: "Promises of public logs to have taken up the certificate.",
    citation: "RFC 6962 §3.3",
  },
  ocspSignedCertificateTimestamps: {
    explanation: "Promises of public logs to have taken up the certificate.",
    citation: "RFC 6962 §3.3",
  },
  ctPoison: {
    explanation: "Marks what was sent to a log before the certificate was made; nobody may take it for one.",
    citation: "RFC 6962 §3.1",
  },
  netscapeCertType: { explanation: "Netscape's forerunner of extended key usage.", citation: "2.16.840.1.113730.1.1" },
  netscapeComment: { explanation: "A remark; OpenSSL writes one by default.", citation: "2.16.840.1.113730.1.13" },
  entrustVersion: {
    explanation: "The version of Entrust's software that issued the certificate.",
    citation: "1.2.840.113533.7.65.0",
  },

  invalidityDate: {
    explanation: "Since when the key is known or suspected to be compromised.",
    citation: "RFC 5280 §5.3.2",
  },
  certificateIssuer: {
    explanation: "Who issued this and the following revoked certificates, in a list that speaks for several.",
    citation: "RFC 5280 §5.3.3",
  },
  holdInstructionCode: { explanation: "What to do about a certificate on hold.", citation: "RFC 3280 §5.3.2" },
  expiredCertsOnCRL: {
    explanation: "The list keeps expired certificates from that moment on.",
    citation: "X.509 §9.5.2.8",
  },

  applicationCertPolicies: {
    explanation: "Microsoft's form of extended key usage: the purposes once more, as policies.",
    citation: "1.3.6.1.4.1.311.21.10 szOID_APPLICATION_CERT_POLICIES",
  },
  applicationPolicyMappings: {
    explanation: "Which purposes of another domain count as which here.",
    citation: "1.3.6.1.4.1.311.21.11 szOID_APPLICATION_POLICY_MAPPINGS",
  },
  applicationPolicyConstraints: {
    explanation: "What paths through this CA must or must not do with purposes.",
    citation: "1.3.6.1.4.1.311.21.12 szOID_APPLICATION_POLICY_CONSTRAINTS",
  },
  templateID: {
    explanation: "Which template, by its identifier in Active Directory.",
    citation: "[MS-WCCE] §2.2.2.7.7.2",
  },
  templateMajorVersion: { explanation: "The template's major version.", citation: "[MS-WCCE] §2.2.2.7.7.2" },
  templateMinorVersion: { explanation: "The template's minor version.", citation: "[MS-WCCE] §2.2.2.7.7.2" },
  caVersion: {
    explanation: "Which of the CA's certificates and keys this belongs to; both are counted up when the CA is renewed.",
    citation: "1.3.6.1.4.1.311.21.1 szOID_CERTSRV_CA_VERSION",
  },
  previousCaCertificateHash: {
    explanation: "The SHA-1 digest of the certificate that the CA had before this one.",
    citation: "1.3.6.1.4.1.311.21.2 szOID_CERTSRV_PREVIOUS_CERT_HASH",
  },
  crlVirtualBase: {
    explanation: "The number of the full list that a delta list is meant for.",
    citation: "1.3.6.1.4.1.311.21.3 szOID_CRL_VIRTUAL_BASE",
  },
  crlNextPublish: {
    explanation: "When the CA publishes the next list, which is some time before this one ends.",
    citation: "1.3.6.1.4.1.311.21.4 szOID_CRL_NEXT_PUBLISH",
  },
  crlSelfCdp: {
    explanation: "Where this very list is published in Active Directory.",
    citation: "1.3.6.1.4.1.311.21.14 szOID_CRL_SELF_CDP",
  },
  ntdsReplication: {
    explanation: "The GUID of the domain controller that the certificate is for.",
    citation: "1.3.6.1.4.1.311.25.1 szOID_NTDS_REPLICATION",
  },

  // Attributes of requests
  unstructuredName: { explanation: "A name of the subject as text, often a host's.", citation: "RFC 2985 §5.4.3" },
  unstructuredAddress: { explanation: "An address of the subject as text.", citation: "RFC 2985 §5.4.4" },
  osVersion: {
    explanation: "The version of Windows on which the request was made.",
    citation: "1.3.6.1.4.1.311.13.2.3 szOID_OS_VERSION",
  },
  requestClientInfo: {
    explanation: "Which program of which user on which machine made the request.",
    citation: "1.3.6.1.4.1.311.21.20 szOID_REQUEST_CLIENT_INFO",
  },
  enrollmentCspProvider: {
    explanation: "The cryptographic provider that keeps the private key.",
    citation: "1.3.6.1.4.1.311.13.2.2 szOID_ENROLLMENT_CSP_PROVIDER",
  },
  enrollmentNameValuePair: {
    explanation: "One name and its value for the CA, such as CertificateTemplate.",
    citation: "1.3.6.1.4.1.311.13.2.1 szOID_ENROLLMENT_NAME_VALUE_PAIR",
  },
  renewalCertificate: {
    explanation: "The certificate that is to be renewed.",
    citation: "1.3.6.1.4.1.311.13.1 szOID_RENEWAL_CERTIFICATE",
  },
  archivedKey: {
    explanation: "The private key, encrypted for the CA's key archive.",
    citation: "1.3.6.1.4.1.311.21.13 szOID_ARCHIVED_KEY_ATTR",
  },
  encryptedKeyHash: {
    explanation: "A digest of the encrypted private key that goes to the CA's archive.",
    citation: "1.3.6.1.4.1.311.21.21 szOID_ENCRYPTED_KEY_HASH",
  },
  certExtensions: {
    explanation: "The extensions that the certificate is asked to have, in Microsoft's old attribute.",
    citation: "1.3.6.1.4.1.311.2.1.14 szOID_CERT_EXTENSIONS",
  },
  smimeCapabilities: { explanation: "The algorithms that the client can do.", citation: "RFC 8551 §2.5.2" },

  // Public keys and OCSP
  "Public key": { explanation: "A public key that stands alone.", citation: "RFC 5280 §4.1.2.7; RFC 8017 §A.1.1" },
  publicKeyDigest: { explanation: "A digest of the whole key, to compare by eye.", citation: "FIPS 180-4" },
  "OCSP request": {
    explanation: "A question to a responder: are these certificates still good?",
    citation: "RFC 6960 §4.1",
  },
  "OCSP response": {
    explanation: "A responder's answer on the state of certificates.",
    citation: "RFC 6960 §4.2",
  },
  requestList: { explanation: "The certificates that are asked about.", citation: "RFC 6960 §4.1.1" },
  certID: {
    explanation: "A certificate by digests of its issuer's name and key, and its serial number.",
    citation: "RFC 6960 §4.1.1",
  },
  requestorName: { explanation: "Who asks.", citation: "RFC 6960 §4.1.1" },
  responseStatus: {
    explanation: "Whether the responder answers at all, and if not, why.",
    citation: "RFC 6960 §4.2.1",
  },
  responderID: { explanation: "Who answers, by name or by a digest of its key.", citation: "RFC 6960 §4.2.1" },
  producedAt: { explanation: "When the answer was signed.", citation: "RFC 6960 §4.2.1, §2.4" },
  responses: { explanation: "What is said of each certificate.", citation: "RFC 6960 §4.2.1" },
  certStatus: {
    explanation: "good: not known to be revoked; revoked; unknown: the responder does not know the issuer.",
    citation: "RFC 6960 §2.2",
  },
  ocspNonce: {
    explanation: "A random number of the request, sent back, so that an old answer cannot be replayed.",
    citation: "RFC 6960 §4.4.1, RFC 9654",
  },
  ocspArchiveCutoff: { explanation: "Since when the responder keeps what it knows.", citation: "RFC 6960 §4.4.4" },
} as const satisfies Record<string, FieldWords>;
