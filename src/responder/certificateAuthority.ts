import { oid } from "../core/asn1/oids.js";
import type { CryptoPort } from "../core/crypto/cryptoPort.js";
import { buildCertificate } from "../core/x509/buildCertificate.js";
import {
  authorityKeyIdentifierExtension,
  basicConstraintsExtension,
  type ExtensionInput,
  extendedKeyUsageExtension,
  keyIdentifier,
  keyUsageExtension,
  subjectKeyIdentifierExtension,
} from "../core/x509/buildExtensions.js";
import { certificateTemplateNameExtension } from "../core/x509/buildMicrosoftExtensions.js";
import { parseDistinguishedName } from "../core/x509/buildName.js";
import { type CertificateView, readCertificate } from "../core/x509/certificate.js";
import { randomSerialNumber } from "./serialNumber.js";

/** A certificate and its private key (PKCS#8). */
export interface KeyedCertificate {
  readonly certificate: CertificateView;
  readonly pkcs8: Uint8Array;
}

/** The four of an NDES with a two-tier CA, in the order in which GetCACert brings them. */
export interface Authority {
  readonly raSigning: KeyedCertificate;
  readonly raEncryption: KeyedCertificate;
  readonly rootCa: KeyedCertificate;
  readonly issuingCa: KeyedCertificate;
}

/** The parts of an {@link Authority}, in the order in which GetCACert brings them. */
export const authorityParts = [
  "raSigning",
  "raEncryption",
  "rootCa",
  "issuingCa",
] as const satisfies readonly (keyof Authority)[];

const years = (count: number): number => count * 365 * 24 * 60 * 60_000;

/** A Microsoft CA dates certificates back by ten minutes (ClockSkewMinutes), so that clocks a little behind accept them. */
export const backdatingMs = 10 * 60_000;

interface Part {
  readonly commonName: string;
  readonly lifetimeMs: number;
  readonly extensions: readonly ExtensionInput[];
}

/**
 * Makes keys and certificates for Lab Root CA, Lab Issuing CA and the two RA certificates of NDES: Exchange Enrollment
 * Agent (Offline request) and CEP Encryption. The keys are generated in the background.
 */
export async function createAuthority(port: CryptoPort, now: Date, keyBits: number): Promise<Authority> {
  const [rootKey, issuingKey] = await Promise.all([port.generateRsaKeyPair(keyBits), port.generateRsaKeyPair(keyBits)]);
  const root = {
    commonName: "Lab Root CA",
    lifetimeMs: years(10),
    extensions: [basicConstraintsExtension(true), keyUsageExtension(["digitalSignature", "keyCertSign", "cRLSign"])],
  };
  const issuing = {
    commonName: "Lab Issuing CA",
    lifetimeMs: years(5),
    extensions: [basicConstraintsExtension(true, 0), keyUsageExtension(["digitalSignature", "keyCertSign", "cRLSign"])],
  };
  const rootCertificate = await sign(port, root, rootKey.spki, now, { pkcs8: rootKey.pkcs8, spki: rootKey.spki });
  const rootCa = { certificate: rootCertificate, pkcs8: rootKey.pkcs8 };
  const issuingCertificate = await sign(port, issuing, issuingKey.spki, now, issuerOf(rootCa));
  const issuingCa = { certificate: issuingCertificate, pkcs8: issuingKey.pkcs8 };
  return { ...(await createRegistrationAuthority(port, issuingCa, now, keyBits)), rootCa, issuingCa };
}

/** Makes new keys and certificates for the RA alone, as an administrator does every year or two. */
export async function createRegistrationAuthority(
  port: CryptoPort,
  issuingCa: KeyedCertificate,
  now: Date,
  keyBits: number,
): Promise<Pick<Authority, "raSigning" | "raEncryption">> {
  const make = async (template: string, use: "digitalSignature" | "keyEncipherment"): Promise<KeyedCertificate> => {
    const part = {
      commonName: "NDES01-MSCEP-RA",
      lifetimeMs: years(1),
      extensions: [
        keyUsageExtension([use]),
        extendedKeyUsageExtension([oid.certificateRequestAgent]),
        certificateTemplateNameExtension(template),
      ],
    };
    const key = await port.generateRsaKeyPair(keyBits);
    return { certificate: await sign(port, part, key.spki, now, issuerOf(issuingCa)), pkcs8: key.pkcs8 };
  };
  const [raSigning, raEncryption] = await Promise.all([
    make("EnrollmentAgentOffline", "digitalSignature"),
    make("CEPEncryption", "keyEncipherment"),
  ]);
  return { raSigning, raEncryption };
}

/** Whether a certificate is still good for at least another day. */
export function isCurrent({ certificate }: KeyedCertificate, now: Date): boolean {
  return (certificate.notAfter?.getTime() ?? 0) > now.getTime() + 24 * 60 * 60_000;
}

interface Issuer {
  readonly pkcs8: Uint8Array;
  readonly spki: Uint8Array;
  /** Absent for a certificate that signs itself. */
  readonly certificate?: CertificateView;
}

function issuerOf({ certificate, pkcs8 }: KeyedCertificate): Issuer {
  return { certificate, pkcs8, spki: certificate.spki };
}

async function sign(
  port: CryptoPort,
  { commonName, lifetimeMs, extensions }: Part,
  spki: Uint8Array,
  now: Date,
  issuer: Issuer,
): Promise<CertificateView> {
  const subject = parseDistinguishedName(`CN=${commonName}`);
  const wantedEnd = now.getTime() + lifetimeMs;
  const der = await buildCertificate(port, {
    serialNumber: randomSerialNumber(port),
    issuer: issuer.certificate?.subject.node.encoding ?? subject,
    subject,
    notBefore: new Date(now.getTime() - backdatingMs),
    notAfter: new Date(Math.min(wantedEnd, issuer.certificate?.notAfter?.getTime() ?? wantedEnd)),
    spki,
    extensions: [
      ...extensions,
      subjectKeyIdentifierExtension(await keyIdentifier(port, spki)),
      ...(issuer.certificate ? [authorityKeyIdentifierExtension(await keyIdentifier(port, issuer.spki))] : []),
    ],
    digest: "SHA-256",
    signerKey: issuer.pkcs8,
  });
  return readBack(der);
}

/** A certificate that this program has just built. */
export function readBack(der: Uint8Array): CertificateView {
  const certificate = readCertificate(der);
  if (!certificate) throw new Error("A certificate that was just built cannot be read.");
  return certificate;
}
