import type { BerNode } from "../asn1/berNode.js";
import { readBer } from "../asn1/berReader.js";
import { derValue, octetStringValue, sequence } from "../asn1/derWriter.js";
import { fromHex } from "../asn1/hex.js";
import { type PemBlock, readPem } from "../asn1/pem.js";
import { latin1 } from "../asn1/strings.js";
import { Tag } from "../asn1/tag.js";
import { visibleText } from "../asn1/visibleText.js";
import { HumanError } from "../humanError.js";
import { readAlgorithmIdentifier } from "./algorithmIdentifier.js";
import { javaKeystoreIn } from "./javaKeystore.js";

/** AlgorithmIdentifier { rsaEncryption, NULL } (RFC 8017 §A.1). */
const rsaAlgorithm = fromHex("300d06092a864886f70d0101010500") ?? new Uint8Array();

/** Octets that no key file reaches; what is larger is something else and not worth reading. */
const largestKeyFile = 1_000_000;

const toPlainPkcs8 = "openssl pkey -in KEY -out plain.key";

/**
 * A private key out of a file or a text, PEM or DER, as the DER of an unencrypted PKCS#8 PrivateKeyInfo (RFC 5958): from
 * PKCS#8 itself or from PKCS#1's RSAPrivateKey (RFC 8017 §A.1.2), the first key of a PEM bundle. Throws a
 * {@link HumanError} with a remedy for everything else: encrypted keys, PKCS#12, Java's keystores, OpenSSH's format, an EC key in SEC 1's,
 * certificates.
 */
export function readPrivateKey(input: Uint8Array | string): Uint8Array {
  if (input.length > largestKeyFile) {
    throw new HumanError("The file is far too large to be a private key. Give the key's own file.");
  }
  const text = typeof input === "string" ? input : latin1(input);
  if (text.trim() === "") throw new HumanError("The private key is empty. Give a key in PEM or DER.");
  const blocks = readPem(text);
  if (blocks.length > 0) return readKeyBlock(blocks);
  if (typeof input === "string") {
    throw new HumanError(
      "The text is no private key: it has no line -----BEGIN PRIVATE KEY-----. Give a key in PEM, or a file in DER.",
    );
  }
  const keystore = javaKeystoreIn(input);
  if (keystore) {
    throw new HumanError(
      `The file is a keystore of Java in the format ${keystore.format}, which cannot be read here. ${keystore.remedy}`,
    );
  }
  return readKeyDer(input);
}

function readKeyBlock(blocks: readonly PemBlock[]): Uint8Array {
  const block = blocks.find(({ label }) => label.endsWith("PRIVATE KEY"));
  if (!block) {
    const labels = [...new Set(blocks.map(({ label }) => visibleText(label, 40)))].join(", ");
    throw new HumanError(
      `There is no private key here, only ${labels}. Give the file that holds -----BEGIN PRIVATE KEY-----.`,
    );
  }
  if (block.headers.some((header) => header.includes("ENCRYPTED"))) throw encrypted();
  if (block.label === "OPENSSH PRIVATE KEY") {
    throw new HumanError(
      "The private key is in OpenSSH's own format, which cannot be read. Convert it (the file is changed in place): ssh-keygen -p -m PKCS8 -f KEY",
    );
  }
  if (block.label === "EC PRIVATE KEY") throw ecKey();
  const [problem] = block.problems;
  if (problem) {
    throw new HumanError(`The private key is damaged. ${problem.message} Copy it again as a whole.`);
  }
  return readKeyDer(block.der);
}

function readKeyDer(der: Uint8Array): Uint8Array {
  const node = readBer(der);
  const [first, second, third] = node?.isSequence ? node.children : [];
  const [problem] = node?.problems ?? [];
  if (node && first?.isUniversal(Tag.integer) && problem) {
    throw new HumanError(`The private key is damaged. ${problem.message} Copy it again as a whole.`);
  }
  if (node && first?.isUniversal(Tag.integer) && second && third) {
    if (readAlgorithmIdentifier(second) && third.isUniversal(Tag.octetString)) return node.encoding;
    if (second.isUniversal(Tag.integer) && node.children.length >= 9) return wrapPkcs1(node);
  }
  if (first?.isUniversal(Tag.integer) && second?.isUniversal(Tag.octetString)) throw ecKey();
  // EncryptedPrivateKeyInfo (RFC 5958 §3) and PFX (RFC 7292 §4) have no other look-alike among key files.
  if (readAlgorithmIdentifier(first) && second?.isUniversal(Tag.octetString)) throw encrypted();
  if (first?.isUniversal(Tag.integer) && second?.isSequence) {
    throw new HumanError(
      "The file is a PKCS #12 container (.pfx, .p12), which cannot be read here. Take the key out of it: openssl pkcs12 -in FILE -nocerts -nodes -out plain.key",
    );
  }
  throw new HumanError(
    "The file is no private key in PKCS #8 or PKCS #1, neither PEM nor DER. Give the key's own file.",
  );
}

/** PrivateKeyInfo (RFC 5958 §2) around PKCS#1's RSAPrivateKey. */
function wrapPkcs1(key: BerNode): Uint8Array {
  return sequence(derValue(0x02, Uint8Array.of(0)), rsaAlgorithm, octetStringValue(key.encoding));
}

function encrypted(): HumanError {
  return new HumanError(
    `The private key is encrypted with a passphrase. Give it unencrypted, where only you can read it: ${toPlainPkcs8}`,
  );
}

function ecKey(): HumanError {
  return new HumanError(
    "The private key is an EC key. SCEP encrypts the reply for the client's key, which takes RSA: make an RSA key, for example with openssl genrsa -out rsa.key 2048",
  );
}
