import type { BerNode } from "../asn1/berNode.js";
import { decodeSmallInteger } from "../asn1/integer.js";
import { HumanError } from "../humanError.js";
import { readAlgorithmIdentifier } from "./algorithmIdentifier.js";
import { digestByOid, signatureByOid, type SignatureKind } from "./algorithms.js";
import type { CryptoPort, DigestName, SignatureScheme } from "./cryptoPort.js";
import { checkEmsaPkcs1 } from "./pkcs1.js";
import { isBelowModulus, rsaModulus } from "./rsaKey.js";

/** A signature and what it is said to be over. */
export interface SignatureInput {
  /** SubjectPublicKeyInfo of the signer. */
  readonly spki: Uint8Array;
  /** As it stands beside the signature. */
  readonly signatureAlgorithm: { readonly oid: string; readonly name: string; readonly parameters?: BerNode };
  /** The digest that is named elsewhere, for an algorithm that leaves it out (rsaEncryption in a SignerInfo). */
  readonly digest?: DigestName | undefined;
  readonly data: Uint8Array;
  readonly signature: Uint8Array;
}

/** Whether a signature holds, or cannot be judged; `detail` says in a sentence what was found. */
export interface SignatureResult {
  readonly verdict: "valid" | "invalid" | "unsupported";
  readonly detail: string;
  /** The digest that it was verified with. */
  readonly digest?: DigestName;
}

/**
 * Verifies a signature of a certificate, CRL, request or SignerInfo. RSASSA-PKCS1-v1_5 (RFC 8017 §8.2.2) that
 * the host does not take for valid is verified here, with every digest of the table, and told about; RSASSA-PSS, ECDSA, DSA and EdDSA are
 * the host's. Never rejects: what cannot be
 * verified is `unsupported` or `invalid` and says why.
 */
export async function verifySignature(port: CryptoPort, input: SignatureInput): Promise<SignatureResult> {
  const algorithm = signatureByOid(input.signatureAlgorithm.oid);
  if (!algorithm) return unsupported(`The signature algorithm ${input.signatureAlgorithm.name} is not supported.`);
  try {
    if (algorithm.scheme.kind === "rsaPkcs1") {
      return await verifyRsa(port, input, algorithm.scheme.digest ?? input.digest);
    }
    const scheme = hostScheme(algorithm.scheme, input);
    if (typeof scheme === "string") return unsupported(scheme);
    const valid = await port.verify(input.spki, scheme, input.data, input.signature);
    return valid
      ? { verdict: "valid", detail: `The ${algorithm.name} signature is valid.` }
      : { verdict: "invalid", detail: `The ${algorithm.name} signature does not match the data and the signer's key.` };
  } catch (error) {
    const because = error instanceof Error ? error.message : String(error);
    return unsupported(
      HumanError.is(error) ? because : `The signature could not be verified with ${algorithm.name}: ${because}`,
    );
  }
}

async function verifyRsa(
  port: CryptoPort,
  { spki, data, signature }: SignatureInput,
  digest: DigestName | undefined,
): Promise<SignatureResult> {
  if (digest === undefined) return unsupported("The signature's digest algorithm is not supported.");
  if (await hostVerifies(port, { spki, data, signature }, digest)) return validRsa(digest);
  const modulus = rsaModulus(spki);
  if (!modulus) {
    return {
      verdict: "invalid",
      detail: "The signature says RSA, but the public key that should verify it is no readable RSA key.",
    };
  }
  if (signature.length !== modulus.length) {
    return {
      verdict: "invalid",
      detail: `The signature is ${signature.length} octets long, the signer's RSA modulus ${modulus.length}: it was made with another key, or it was cut.`,
      digest,
    };
  }
  if (!isBelowModulus(signature, modulus)) {
    return {
      verdict: "invalid",
      detail: "The signature is a larger number than the signer's RSA modulus: it was made with another key.",
      digest,
    };
  }
  const hash = await port.digest(digest, data);
  const check = checkEmsaPkcs1(digest, hash, await port.rsaPublic(spki, signature));
  return check.ok ? validRsa(digest) : { verdict: "invalid", detail: check.reason, digest };
}

/**
 * Whether the host takes an RSA signature for valid, which is quicker than to look at its padding. If not, nothing is said yet:
 * hosts refuse MD5, DigestInfos without NULL and unusual keys, and never say what they found.
 */
async function hostVerifies(
  port: CryptoPort,
  { spki, data, signature }: Pick<SignatureInput, "spki" | "data" | "signature">,
  digest: DigestName,
): Promise<boolean> {
  try {
    return await port.verify(spki, { kind: "rsaPkcs1", digest }, data, signature);
  } catch {
    return false;
  }
}

function validRsa(digest: DigestName): SignatureResult {
  return { verdict: "valid", detail: `The RSA signature over ${digest} is valid.`, digest };
}

/** The scheme that the host verifies with, or a sentence on why there is none. */
function hostScheme(
  kind: Exclude<SignatureKind, { kind: "rsaPkcs1" }>,
  input: SignatureInput,
): SignatureScheme | string {
  switch (kind.kind) {
    case "eddsa":
      return { kind: "eddsa" };
    case "ecdsa":
    case "dsa": {
      const digest = kind.digest ?? input.digest;
      return digest ? { kind: kind.kind, digest } : "The signature's digest algorithm is not supported.";
    }
    case "rsaPss":
      return pssScheme(input.signatureAlgorithm.parameters);
  }
}

/** RSASSA-PSS-params (RFC 4055 §3.1), whose absent fields mean SHA-1, MGF1 with SHA-1 and a salt of 20 octets. */
function pssScheme(parameters: BerNode | undefined): SignatureScheme | string {
  const digest = digestOf(parameters?.contextChild(0)?.child(0));
  const mask = parameters?.contextChild(1)?.child(0);
  const maskDigest = digestOf(mask?.child(1));
  const saltNode = parameters?.contextChild(2)?.child(0);
  const saltLength = saltNode ? decodeSmallInteger(saltNode) : 20;
  if (digest === undefined || maskDigest === undefined || saltLength === undefined || saltLength < 0) {
    return "The parameters of the RSASSA-PSS signature are unreadable or name an unknown digest.";
  }
  if (digest !== maskDigest) {
    return `The RSASSA-PSS signature uses ${digest} with a mask over ${maskDigest}, which is not supported.`;
  }
  return { kind: "rsaPss", digest, saltLength };
}

function digestOf(algorithm: BerNode | undefined): DigestName | undefined {
  return algorithm ? digestByOid(readAlgorithmIdentifier(algorithm)?.oid ?? "")?.name : "SHA-1";
}

function unsupported(detail: string): SignatureResult {
  return { verdict: "unsupported", detail };
}
