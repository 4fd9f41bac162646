import { integerFromHex } from "../../src/core/asn1/buildValue.js";
import { bitStringValue, contextConstructed, derValue, sequence } from "../../src/core/asn1/derWriter.js";
import { rsaSignatureByDigest } from "../../src/core/crypto/algorithms.js";
import type { DigestName, KeyPair } from "../../src/core/crypto/cryptoPort.js";
import { signRsa } from "../../src/core/crypto/signRsa.js";
import { buildAlgorithmIdentifier } from "../../src/core/x509/buildAlgorithmIdentifier.js";
import {
  basicConstraintsExtension,
  buildExtension,
  type ExtensionInput,
  keyUsageExtension,
  subjectAltNameExtension,
} from "../../src/core/x509/buildExtensions.js";
import { parseDistinguishedName } from "../../src/core/x509/buildName.js";
import { nodeCrypto } from "../../src/node/nodeCrypto.js";
import { clientKey } from "./clientMessage.js";

/** The present of every example that is made here. */
export const presentTime = new Date("2026-06-15T12:00:00Z");

/** DER of a UTCTime, written as it is given. */
export const utcTime = (text: string): Uint8Array => derValue(0x17, new TextEncoder().encode(text));

/** DER of a GeneralizedTime, written as it is given. */
export const generalizedTime = (text: string): Uint8Array => derValue(0x18, new TextEncoder().encode(text));

/** What an end entity's certificate has. */
export const usualExtensions: readonly ExtensionInput[] = [
  basicConstraintsExtension(false),
  keyUsageExtension(["digitalSignature"]),
  subjectAltNameExtension([{ kind: "DNS", text: "dev7.example.com" }]),
];

/** What a CA's certificate has; `pathLength` bounds the CAs below it. */
export const caExtensions = (pathLength?: number): readonly ExtensionInput[] => [
  basicConstraintsExtension(true, pathLength),
  keyUsageExtension(["keyCertSign", "cRLSign"]),
];

/** What may be odd about a certificate; without anything it is a faultless one of `CN=Issuing CA`. */
export interface OddCertificate {
  /** The number of its version field, 2 for version 3; null leaves the field out. */
  readonly version?: number | null;
  /** The content octets of the serial number. */
  readonly serialNumber?: readonly number[];
  readonly digest?: DigestName;
  /** The digest of the algorithm inside the signed part, where it is another. */
  readonly innerDigest?: DigestName;
  readonly issuer?: string;
  readonly subject?: string;
  /** DER of the two times. */
  readonly notBefore?: Uint8Array;
  readonly notAfter?: Uint8Array;
  readonly extensions?: readonly ExtensionInput[];
  /** The subject's key; of 2048 bits unless told. */
  readonly key?: KeyPair;
  /** The key that signs it; the one of {@link issuingKey} unless told. */
  readonly signer?: KeyPair;
}

/** The key of `CN=Issuing CA`. */
export const issuingKey = (): Promise<KeyPair> => clientKey(2048, "Issuing CA");

/** DER of a certificate that is as odd as it is told to be, signed over whatever it says. */
export async function oddCertificate(odd: OddCertificate = {}): Promise<Uint8Array> {
  const { version = 2, serialNumber = [0x47, 0x11], digest = "SHA-256", extensions = usualExtensions } = odd;
  const algorithm = buildAlgorithmIdentifier(rsaSignatureByDigest(digest).oid);
  const tbs = sequence(
    ...(version === null ? [] : [contextConstructed(0, derValue(0x02, Uint8Array.of(version)))]),
    derValue(0x02, Uint8Array.from(serialNumber)),
    odd.innerDigest ? buildAlgorithmIdentifier(rsaSignatureByDigest(odd.innerDigest).oid) : algorithm,
    parseDistinguishedName(odd.issuer ?? "CN=Issuing CA"),
    sequence(odd.notBefore ?? utcTime("260101000000Z"), odd.notAfter ?? utcTime("270101000000Z")),
    parseDistinguishedName(odd.subject ?? "CN=dev7.example.com"),
    (odd.key ?? (await clientKey())).spki,
    ...(extensions.length > 0 ? [contextConstructed(3, sequence(...extensions.map(buildExtension)))] : []),
  );
  const { pkcs8 } = odd.signer ?? (await issuingKey());
  return sequence(tbs, algorithm, bitStringValue(await signRsa(nodeCrypto, pkcs8, digest, tbs)));
}

/** DER of the certificate of `CN=Issuing CA`, self-signed unless told. */
export async function issuingCertificate(odd: OddCertificate = {}): Promise<Uint8Array> {
  return oddCertificate({ subject: "CN=Issuing CA", key: await issuingKey(), extensions: caExtensions(), ...odd });
}

/** What may be odd about a revocation list; without anything it is a faultless one of `CN=Issuing CA`. */
export interface OddCrl {
  /** The number of its version field, 1 for version 2; null leaves the field out. */
  readonly version?: number | null;
  /** DER of nextUpdate; null leaves it out. */
  readonly nextUpdate?: Uint8Array | null;
  readonly extensions?: readonly ExtensionInput[];
}

/** DER of a revocation list of one certificate that is as odd as it is told to be. */
export async function oddCrl(odd: OddCrl = {}): Promise<Uint8Array> {
  const { version = 1, nextUpdate = utcTime("260701000000Z"), extensions = [crlNumber] } = odd;
  const algorithm = buildAlgorithmIdentifier(rsaSignatureByDigest("SHA-256").oid);
  const tbs = sequence(
    ...(version === null ? [] : [derValue(0x02, Uint8Array.of(version))]),
    algorithm,
    parseDistinguishedName("CN=Issuing CA"),
    utcTime("260601000000Z"),
    ...(nextUpdate === null ? [] : [nextUpdate]),
    sequence(sequence(integerFromHex("4711"), utcTime("260501000000Z"))),
    ...(extensions.length > 0 ? [contextConstructed(0, sequence(...extensions.map(buildExtension)))] : []),
  );
  const { pkcs8 } = await issuingKey();
  return sequence(tbs, algorithm, bitStringValue(await signRsa(nodeCrypto, pkcs8, "SHA-256", tbs)));
}

const crlNumber: ExtensionInput = { oid: "2.5.29.20", critical: false, valueDer: integerFromHex("2a") };

/** The same bytes with the last one, which is the signature's, changed. */
export function withSignatureChanged(der: Uint8Array): Uint8Array {
  const changed = der.slice();
  changed[der.length - 1] = (der.at(-1) as number) ^ 1;
  return changed;
}
