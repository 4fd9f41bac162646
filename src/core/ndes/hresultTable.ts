/** One row of the table: name and system text, and what is on record about it when NDES sends it. */
export interface HresultEntry {
  readonly name: string;
  /** Absent where only the name is on record. */
  readonly text?: string;
  readonly meaning?: string;
  readonly remedy?: string;
  readonly source?: string;
}

/** Reads the attribute too, and says what its author found each code to mean. */
const psce = "PSCertificateEnrollment";
const microsoft = "Microsoft, Troubleshooting SCEP certificate deployment";
const events = "NDES events 29 and 31 as collected by U. Gradenegger";

const templateReadAndEnroll =
  "Give the account that NDES runs under Read and Enroll on the certificate template, then run iisreset.";
const templateName =
  "Check that the registry values SignatureTemplate, EncryptionTemplate and GeneralPurposeTemplate below HKLM\\SOFTWARE\\Microsoft\\Cryptography\\MSCEP hold the template's name (not its display name), and that the CA offers that template.";

/**
 * HRESULT in hex → what is known of it. Names and texts are those of [MS-ERREF] and winerror.h; a `meaning` stands only
 * where somebody put on record what NDES says with it.
 */
export const hresults: ReadonlyMap<string, HresultEntry> = new Map<string, HresultEntry>([
  // What NDES itself decides
  [
    "0x80070490",
    {
      name: "ERROR_NOT_FOUND",
      text: "Element not found.",
      meaning:
        "The challenge password is not among those that NDES knows: wrong, used already, expired, lost when IIS was restarted, or sent in a UTF8String, which NDES does not find either (event 29).",
      remedy:
        "Fetch a new one-time password and send it as a PrintableString; with OpenSSL set string_mask = nombstr (or pkix, or MASK:0x2002).",
      source: `${psce}; ${events}`,
    },
  ],
  [
    "0x800b0110",
    {
      name: "CERT_E_WRONG_USAGE",
      text: "The certificate is not valid for the requested usage.",
      meaning: "From NDES this is reported to mean that the challenge password was used already.",
      remedy: "Fetch a new one-time password: each is good for one request, a repeated one included.",
      source: psce,
    },
  ],
  [
    "0x80096004",
    {
      name: "TRUST_E_CERT_SIGNATURE",
      text: "The signature of the certificate cannot be verified.",
      meaning:
        "From NDES this is reported to mean that a challenge password is required and the request has none, or that the certificate that signed a renewal was not accepted.",
      remedy:
        "Put the challenge password into the request, or sign the renewal with the certificate that is to be renewed.",
      source: psce,
    },
  ],
  [
    "0x80070057",
    {
      name: "E_INVALIDARG",
      text: "One or more arguments are invalid.",
      meaning: "NDES did not understand the message, or does not support what it asks for; GetCRL is answered so.",
      remedy: "Send a PKCSReq; fetch the CRL from its distribution point instead.",
      source: `${psce}; a captured reply to GetCRL`,
    },
  ],
  [
    "0x8009310b",
    {
      name: "CRYPT_E_ASN1_BADTAG",
      text: "ASN1 bad tag value met.",
      meaning: "The message is not the ASN.1 that NDES expects: cut short, or damaged on the way (event 17).",
      remedy: "When sending by GET, percent-encode + / and = of the base64 text; otherwise compare what was sent.",
      source: events,
    },
  ],
  [
    "0x80090005",
    {
      name: "NTE_BAD_DATA",
      text: "Bad data.",
      meaning:
        "NDES cannot decrypt the request (event 18): it was enveloped for a certificate other than its CEP Encryption certificate, often from an old GetCACert.",
      remedy: "Fetch the CA certificates anew and envelope for the RA certificate whose key usage is keyEncipherment.",
      source: events,
    },
  ],
  [
    "0x80090008",
    {
      name: "NTE_BAD_ALGID",
      text: "Invalid algorithm specified.",
      meaning: "A single source reports it for a digest or cipher that the server's policy forbids.",
      remedy: "Use SHA-256 with AES or triple DES.",
      source: "A single report",
    },
  ],
  [
    "0x80090014",
    {
      name: "NTE_BAD_PROV_TYPE",
      text: "Invalid provider type specified.",
      meaning: "A single source reports it where the RA keys lie in a provider that does not know SHA-2.",
      remedy: "Keep the RA keys in a CSP of provider type 24.",
      source: "A single report",
    },
  ],

  // What the CA answers to NDES
  [
    "0x800706ba",
    {
      name: "RPC_S_SERVER_UNAVAILABLE",
      text: "The RPC server is unavailable.",
      meaning: "NDES cannot reach its certification authority (event 31 or 8).",
      remedy: "Check the CA service, and RPC/DCOM through the firewall between NDES and the CA.",
      source: `${psce}; ${events}`,
    },
  ],
  [
    "0x80094001",
    {
      name: "CERTSRV_E_BAD_REQUESTSUBJECT",
      text: "The request subject name is invalid or too long.",
      meaning: "The CA refused the subject of the request (event 31).",
      remedy:
        "Keep to the upper bounds of RFC 5280 (CN 64 characters) and to the RDN types of the CA's SubjectTemplate.",
      source: `${psce}; ${events}`,
    },
  ],
  ["0x80094002", { name: "CERTSRV_E_NO_REQUEST", text: "The request does not exist." }],
  [
    "0x80094003",
    {
      name: "CERTSRV_E_BAD_REQUESTSTATUS",
      text: "The request's current status does not allow this operation.",
    },
  ],
  ["0x80094004", { name: "CERTSRV_E_PROPERTY_EMPTY", text: "The requested property value is empty." }],
  ["0x80094005", { name: "CERTSRV_E_INVALID_CA_CERTIFICATE", text: "The CA's certificate contains invalid data." }],
  [
    "0x80094009",
    {
      name: "CERTSRV_E_RESTRICTEDOFFICER",
      text: "The operation is denied. It can only be performed by a certificate manager that is allowed to manage certificates for the current requester.",
    },
  ],
  [
    "0x8009400e",
    {
      name: "CERTSRV_E_BAD_RENEWAL_CERT_ATTRIBUTE",
      text: "The request contains an invalid renewal certificate attribute.",
    },
  ],
  [
    "0x80094011",
    {
      name: "CERTSRV_E_ENROLL_DENIED",
      text: "The permissions on this CA do not allow the current user to enroll for certificates.",
      meaning: "The account that NDES runs under may not request certificates from the CA.",
      remedy: "Give the NDES service account the right to request certificates on the CA.",
      source: events,
    },
  ],
  [
    "0x80094012",
    {
      name: "CERTSRV_E_TEMPLATE_DENIED",
      text: "The permissions on the certificate template do not allow the current user to enroll for this type of certificate.",
      meaning: "The account that NDES runs under lacks Enroll on the certificate template.",
      remedy: templateReadAndEnroll,
      source: events,
    },
  ],
  ["0x80094014", { name: "CERTSRV_E_ADMIN_DENIED_REQUEST" }],
  ["0x80094016", { name: "CERTSRV_E_WEAK_SIGNATURE_OR_KEY" }],
  [
    "0x80094800",
    {
      name: "CERTSRV_E_UNSUPPORTED_CERT_TYPE",
      text: "The requested certificate template is not supported by this CA.",
      meaning: "The template that NDES asks for is unknown to the CA or not published on it.",
      remedy: templateName,
      source: `${microsoft}; ${events}`,
    },
  ],
  ["0x80094801", { name: "CERTSRV_E_NO_CERT_TYPE", text: "The request contains no certificate template information." }],
  [
    "0x80094802",
    { name: "CERTSRV_E_TEMPLATE_CONFLICT", text: "The request contains conflicting template information." },
  ],
  [
    "0x80094803",
    {
      name: "CERTSRV_E_SUBJECT_ALT_NAME_REQUIRED",
      text: "The request is missing a required Subject Alternate name extension.",
      remedy: "Put a subjectAltName into the extensionRequest of the request.",
    },
  ],
  [
    "0x80094806",
    {
      name: "CERTSRV_E_BAD_RENEWAL_SUBJECT",
      text: "The request was made on behalf of a subject other than the caller. The certificate template must be configured to require at least one signature to authorize the request.",
    },
  ],
  [
    "0x80094807",
    {
      name: "CERTSRV_E_BAD_TEMPLATE_VERSION",
      text: "The request template version is newer than the supported template version.",
    },
  ],
  [
    "0x80094809",
    {
      name: "CERTSRV_E_SIGNATURE_POLICY_REQUIRED",
      text: "The request is missing required signature policy information.",
    },
  ],
  [
    "0x8009480a",
    { name: "CERTSRV_E_SIGNATURE_COUNT", text: "The request is missing one or more required signatures." },
  ],
  [
    "0x8009480b",
    {
      name: "CERTSRV_E_SIGNATURE_REJECTED",
      text: "One or more signatures did not include the required application or issuance policies. The request is missing one or more required valid signatures.",
    },
  ],
  [
    "0x8009480c",
    {
      name: "CERTSRV_E_ISSUANCE_POLICY_REQUIRED",
      text: "The request is missing one or more required signature issuance policies.",
    },
  ],
  [
    "0x8009480d",
    {
      name: "CERTSRV_E_SUBJECT_UPN_REQUIRED",
      text: "The UPN is unavailable and cannot be added to the Subject Alternate name.",
      remedy: "Put the UPN into the subjectAltName of the request, or take the demand out of the template.",
    },
  ],
  [
    "0x8009480f",
    {
      name: "CERTSRV_E_SUBJECT_DNS_REQUIRED",
      text: "The Domain Name System (DNS) name is unavailable and cannot be added to the Subject Alternate name.",
      remedy: "Put the DNS name into the subjectAltName of the request, or take the demand out of the template.",
    },
  ],
  [
    "0x80094811",
    {
      name: "CERTSRV_E_KEY_LENGTH",
      text: "The public key does not meet the minimum size required by the specified certificate template.",
      meaning: "The CA refused the key of the request as too short (event 31).",
      remedy: "Make a key of at least the template's minimum, usually RSA 2048; mkrequest of sscep makes 1024.",
      source: events,
    },
  ],
  [
    "0x80094812",
    {
      name: "CERTSRV_E_SUBJECT_EMAIL_REQUIRED",
      text: "The email name is unavailable and cannot be added to the Subject or Subject Alternate name.",
    },
  ],
  [
    "0x80094813",
    {
      name: "CERTSRV_E_UNKNOWN_CERT_TYPE",
      text: "One or more certificate templates to be enabled on this CA could not be found.",
    },
  ],
  [
    "0x80094816",
    {
      name: "CERTSRV_E_RENEWAL_BAD_PUBLIC_KEY",
      text: "The key used in a renewal request does not match one of the certificates being renewed.",
    },
  ],
  ["0x80094821", { name: "CERTSRV_E_SEC_EXT_DIRECTORY_SID_REQUIRED" }],

  // Certificates, revocation, keys
  [
    "0x800b0101",
    {
      name: "CERT_E_EXPIRED",
      text: "A required certificate is not within its validity period when verifying against the current system clock or the time stamp in the signed file.",
      remedy: "Compare the clocks, and the validity of the CA's and RA's certificates.",
    },
  ],
  [
    "0x800b0109",
    {
      name: "CERT_E_UNTRUSTEDROOT",
      text: "A certificate chain processed, but terminated in a root certificate that is not trusted by the trust provider.",
    },
  ],
  [
    "0x800b010a",
    { name: "CERT_E_CHAINING", text: "A certificate chain could not be built to a trusted root authority." },
  ],
  [
    "0x800b0114",
    {
      name: "CERT_E_INVALID_NAME",
      text: "The certificate has an invalid name. The name is not included in the permitted list or is explicitly excluded.",
      meaning: "The name constraints of a CA do not allow the requested names (event 31).",
      remedy: "Ask for names that the CA's name constraints permit.",
      source: events,
    },
  ],
  ["0x80092010", { name: "CRYPT_E_REVOKED", text: "The certificate is revoked." }],
  [
    "0x80092012",
    {
      name: "CRYPT_E_NO_REVOCATION_CHECK",
      text: "The revocation function was unable to check revocation for the certificate.",
    },
  ],
  [
    "0x80092013",
    {
      name: "CRYPT_E_REVOCATION_OFFLINE",
      text: "The revocation function was unable to check revocation because the revocation server was offline.",
      meaning: "The CA could not fetch a CRL that it needed to issue the certificate (event 31).",
      remedy: "Publish the CRL of every CA in the chain where its distribution point says.",
      source: events,
    },
  ],
  ["0x80090006", { name: "NTE_BAD_SIGNATURE", text: "Invalid signature." }],
  ["0x8009000b", { name: "NTE_BAD_KEY_STATE", text: "Key not valid for use in specified state." }],
  ["0x8009000d", { name: "NTE_NO_KEY", text: "Key does not exist." }],
  ["0x80090010", { name: "NTE_PERM", text: "Access denied." }],
  ["0x80090016", { name: "NTE_BAD_KEYSET", text: "Key set does not exist." }],

  // Windows in general
  [
    "0x80004005",
    {
      name: "E_FAIL",
      text: "Unspecified error.",
      meaning: "With this code NDES passes on a refusal of the CA; the CA's own words stand in event 31.",
      remedy: "Read event 31 of the Network Device Enrollment Service in the server's Application log.",
      source: events,
    },
  ],
  ["0x80070002", { name: "ERROR_FILE_NOT_FOUND", text: "The system cannot find the file specified." }],
  ["0x80070005", { name: "E_ACCESSDENIED", text: "General access denied error." }],
  ["0x800700ea", { name: "ERROR_MORE_DATA", text: "More data is available." }],
  [
    "0xc00000bb",
    {
      name: "STATUS_NOT_SUPPORTED",
      text: "The request is not supported.",
      meaning:
        "A single source reports it for a client with an elliptic-curve key, for which NDES cannot encrypt a reply (event 13).",
      remedy: "Use an RSA key.",
      source: "A single report",
    },
  ],
]);
