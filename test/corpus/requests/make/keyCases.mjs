/** Keys and signatures. */
import { bits, int, nothing, octets, oid, pem, printable, seq, tlv } from "./der.mjs";
import { cn, dns, extensionRequest, goodChallenge, key as handKey, request, san } from "./hand.mjs";
import { byHand, folder, keyFile, openssl, rsa, run } from "./programs.mjs";
import { keyWithExponent, keyWithFactor, rocaKey, spkiOf } from "./rsa.mjs";
import path from "node:path";

const ec = (/** @type {string} */ curve) => ["-algorithm", "EC", "-pkeyopt", `ec_paramgen_curve:${curve}`];
const unsupported = { ndes: ["error csr.key.unsupported"], rfc8894: ["warning csr.key.unsupported"] };

/** A request whose key has these numbers, signed by a sound key: its signature cannot hold. @param {bigint} n @param {bigint} e */
const numbers = (n, e) => request({ spki: spkiOf(n, e) });

/** @param {string} subject */
const named = (subject) => openssl({ dn: [`CN = ${subject}`], extensions: [`subjectAltName = DNS:${subject}`] }).text;

/** A certificate for the key that all requests of openssl here have. @param {string} subject */
function certificate(subject) {
  const args = ["req", "-x509", "-new", "-key", keyFile(rsa(2048)), "-subj", `/CN=${subject}`, "-days", "365"];
  return run("openssl", args).toString("utf8");
}

/** DSA takes its time, so that the parameters are made once. */
function dsaKey() {
  run("openssl", [
    "genpkey",
    "-genparam",
    "-algorithm",
    "DSA",
    "-pkeyopt",
    "dsa_paramgen_bits:2048",
    "-out",
    "dsa.params",
  ]);
  return ["-paramfile", path.join(folder, "dsa.params")];
}

