/** The object identifiers that the code compares with, under the names of the documents that define them. */
export const oid = {
  // PKCS#7 and CMS content types (RFC 5652, RFC 5083, RFC 3274)
  data: "1.2.840.113549.1.7.1",
  signedData: "1.2.840.113549.1.7.2",
  envelopedData: "1.2.840.113549.1.7.3",
  signedAndEnvelopedData: "1.2.840.113549.1.7.4",
  digestedData: "1.2.840.113549.1.7.5",
  encryptedData: "1.2.840.113549.1.7.6",
  authEnvelopedData: "1.2.840.113549.1.9.16.1.23",
  compressedData: "1.2.840.113549.1.9.16.1.9",

  // PKCS#9 attributes (RFC 2985, RFC 5652 §11)
  emailAddress: "1.2.840.113549.1.9.1",
  unstructuredName: "1.2.840.113549.1.9.2",
  contentType: "1.2.840.113549.1.9.3",
  messageDigest: "1.2.840.113549.1.9.4",
  signingTime: "1.2.840.113549.1.9.5",
  challengePassword: "1.2.840.113549.1.9.7",
  unstructuredAddress: "1.2.840.113549.1.9.8",
  extensionRequest: "1.2.840.113549.1.9.14",

  // SCEP attributes (RFC 8894 §3.2.1) and Microsoft's HRESULT attribute
  messageType: "2.16.840.1.113733.1.9.2",
  pkiStatus: "2.16.840.1.113733.1.9.3",
  failInfo: "2.16.840.1.113733.1.9.4",
  senderNonce: "2.16.840.1.113733.1.9.5",
  recipientNonce: "2.16.840.1.113733.1.9.6",
  transactionID: "2.16.840.1.113733.1.9.7",
  extensionReq: "2.16.840.1.113733.1.9.8",
  failInfoText: "1.3.6.1.5.5.7.24.1",
  scepError: "1.3.6.1.4.1.311.21.33",

  // Public keys and signatures
  rsaEncryption: "1.2.840.113549.1.1.1",
  rsaesOaep: "1.2.840.113549.1.1.7",
  mgf1: "1.2.840.113549.1.1.8",
  rsassaPss: "1.2.840.113549.1.1.10",
  ecPublicKey: "1.2.840.10045.2.1",
  ed25519: "1.3.101.112",
  ed448: "1.3.101.113",
  dsa: "1.2.840.10040.4.1",

  // Names (RFC 4519, RFC 5280)
  commonName: "2.5.4.3",
  surname: "2.5.4.4",
  serialNumber: "2.5.4.5",
  countryName: "2.5.4.6",
  localityName: "2.5.4.7",
  stateOrProvinceName: "2.5.4.8",
  streetAddress: "2.5.4.9",
  organizationName: "2.5.4.10",
  organizationalUnitName: "2.5.4.11",
  title: "2.5.4.12",
  givenName: "2.5.4.42",
  initials: "2.5.4.43",
  domainComponent: "0.9.2342.19200300.100.1.25",
  userId: "0.9.2342.19200300.100.1.1",

  // Certificate and CRL extensions (RFC 5280 §4.2, §5.2)
  subjectKeyIdentifier: "2.5.29.14",
  keyUsage: "2.5.29.15",
  subjectAltName: "2.5.29.17",
  issuerAltName: "2.5.29.18",
  basicConstraints: "2.5.29.19",
  crlNumber: "2.5.29.20",
  reasonCode: "2.5.29.21",
  nameConstraints: "2.5.29.30",
  crlDistributionPoints: "2.5.29.31",
  certificatePolicies: "2.5.29.32",
  authorityKeyIdentifier: "2.5.29.35",
  extKeyUsage: "2.5.29.37",
  authorityInfoAccess: "1.3.6.1.5.5.7.1.1",

  // Microsoft's extensions and CSR attributes
  certificateTemplateName: "1.3.6.1.4.1.311.20.2",
  certificateTemplate: "1.3.6.1.4.1.311.21.7",
  applicationCertPolicies: "1.3.6.1.4.1.311.21.10",
  certExtensions: "1.3.6.1.4.1.311.2.1.14",
  ntdsCaSecurityExt: "1.3.6.1.4.1.311.25.2",
  userPrincipalName: "1.3.6.1.4.1.311.20.2.3",

  // Extended key usages
  clientAuth: "1.3.6.1.5.5.7.3.2",
  certificateRequestAgent: "1.3.6.1.4.1.311.20.2.1",
} as const;
