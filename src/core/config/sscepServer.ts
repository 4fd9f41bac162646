import type { ContentCipherName } from "../crypto/algorithms.js";
import type { DigestName } from "../crypto/cryptoPort.js";
import { type Conf, confEntry } from "./conf.js";

/** A server as an sscep.conf describes it, in the words of the setting `scepWorkbench.servers`. */
export interface SscepServer {
  /** As it is written; undefined where the configuration leaves it to -u. */
  readonly url?: string;
  readonly caIdentifier?: string;
  readonly contentEncryption?: ContentCipherName;
  readonly digest?: DigestName;
  /** What could not be taken over, in sentences. */
  readonly notes: readonly string[];
}

const ciphers: Readonly<Record<string, ContentCipherName>> = {
  aes: "AES-128-CBC",
  aes128: "AES-128-CBC",
  aes192: "AES-192-CBC",
  aes256: "AES-256-CBC",
  "3des": "DES-EDE3-CBC",
  des: "DES-CBC",
};

const digests: Readonly<Record<string, DigestName>> = {
  md5: "MD5",
  sha1: "SHA-1",
  sha224: "SHA-224",
  sha256: "SHA-256",
  sha384: "SHA-384",
  sha512: "SHA-512",
};

/** What an sscep.conf says of the server and of how to talk to it. */
export function serverOfSscepConf(conf: Conf): SscepServer {
  const value = (section: string, name: string): string | undefined =>
    confEntry(conf, section, name)?.value || undefined;
  const url = value("sscep", "URL");
  const caIdentifier = value("sscep", "CAIdentifier") ?? value("sscep_getca", "CAIdentifier");
  const encAlgorithm = value("sscep", "EncAlgorithm");
  const sigAlgorithm = value("sscep", "SigAlgorithm");
  const contentEncryption = encAlgorithm === undefined ? undefined : ciphers[encAlgorithm];
  const digest = sigAlgorithm === undefined ? undefined : digests[sigAlgorithm];
  const notes = [
    ...(encAlgorithm !== undefined && !contentEncryption
      ? ["EncAlgorithm is no cipher that is known here; the server's capabilities decide."]
      : []),
    ...(sigAlgorithm !== undefined && !digest
      ? ["SigAlgorithm is no digest that is known here; the server's capabilities decide."]
      : []),
    ...(value("sscep", "Proxy") === undefined
      ? []
      : ["Proxy is not taken over: the proxy is the one of VS Code, http.proxy."]),
    ...(value("sscep", "MonitorInformation") === undefined ? [] : ["MonitorInformation is not taken over."]),
  ];
  return {
    ...(url !== undefined && { url }),
    ...(caIdentifier !== undefined && { caIdentifier }),
    ...(contentEncryption && { contentEncryption }),
    ...(digest && { digest }),
    notes,
  };
}

/** What an sscep.conf is written from. */
export interface SscepConfInput {
  readonly url: string;
  readonly caIdentifier?: string;
  readonly contentEncryption?: ContentCipherName;
  readonly digest?: DigestName;
  /** Where the certificates lie that replies are verified with and requests encrypted for. */
  readonly caCertFile: string;
  readonly encCertFile?: string;
}

/**
 * An sscep.conf for a server, with the files of mkrequest (local.key, local.csr). sscep speaks http only: of an https
 * address the http one is written, and a comment says so.
 */
export function writeSscepConf(input: SscepConfInput): string {
  const { url, caIdentifier, contentEncryption, digest, caCertFile, encCertFile } = input;
  const https = /^https:/i.test(url);
  const cipher = Object.entries(ciphers).find(([name, known]) => known === contentEncryption && name !== "aes")?.[0];
  const sign = Object.entries(digests).find(([, known]) => known === digest)?.[0];
  const lines = [
    "[sscep]",
    ...(https ? [`# sscep speaks http only; the server's own address is ${oneLine(url)}.`] : []),
    `URL = ${oneLine(https ? url.replace(/^https/i, "http") : url)}`,
    ...(encCertFile === undefined ? [] : ["# The RA certificate that the server's replies are signed with."]),
    `CACertFile = ${oneLine(caCertFile)}`,
    ...(caIdentifier ? [`CAIdentifier = ${oneLine(caIdentifier)}`] : []),
    ...(cipher === undefined ? [] : [`EncAlgorithm = ${cipher}`]),
    ...(sign === undefined ? [] : [`SigAlgorithm = ${sign}`]),
    "# Debug = true",
    "",
    "[sscep_enroll]",
    "PrivateKeyFile = ./local.key",
    "CertReqFile = ./local.csr",
    "LocalCertFile = ./local.crt",
    ...(encCertFile === undefined
      ? []
      : ["# The RA certificate that requests are encrypted for.", `EncCertFile = ${oneLine(encCertFile)}`]),
  ];
  return `${lines.join("\n")}\n`;
}

/** A value as config(5) reads it back: one line, with what has a meaning there escaped. */
function oneLine(value: string): string {
  return value.replaceAll(/[\r\n]+/g, " ").replaceAll(/[\\$#"'`]/g, "\\$&");
}
