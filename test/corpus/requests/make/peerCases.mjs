/** Requests as other programs make them, unchanged: strongSwan's pki, GnuTLS's certtool, Java's keytool, OpenSSL's own defaults. */
import { certtool, keytool, openssl, pki, rsa } from "./programs.mjs";

const dn = ["--dn", "C=DE, O=Example, CN=dev7.example.com"];
const san = ["--san", "dev7.example.com"];
const password = ["--password", "8CE317021F690069"];
const missing = { ndes: ["warning csr.challenge.missing"], rfc8894: ["info csr.challenge.missing"] };
/** strongSwan writes the password as a UTF8String. */
const utf8 = { ndes: ["error csr.challenge.stringType"], rfc8894: ["warning csr.challenge.stringType"] };

/** @type {readonly import("./cases.mjs").Case[]} */
export const peerCases = [
  { name: "strongswan/good", request: () => pki([...dn, ...san, ...password, "--digest", "sha256"]), ...utf8 },
  { name: "strongswan/no-challenge", request: () => pki([...dn, ...san, "--digest", "sha256"]), ...missing },
  {
    name: "strongswan/no-san",
    request: () => pki([...dn, ...password, "--digest", "sha256"]),
    both: ["info csr.san.missing"],
    ...utf8,
  },
  {
    name: "strongswan/sha1",
    request: () => pki([...dn, ...san, ...password, "--digest", "sha1"]),
    both: ["warning csr.signature.weakDigest"],
    ...utf8,
  },
  { name: "strongswan/sha512", request: () => pki([...dn, ...san, ...password, "--digest", "sha512"]), ...utf8 },
  {
    name: "strongswan/pss",
    request: () => pki([...dn, ...san, ...password, "--digest", "sha256", "--rsa-padding", "pss"]),
    ...utf8,
  },
  {
    name: "strongswan/rsa1024",
    request: () => pki([...dn, ...san, ...password, "--digest", "sha256"], rsa(1024)),
    both: ["error csr.key.tooShort"],
    ...utf8,
  },
  {
    name: "strongswan/at-in-challenge",
    request: () => pki([...dn, ...san, "--password", "p@ss_word", "--digest", "sha256"]),
    ndes: ["warning csr.challenge.characters", "error csr.challenge.stringType"],
    rfc8894: ["info csr.challenge.characters", "warning csr.challenge.stringType"],
  },
  {
    name: "strongswan/client",
    request: () => pki([...dn, ...san, ...password, "--digest", "sha256", "--profile", "client"]),
    both: ["info csr.template.named"],
    ...utf8,
  },

  {
    name: "gnutls/good",
    request: () =>
      certtool(
        ['cn = "dev7.example.com"', 'dns_name = "dev7.example.com"', 'challenge_password = "8CE317021F690069"'],
        ["--no-crq-extensions"],
      ),
  },
  {
    name: "gnutls/tls-client",
    request: () =>
      certtool([
        'cn = "dev7.example.com"',
        'dns_name = "dev7.example.com"',
        'challenge_password = "8CE317021F690069"',
        "tls_www_client",
      ]),
    ndes: ["info csr.keyUsage.template", "info csr.sid.missing"],
  },
  {
    name: "gnutls/ca",
    request: () => certtool(['cn = "Example CA"', "ca", "cert_signing_key", 'challenge_password = "8CE317021F690069"']),
    both: ["warning csr.ca.requested", "info csr.san.missing"],
    ndes: ["info csr.keyUsage.template"],
  },
  {
    name: "gnutls/email-and-uri",
    request: () =>
      certtool([
        'cn = "Ada Example"',
        'email = "ada@example.com"',
        'uri = "https://example.com/ada"',
        'ip_address = "192.0.2.7"',
      ]),
    ndes: ["warning csr.challenge.missing", "info csr.keyUsage.template"],
    rfc8894: ["info csr.challenge.missing"],
  },
  {
    name: "gnutls/sha1",
    request: () => certtool(['cn = "dev7.example.com"', 'dns_name = "dev7.example.com"'], ["--hash", "SHA1"]),
    both: ["warning csr.signature.weakDigest"],
    ndes: ["warning csr.challenge.missing", "info csr.keyUsage.template"],
    rfc8894: ["info csr.challenge.missing"],
  },

  {
    name: "java/rsa",
    request: () =>
      keytool(
        ["-keyalg", "RSA", "-keysize", "2048", "-dname", "CN=dev7.example.com, O=Example, C=DE"],
        ["-ext", "san=dns:dev7.example.com"],
      ),
    ...missing,
  },
  {
    name: "java/no-extensions",
    request: () => keytool(["-keyalg", "RSA", "-keysize", "2048", "-dname", "CN=dev7.example.com"]),
    both: ["info csr.san.missing"],
    ...missing,
  },
  {
    name: "java/unknown",
    request: () =>
      keytool([
        "-keyalg",
        "RSA",
        "-keysize",
        "2048",
        "-dname",
        "CN=Unknown, OU=Unknown, O=Unknown, L=Unknown, ST=Unknown, C=Unknown",
      ]),
    both: [
      "info csr.san.missing",
      "error csr.subject.tooLong",
      ...Array.from({ length: 6 }, () => "warning csr.subject.placeholder"),
    ],
    ...missing,
  },
  {
    name: "java/rsa1024-sha1",
    request: () =>
      keytool(
        ["-keyalg", "RSA", "-keysize", "1024", "-sigalg", "SHA1withRSA", "-dname", "CN=dev7.example.com"],
        ["-sigalg", "SHA1withRSA"],
      ),
    both: ["error csr.key.tooShort", "warning csr.signature.weakDigest", "info csr.san.missing"],
    ...missing,
  },
  {
    name: "java/ec",
    request: () =>
      keytool(
        ["-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=dev7.example.com"],
        ["-ext", "san=dns:dev7.example.com"],
      ),
    ndes: ["error csr.key.unsupported", "warning csr.challenge.missing"],
    rfc8894: ["warning csr.key.unsupported", "info csr.challenge.missing"],
  },
  {
    name: "java/dsa",
    request: () =>
      keytool(
        ["-keyalg", "DSA", "-keysize", "2048", "-dname", "CN=dev7.example.com"],
        ["-ext", "san=dns:dev7.example.com"],
      ),
    ndes: ["error csr.key.unsupported", "warning csr.challenge.missing"],
    rfc8894: ["warning csr.key.unsupported", "info csr.challenge.missing"],
  },
  {
    name: "java/usages",
    request: () =>
      keytool(
        ["-keyalg", "RSA", "-keysize", "2048", "-dname", "CN=dev7.example.com"],
        [
          "-ext",
          "san=dns:dev7.example.com,ip:192.0.2.7",
          "-ext",
          "ku=digitalSignature,keyEncipherment",
          "-ext",
          "eku=clientAuth",
        ],
      ),
    both: [],
    ndes: ["warning csr.challenge.missing", "info csr.keyUsage.template", "info csr.sid.missing"],
    rfc8894: ["info csr.challenge.missing"],
  },

  {
    name: "mkrequest/as-shipped",
    request: () =>
      openssl({
        key: rsa(1024),
        mask: "",
        dn: ["C = DE", "O = Example", "CN = dev7"],
        extensions: ["subjectAltName = critical, DNS:dev7.example.com"],
      }),
    ndes: ["error csr.key.tooShort", "error csr.challenge.stringType", "warning csr.san.critical"],
    rfc8894: ["error csr.key.tooShort", "warning csr.challenge.stringType", "warning csr.san.critical"],
  },
  {
    name: "mkrequest/mended",
    request: () =>
      openssl({ dn: ["C = DE", "O = Example", "CN = dev7"], extensions: ["subjectAltName = DNS:dev7.example.com"] }),
  },
  {
    name: "openssl/answers-with-enter",
    request: () =>
      openssl({
        mask: "utf8only",
        challenge: null,
        extensions: [],
        dn: ["C = AU", "ST = Some-State", "O = Internet Widgits Pty Ltd"],
      }),
    both: ["info csr.san.missing", "warning csr.subject.placeholder", "warning csr.subject.placeholder"],
    ...missing,
  },
];
