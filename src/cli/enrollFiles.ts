import * as path from "node:path";
import { writePem } from "../core/asn1/pem.js";
import { privateKeyPem } from "../core/crypto/encryptPrivateKey.js";
import { HumanError } from "../core/humanError.js";
import type { EnrollmentOutcome } from "../core/scep/enrollment.js";
import { nodeCrypto } from "../node/nodeCrypto.js";
import { prepareOutput, writeOutput } from "./files.js";

/** Where `enroll` puts what it makes; absent where nobody asked for it. */
export interface EnrollFiles {
  readonly certificate?: string;
  /** Of a new key only. */
  readonly key?: string;
  readonly request?: string;
}

/** The files that the arguments name, made sure of before anything is sent: a certificate whose key is lost is worth nothing. */
export async function outputFiles(
  values: {
    readonly out?: string | undefined;
    readonly "cert-out"?: string | undefined;
    readonly "key-out"?: string | undefined;
    readonly force?: boolean | undefined;
  },
  newKey: boolean,
): Promise<EnrollFiles> {
  const inFolder = (name: string): string | undefined =>
    values.out === undefined ? undefined : path.join(values.out, name);
  const certificate = values["cert-out"] ?? inFolder("certificate.pem");
  const key = values["key-out"] ?? (newKey ? inFolder("key.pem") : undefined);
  const request = inFolder("request.pem");
  if (newKey && key === undefined) {
    throw new HumanError(
      "A new key will be made, and nothing says where to keep it: name a folder with --out or a file with --key-out.",
    );
  }
  if (!newKey && values["key-out"] !== undefined) {
    throw new HumanError("--key-out is for a new key, but --key names one that exists; leave one of the two out.");
  }
  const overwrite = values.force === true;
  for (const file of [certificate, key, request]) {
    if (file !== undefined) await prepareOutput(file, { overwrite });
  }
  return {
    ...(certificate !== undefined && { certificate }),
    ...(key !== undefined && { key }),
    ...(request !== undefined && { request }),
  };
}

/**
 * Writes what an enrolment has made: key and request once a message was sent that the server did not refuse, for a
 * certificate may yet come of it, the key encrypted where there is a passphrase; the certificate when it was issued. Gives
 * the files that were written.
 */
export async function writeEnrolled(
  outcome: EnrollmentOutcome,
  files: EnrollFiles,
  passphrase?: string,
): Promise<EnrollFiles> {
  const { transaction, exchange } = outcome.record;
  if (!transaction || !exchange || outcome.status === "refused") return {};
  const { certificate, key, request } = files;
  if (key !== undefined) {
    const pem = await privateKeyPem(nodeCrypto, transaction.key, passphrase);
    await writeOutput(key, pem, { secret: true });
  }
  if (request !== undefined) await writeOutput(request, writePem("CERTIFICATE REQUEST", transaction.request));
  if (certificate === undefined || outcome.status !== "issued") {
    return { ...(key !== undefined && { key }), ...(request !== undefined && { request }) };
  }
  await writeOutput(certificate, writePem("CERTIFICATE", outcome.certificate.der));
  return files;
}
