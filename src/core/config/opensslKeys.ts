/** A key of an OpenSSL configuration: what it does, what it takes, and what holds without it. */
export interface OpensslKey {
  readonly name: string;
  /** In a sentence, what it does. */
  readonly what: string;
  /** What holds where it is not set. */
  readonly fallback?: string;
  /** What it takes, each with what that means; of a closed list every one. */
  readonly values?: Readonly<Record<string, string>>;
  /** Its value is the name of a section. */
  readonly namesSection?: true;
}

const yesNo = { yes: "Switch it on.", no: "Switch it off." };

/** The keys of the section `req` (openssl-req(1), CONFIGURATION FILE FORMAT). */
export const requestKeys: readonly OpensslKey[] = [
  {
    name: "string_mask",
    what: "Which ASN.1 string types the subject and the challengePassword may have.",
    fallback: "utf8only: everything is a UTF8String, a challengePassword too, which NDES does not take",
    values: {
      nombstr: "PrintableString, IA5String or T61String; characters beyond Latin-1 are an error. What NDES wants.",
      "MASK:0x2002": "PrintableString where the characters allow it, else UTF8String.",
      pkix: "PrintableString, IA5String, then BMPString; no T61String.",
      default: "PrintableString, IA5String, T61String, then BMPString.",
      utf8only: "UTF8String always. NDES reports a challengePassword in it like a wrong one.",
    },
  },
  {
    name: "default_bits",
    what: "The length of a new RSA key in bits.",
    fallback: "2048",
    values: { "2048": "What NDES's templates want at the least.", "3072": "", "4096": "" },
  },
  {
    name: "default_md",
    what: "The digest that the request is signed with.",
    fallback: "the key's own default, SHA-256 for RSA",
    values: { sha256: "", sha384: "", sha512: "", sha1: "For old servers only.", md5: "Forbidden by RFC 8894." },
  },
  {
    name: "utf8",
    what: "Whether values are UTF-8; otherwise each byte is a character of Latin-1.",
    fallback: "no",
    values: yesNo,
  },
  {
    name: "prompt",
    what: "no: the sections of the subject and the attributes hold the values; else they hold the questions to ask.",
    fallback: "yes",
    values: { no: "Take the values from the configuration.", yes: "Ask for them." },
  },
  { name: "distinguished_name", what: "The section with the parts of the subject.", namesSection: true },
  { name: "attributes", what: "The section with the attributes, challengePassword among them.", namesSection: true },
  { name: "req_extensions", what: "The section with the extensions of a request.", namesSection: true },
  {
    name: "x509_extensions",
    what: "The section with the extensions of a certificate made with -x509.",
    namesSection: true,
  },
  { name: "default_keyfile", what: "Where a new key is written.", fallback: "the standard output" },
  { name: "encrypt_key", what: "Whether a new key is encrypted with a passphrase.", fallback: "yes", values: yesNo },
  { name: "input_password", what: "The passphrase of the key that is read." },
  { name: "output_password", what: "The passphrase that a new key is encrypted with." },
  { name: "oid_section", what: "The section with object identifiers of your own.", namesSection: true },
  { name: "oid_file", what: "A file with object identifiers of your own." },
];

/** What stands in the section that `attributes` names (RFC 2985 §5.4). */
export const attributeKeys: readonly OpensslKey[] = [
  {
    name: "challengePassword",
    what: "The password that the server asks for; of NDES the one-time password of the admin page. NDES takes it as a PrintableString alone: set string_mask = nombstr in [ req ].",
  },
  { name: "unstructuredName", what: "Another name of the subject, in words." },
];

/** What stands in the section that `distinguished_name` names. */
export const subjectKeys: readonly OpensslKey[] = [
  { name: "CN", what: "commonName: the name of the device, user or server." },
  { name: "O", what: "organizationName." },
  { name: "OU", what: "organizationalUnitName." },
  { name: "L", what: "localityName: the town." },
  { name: "ST", what: "stateOrProvinceName." },
  { name: "C", what: "countryName: two letters." },
  { name: "DC", what: "domainComponent: one part of a domain name." },
  { name: "emailAddress", what: "An e-mail address; better in subjectAltName." },
  {
    name: "serialNumber",
    what: "The device's serial number. A Microsoft CA keeps it where NDES's set-up added it to SubjectTemplate.",
  },
  { name: "unstructuredName", what: "The device's host name, as Cisco's devices send it." },
  { name: "unstructuredAddress", what: "The device's address." },
];

/** The extensions that requests are made with (x509v3_config(5)). */
export const extensionKeys: readonly OpensslKey[] = [
  {
    name: "subjectAltName",
    what: "The other names of the subject: DNS:, IP:, email:, URI:, otherName:. Not critical where there is a subject.",
  },
  {
    name: "keyUsage",
    what: "What the key may be used for. NDES chooses its template by it: digitalSignature alone SignatureTemplate, keyEncipherment alone EncryptionTemplate, both GeneralPurposeTemplate.",
    values: {
      "digitalSignature, keyEncipherment": "NDES's GeneralPurposeTemplate.",
      digitalSignature: "NDES's SignatureTemplate.",
      keyEncipherment: "NDES's EncryptionTemplate.",
    },
  },
  {
    name: "extendedKeyUsage",
    what: "What the certificate is for; a Microsoft CA takes it from the template.",
    values: { clientAuth: "TLS client.", serverAuth: "TLS server.", emailProtection: "S/MIME." },
  },
  { name: "basicConstraints", what: "Whether the certificate is a CA's.", values: { "CA:FALSE": "An end entity's." } },
  { name: "subjectKeyIdentifier", what: "A digest of the key.", values: { hash: "The SHA-1 digest of the key." } },
];