/** @type {readonly import("./cases.mjs").Case[]} */
export const keyCases = [
  {
    name: "key/rsa2048",
    request: () => openssl({}),
    near: [
      "csr.key.tooShort",
      "csr.key.exponent",
      "csr.key.weak",
      "csr.key.unsupported",
      "csr.key.size",
      "csr.signature.invalid",
      "csr.signature.unverified",
    ],
  },
  { name: "key/rsa512", request: () => openssl({ key: rsa(512) }), both: ["error csr.key.tooShort"] },
  { name: "key/rsa1024", request: () => openssl({ key: rsa(1024) }), both: ["error csr.key.tooShort"] },
  { name: "key/rsa2047", request: () => openssl({ key: rsa(2047) }), both: ["error csr.key.tooShort"] },
  {
    name: "key/rsa2052",
    request: () => {
      const odd = keyWithExponent(65537n, 2052);
      return byHand("a modulus of 2052 bits", request({ spki: spkiOf(odd.n, odd.e), signer: odd }));
    },
    ndes: ["warning csr.key.size"],
    rfc8894: ["info csr.key.size"],
  },
  { name: "key/rsa2056", request: () => openssl({ key: rsa(2056) }), near: ["csr.key.size"] },
  { name: "key/rsa3072", request: () => openssl({ key: rsa(3072) }), near: ["csr.key.size"] },
  { name: "key/rsa4096", request: () => openssl({ key: rsa(4096) }), near: ["csr.key.size"] },
  { name: "key/rsa4104", request: () => openssl({ key: rsa(4104) }), both: ["info csr.key.size"] },
  { name: "key/ec-p256", request: () => openssl({ key: ec("P-256") }), ...unsupported },
  { name: "key/ec-p384", request: () => openssl({ key: ec("P-384"), options: ["-sha384"] }), ...unsupported },
  { name: "key/ec-p521", request: () => openssl({ key: ec("P-521"), options: ["-sha512"] }), ...unsupported },
  { name: "key/ed25519", request: () => openssl({ key: ["-algorithm", "ED25519"], options: [] }), ...unsupported },
  { name: "key/ed448", request: () => openssl({ key: ["-algorithm", "ED448"], options: [] }), ...unsupported },
  {
    name: "key/dsa2048",
    request: () => openssl({ key: dsaKey() }),
    ...unsupported,
  },
  {
    name: "key/rsa-pss",
    request: () => openssl({ key: ["-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048"] }),
    ...unsupported,
  },
  { name: "key/exponent-3", request: () => openssl({ key: rsa(2048, "3") }), both: ["warning csr.key.exponent"] },
  { name: "key/exponent-17", request: () => openssl({ key: rsa(2048, "17") }), both: ["warning csr.key.exponent"] },
  {
    name: "key/exponent-32-bits",
    request: () => openssl({ key: rsa(2048, "4294967291") }),
    near: ["csr.key.exponent"],
  },
  {
    name: "key/exponent-33-bits",
    request: () => openssl({ key: rsa(2048, "4294967311") }),
    ndes: ["error csr.key.exponent"],
    rfc8894: ["warning csr.key.exponent"],
  },
  {
    name: "key/exponent-1",
    request: () => {
      const one = keyWithExponent(1n);
      return byHand(
        "public exponent 1, so that the signature is the padded digest itself",
        request({ spki: spkiOf(one.n, 1n), signer: one }),
      );
    },
    both: ["error csr.key.exponent"],
  },
  {
    name: "key/exponent-even",
    request: () => byHand("public exponent 65538", numbers(handKey.n, 65538n)),
    both: ["error csr.key.exponent", "error csr.signature.invalid"],
  },
  {
    name: "key/exponent-zero",
    request: () => byHand("public exponent 0", numbers(handKey.n, 0n)),
    both: ["error csr.key.exponent", "error csr.signature.invalid"],
  },
  {
    name: "key/exponent-negative",
    request: () => byHand("public exponent -65537", numbers(handKey.n, -65537n)),
    both: ["error csr.key.exponent", "error csr.signature.invalid"],
  },
  {
    name: "key/modulus-zero",
    request: () => byHand("modulus 0", numbers(0n, 65537n)),
    both: ["error csr.key.modulus", "error csr.key.tooShort", "error csr.signature.invalid"],
  },
  {
    name: "key/modulus-negative",
    request: () =>
      byHand(
        "the modulus without its leading zero octet",
        request({
          spki: seq(
            seq(oid("1.2.840.113549.1.1.1"), nothing),
            bits(seq(tlv(0x02, Buffer.from(handKey.n.toString(16), "hex")), int(65537))),
          ),
        }),
      ),
    both: ["error csr.key.modulus"],
  },
  {
    name: "key/modulus-even",
    request: () => byHand("an even modulus", numbers(handKey.n - 1n, 65537n)),
    both: ["error csr.key.modulus", "info csr.signature.unverified"],
  },
  {
    name: "key/modulus-unreadable",
    request: () =>
      byHand(
        "a BIT STRING that holds no RSAPublicKey",
        request({ spki: seq(seq(oid("1.2.840.113549.1.1.1"), nothing), bits(octets(Buffer.from("no key")))) }),
      ),
    both: ["error csr.key.modulus", "error csr.signature.invalid"],
  },
  {
    name: "key/sound-by-hand",
    request: () => byHand("a sound key", request({})),
    near: ["csr.key.modulus", "csr.key.weak"],
  },
  {
    name: "key/small-factor",
    request: () => {
      const weak = keyWithFactor(7n);
      return byHand("a modulus that 7 divides", request({ spki: spkiOf(weak.n, weak.e), signer: weak }));
    },
    both: ["error csr.key.weak"],
  },
  {
    name: "key/roca",
    request: () => {
      const weak = rocaKey();
      return byHand("a key as Infineon's RSALib made them", request({ spki: spkiOf(weak.n, weak.e), signer: weak }));
    },
    both: ["error csr.key.weak"],
  },
  {
    name: "key/shared-by-two",
    request: () => ({
      made: "openssl req -new, twice with one key and two subjects, in one file",
      text: named("dev7.example.com") + named("dev8.example.com"),
    }),
    both: ["warning csr.key.shared", "warning csr.key.shared"],
  },
  {
    name: "key/same-subject-twice",
    request: () => ({
      made: "openssl req -new, twice with one key and one subject, in one file",
      text: named("dev7.example.com") + named("dev7.example.com"),
    }),
    near: ["csr.key.shared"],
  },
  {
    name: "key/shared-with-certificate",
    request: () => ({
      made: "openssl req -new, and openssl req -x509 with the same key for another subject, in one file",
      text: named("dev7.example.com") + certificate("dev8.example.com"),
    }),
    both: ["warning csr.key.shared"],
  },
  {
    name: "key/own-certificate",
    request: () => ({
      made: "openssl req -new, and openssl req -x509 with the same key for the same subject, in one file",
      text: named("dev7.example.com") + certificate("dev7.example.com"),
    }),
    near: ["csr.key.shared"],
  },

  { name: "signature/md5", request: () => openssl({ options: ["-md5"] }), both: ["warning csr.signature.weakDigest"] },
  {
    name: "signature/sha1",
    request: () => openssl({ options: ["-sha1"] }),
    both: ["warning csr.signature.weakDigest"],
  },
  { name: "signature/sha224", request: () => openssl({ options: ["-sha224"] }), near: ["csr.signature.weakDigest"] },
  { name: "signature/sha384", request: () => openssl({ options: ["-sha384"] }), near: ["csr.signature.weakDigest"] },
  { name: "signature/sha512", request: () => openssl({ options: ["-sha512"] }), near: ["csr.signature.weakDigest"] },
  {
    name: "signature/pss",
    request: () =>
      openssl({ options: ["-sha256", "-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:32"] }),
    near: ["csr.signature.unverified", "csr.key.unsupported"],
  },
  {
    name: "signature/bit-flipped",
    request: () =>
      byHand(
        "one bit of the signature changed",
        request({
          spoil: (signature) => {
            signature[100] = (signature[100] ?? 0) ^ 1;
            return signature;
          },
        }),
      ),
    both: ["error csr.signature.invalid"],
  },
  {
    name: "signature/other-key",
    request: () => byHand("signed with another key", request({ signer: keyWithExponent(65537n) })),
    both: ["error csr.signature.invalid"],
  },
  {
    name: "signature/cut",
    request: () =>
      byHand("the signature without its last octet", request({ spoil: (signature) => signature.subarray(0, -1) })),
    both: ["error csr.signature.invalid"],
  },
  {
    name: "signature/subject-changed",
    request: () => ({ made: "openssl req -new, with a letter of the subject changed behind it", text: changed() }),
    both: ["error csr.signature.invalid", "warning csr.san.commonName"],
  },
  {
    name: "signature/unknown-algorithm",
    request: () => byHand("signature algorithm 1.2.3.4", request({ algorithm: seq(oid("1.2.3.4"), nothing) })),
    both: ["info csr.signature.unverified"],
  },
  {
    name: "signature/version-1",
    request: () => byHand("version 1", request({ version: int(1) })),
    both: ["warning csr.version"],
  },
  {
    name: "signature/version-2",
    request: () => byHand("version 2", request({ version: int(2) })),
    both: ["warning csr.version"],
  },
  {
    name: "signature/version-0",
    request: () =>
      byHand(
        "version 0",
        request({
          subject: [cn(printable("dev8.example.com"))],
          attributes: [goodChallenge, extensionRequest(san(dns("dev8.example.com")))],
        }),
      ),
    near: ["csr.version"],
  },
];

function changed() {
  const text = openssl({}).text;
  const der = Buffer.from(text.replaceAll(/-----[^-]+-----|\s/g, ""), "base64");
  der.write("fev7", der.indexOf("dev7"), "latin1");
  return pem("CERTIFICATE REQUEST", der);
}
