/** What the value of a key of sscep.conf is. */
export type SscepValueKind =
  | "url"
  | "hostPort"
  | "file"
  | "text"
  | "true"
  | "number"
  | "encAlgorithm"
  | "sigAlgorithm"
  | "serial";

/** A key of sscep.conf: where it belongs, what it takes and what it does. */
export interface SscepKey {
  readonly name: string;
  readonly section: SscepSection;
  readonly kind: SscepValueKind;
  /** The option of the command line that says the same. */
  readonly option?: string;
  /** What holds where neither is given. */
  readonly fallback?: string;
  /** In a sentence, what it does. */
  readonly what: string;
}

/** The sections of sscep.conf; sections of other names configure OpenSSL engines. */
export type SscepSection =
  | "sscep"
  | "sscep_getca"
  | "sscep_getnextca"
  | "sscep_enroll"
  | "sscep_getcert"
  | "sscep_getcrl"
  | "sscep_engine_capi"
  | "sscep_engine_jksengine";

/** The ciphers that EncAlgorithm and -E take. */
export const sscepCiphers: readonly string[] = ["aes", "aes128", "aes192", "aes256", "3des", "des", "blowfish"];

/** The digests that SigAlgorithm, FingerPrint, -S and -F take. */
export const sscepDigests: readonly string[] = ["sha256", "sha512", "sha384", "sha224", "sha1", "md5"];

function key(
  section: SscepSection,
  name: string,
  kind: SscepValueKind,
  what: string,
  more: Pick<SscepKey, "option" | "fallback"> = {},
): SscepKey {
  return { section, name, kind, what, ...more };
}

const caFile =
  "The CA certificate that replies are verified with: at NDES the RA signing certificate. getca writes it, with -0, -1, … appended where the server sends several.";

/** Every key that sscep 0.10 reads. */
export const sscepKeys: readonly SscepKey[] = [
  key("sscep", "engine", "text", "The section that configures an OpenSSL engine.", { option: "-g" }),
  key("sscep", "URL", "url", "The server's address; sscep speaks http only.", { option: "-u" }),
  key("sscep", "Proxy", "hostPort", "An HTTP proxy, host:port.", { option: "-p" }),
  key("sscep", "CACertFile", "file", caFile, { option: "-c" }),
  key("sscep", "CAIdentifier", "text", "What GetCACert sends as message.", { option: "-i", fallback: "CAIdentifier" }),
  key("sscep", "EncAlgorithm", "encAlgorithm", "The cipher of the envelope.", {
    option: "-E",
    fallback:
      "AES-128 where the server announces AES or SCEPStandard, else 3DES where it announces DES3, else single DES",
  }),
  key("sscep", "SigAlgorithm", "sigAlgorithm", "The digest of the signature.", {
    option: "-S",
    fallback: "the best that the server announces, else MD5",
  }),
  key("sscep", "Verbose", "true", "Say what is being done.", { option: "-v", fallback: "off" }),
  key("sscep", "Debug", "true", "Say everything, messages and the clear request with its challenge included.", {
    option: "-d",
    fallback: "off",
  }),
  key("sscep", "MonitorInformation", "text", "name=value pairs that are added to every query.", { option: "-M" }),
  key("sscep_getca", "CAIdentifier", "text", "What GetCACert sends as message.", {
    option: "-i",
    fallback: "CAIdentifier",
  }),
  key("sscep_getca", "FingerPrint", "sigAlgorithm", "The digest of the fingerprint that getca prints.", {
    option: "-F",
    fallback: "the best that the server announces, else MD5",
  }),
  key("sscep_getnextca", "CAIdentifier", "text", "What GetNextCACert sends as message.", { option: "-i" }),
  key("sscep_getnextca", "ChainRootCACertFile", "file", "The chain that the answer's signature is verified with.", {
    option: "-C",
  }),
  key("sscep_getnextca", "FingerPrint", "sigAlgorithm", "The digest of the fingerprint that is printed.", {
    option: "-F",
  }),
  key("sscep_getnextca", "SignerCertificateFile", "file", "Where the signer's certificate is written.", {
    option: "-w",
  }),
  key("sscep_getnextca", "NextCACertFile", "file", "Where the next CA certificate is written.", { option: "-c" }),
  key("sscep_enroll", "PrivateKeyFile", "file", "The private key of the request.", { option: "-k" }),
  key("sscep_enroll", "CertReqFile", "file", "The request, PKCS#10 in PEM.", { option: "-r" }),
  key("sscep_enroll", "SignKeyFile", "file", "The key of the certificate that is being renewed.", { option: "-K" }),
  key("sscep_enroll", "SignCertFile", "file", "The certificate that is being renewed.", { option: "-O" }),
  key("sscep_enroll", "LocalCertFile", "file", "Where the issued certificate is written.", { option: "-l" }),
  key(
    "sscep_enroll",
    "EncCertFile",
    "file",
    "The certificate that the request is encrypted for: at NDES the RA encryption certificate (CEP Encryption).",
    { option: "-e" },
  ),
  key("sscep_enroll", "SelfSignedFile", "file", "Where the self-signed certificate of the request is written.", {
    option: "-L",
  }),
  key("sscep_enroll", "PollInterval", "number", "Seconds between polls of a pending request.", {
    option: "-t",
    fallback: "300",
  }),
  key("sscep_enroll", "MaxPollTime", "number", "Seconds after which polling ends.", {
    option: "-T",
    fallback: "28800",
  }),
  key("sscep_enroll", "MaxPollCount", "number", "Polls after which polling ends.", { option: "-n", fallback: "256" }),
  key("sscep_enroll", "Resume", "text", "Begin with GetCertInitial.", { option: "-R" }),
  key("sscep_getcert", "PrivateKeyFile", "file", "The private key that signs the question.", { option: "-k" }),
  key("sscep_getcert", "LocalCertFile", "file", "The certificate that signs the question.", { option: "-l" }),
  key("sscep_getcert", "GetCertSerial", "serial", "The serial number asked for, decimal or hexadecimal.", {
    option: "-s",
  }),
  key("sscep_getcert", "GetCertFile", "file", "Where the certificate is written.", { option: "-w" }),
  key("sscep_getcrl", "PrivateKeyFile", "file", "The private key that signs the question.", { option: "-k" }),
  key("sscep_getcrl", "LocalCertFile", "file", "The certificate that signs the question.", { option: "-l" }),
  key("sscep_getcrl", "GetCrlFile", "file", "Where the revocation list is written.", { option: "-w" }),
  key("sscep_engine_capi", "new_key_location", "text", "Where the CAPI engine keeps a new key."),
  key("sscep_engine_capi", "storelocation", "text", "The certificate store of the CAPI engine."),
  key("sscep_engine_jksengine", "KeyStorePass", "text", "The password of the Java key store."),
  key("sscep_engine_jksengine", "KeyStoreProvider", "text", "The provider of the Java key store."),
  key("sscep_engine_jksengine", "JavaConnectorPath", "text", "Where the connector's classes are."),
  key("sscep_engine_jksengine", "JavaPath", "text", "Where Java is."),
];

/** The sections that {@link sscepKeys} knows, in their order. */
export const sscepSections: readonly SscepSection[] = [...new Set(sscepKeys.map(({ section }) => section))];

/** The key of that name in that section. */
export function sscepKey(section: string, name: string): SscepKey | undefined {
  return sscepKeys.find((known) => known.section === section && known.name === name);
}
