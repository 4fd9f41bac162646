import { readPem } from "../core/asn1/pem.js";
import { contentCipherNames } from "../core/crypto/algorithms.js";
import { digestNames } from "../core/crypto/algorithms.js";
import { HumanError } from "../core/humanError.js";
import { readServerUrl, type ScepServer, serverWithDefaults } from "../core/scep/server.js";
import { oneOf, onlyPositional, wholeNumber } from "./arguments.js";
import { readBytes } from "./files.js";
import type { CommandName } from "./usage.js";

/** The options of every command that talks to a server. */
export const serverOptions = {
  "ca-identifier": { type: "string" },
  timeout: { type: "string" },
  "tls-ca": { type: "string" },
  "save-exchange": { type: "string" },
  json: { type: "boolean" },
} as const;

/** The options of a command that also sends messages. */
export const messageOptions = {
  method: { type: "string" },
  cipher: { type: "string" },
  digest: { type: "string" },
} as const;

interface ServerValues {
  readonly "ca-identifier"?: string | undefined;
  readonly timeout?: string | undefined;
  readonly "tls-ca"?: string | undefined;
  readonly method?: string | undefined;
  readonly cipher?: string | undefined;
  readonly digest?: string | undefined;
}

/** The server that a command's arguments describe. Rejects with a HumanError where they describe none. */
export async function serverOf(
  command: CommandName,
  positionals: readonly string[],
  values: ServerValues,
): Promise<ScepServer> {
  const typed = onlyPositional(command, positionals, "the URL or host name of a server");
  const caFile = values["tls-ca"];
  const identifier = values["ca-identifier"];
  return {
    ...serverWithDefaults(readServerUrl(typed), typed),
    ...(identifier !== undefined && { caIdentifier: identifier }),
    ...(values.timeout !== undefined && { timeoutSeconds: wholeNumber("--timeout", values.timeout, 1, 3600) }),
    ...(caFile !== undefined && { tlsCa: { pem: await pemText(caFile), path: caFile } }),
    ...(values.method !== undefined && { method: oneOf("--method", values.method, ["auto", "get", "post"]) }),
    ...(values.cipher !== undefined && {
      contentEncryption: oneOf("--cipher", cipherName(values.cipher), ["auto", ...contentCipherNames]),
    }),
    ...(values.digest !== undefined && {
      digest: oneOf("--digest", digestName(values.digest), ["auto", ...digestNames]),
    }),
  };
}

/** The names that sscep and openssl have for the ciphers are understood as well. */
function cipherName(typed: string): string {
  const aliases: Readonly<Record<string, string>> = {
    des: "DES-CBC",
    "3des": "DES-EDE3-CBC",
    des3: "DES-EDE3-CBC",
    aes: "AES-128-CBC",
    aes128: "AES-128-CBC",
    aes192: "AES-192-CBC",
    aes256: "AES-256-CBC",
  };
  return aliases[typed.toLowerCase()] ?? typed;
}

function digestName(typed: string): string {
  return typed.replace(/^sha(\d+)$/i, "SHA-$1");
}

async function pemText(file: string): Promise<string> {
  const text = new TextDecoder().decode(await readBytes(file));
  if (!readPem(text).some(({ label }) => label.endsWith("CERTIFICATE"))) {
    throw new HumanError(`${file} holds no certificate in PEM. Name a file with the CA's certificate in PEM.`);
  }
  return text;
}
