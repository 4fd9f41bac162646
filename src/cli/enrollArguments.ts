import { readPem } from "../core/asn1/pem.js";
import { HumanError } from "../core/humanError.js";
import { readRequest } from "../core/pkcs10/request.js";
import type { Challenge, GivenRequest, NewRequest, Signer } from "../core/scep/enrollmentRequest.js";
import type { GeneralNameInput } from "../core/x509/buildExtensions.js";
import { readCertificate } from "../core/x509/certificate.js";
import { oneOf, type OptionValues, seeHelp, wholeNumber } from "./arguments.js";
import { readBytes } from "./files.js";
import { readKey } from "./keyFiles.js";
import { type PassphraseOf, secretOptions, type Secrets } from "./stdinSecrets.js";

/** The options of `enroll` that say what is asked for. */
export const requestOptions = {
  subject: { type: "string" },
  dns: { type: "string", multiple: true },
  ip: { type: "string", multiple: true },
  email: { type: "string", multiple: true },
  uri: { type: "string", multiple: true },
  upn: { type: "string", multiple: true },
  "key-size": { type: "string" },
  key: { type: "string" },
  csr: { type: "string" },
  ...secretOptions,
  "challenge-type": { type: "string" },
  "signer-cert": { type: "string" },
  "signer-key": { type: "string" },
} as const;

/** Their values. */
export type RequestValues = OptionValues<typeof requestOptions>;

/** Options that only make sense where the request is still to be made. */
const newRequestOnly = ["dns", "ip", "email", "uri", "upn", "key-size", "challenge", "challenge-stdin"] as const;

/** The request that the arguments describe. Rejects with a HumanError where they describe none, or two. */
export async function requestOf(
  values: RequestValues,
  secrets: Secrets,
  passphrase: PassphraseOf,
): Promise<NewRequest | GivenRequest> {
  if (values.csr !== undefined) return givenRequest(values, values.csr, passphrase);
  if (values.subject === undefined) {
    throw new HumanError(`"enroll" needs --subject for a new request, or --csr and --key. ${seeHelp("enroll")}`);
  }
  const subjectAltNames = alternativeNames(values);
  const challenge = challengeOf(values, secrets);
  if (values.key !== undefined && values["key-size"] !== undefined) {
    throw new HumanError("--key names a key that exists and --key-size the size of a new one; give one of the two.");
  }
  return {
    kind: "new",
    subject: values.subject,
    ...(subjectAltNames.length > 0 && { subjectAltNames }),
    ...(challenge && { challenge }),
    ...(values.key !== undefined && { key: await readKey(values.key, passphrase) }),
    ...(values["key-size"] !== undefined && {
      keySize: wholeNumber("--key-size", values["key-size"], 512, 16_384),
    }),
  };
}

/** The signer that the arguments name, if they name one. */
export async function signerOf(values: RequestValues, passphrase: PassphraseOf): Promise<Signer | undefined> {
  const certificateFile = values["signer-cert"];
  const keyFile = values["signer-key"];
  if (certificateFile === undefined && keyFile === undefined) return undefined;
  if (certificateFile === undefined || keyFile === undefined) {
    throw new HumanError("--signer-cert and --signer-key belong together: name both, or neither.");
  }
  const certificate = derOf(await readBytes(certificateFile));
  if (!readCertificate(certificate)) {
    throw new HumanError(`${certificateFile} holds no certificate. Name a file with one in PEM or DER.`);
  }
  return { certificate, key: await readKey(keyFile, passphrase) };
}

async function givenRequest(values: RequestValues, file: string, passphrase: PassphraseOf): Promise<GivenRequest> {
  if (values.subject !== undefined) {
    throw new HumanError("--subject makes a new request and --csr sends one that exists; give one of the two.");
  }
  const without = newRequestOnly.find((name) => values[name] !== undefined);
  if (without !== undefined) {
    throw new HumanError(`--${without} cannot be put into a request that exists; make a new one with --subject.`);
  }
  if (values.key === undefined) {
    throw new HumanError("--csr needs --key, the private key that the request was made with.");
  }
  const request = derOf(await readBytes(file));
  if (!readRequest(request)) {
    throw new HumanError(`${file} holds no certificate request. Name a file with a PKCS#10 request in PEM or DER.`);
  }
  return { kind: "given", request, key: await readKey(values.key, passphrase) };
}

/** The content of the first PEM block, or what is no PEM as it is. */
function derOf(bytes: Uint8Array): Uint8Array {
  if (bytes[0] === 0x30) return bytes;
  const blocks = readPem(new TextDecoder("latin1").decode(bytes));
  return blocks.find(({ label }) => !label.endsWith("PRIVATE KEY"))?.der ?? bytes;
}

/** The subject alternative names that the options give, kind by kind. */
export function alternativeNames(
  values: Pick<RequestValues, "dns" | "ip" | "email" | "uri" | "upn">,
): GeneralNameInput[] {
  const kinds = { dns: "DNS", ip: "IP", email: "email", uri: "URI", upn: "UPN" } as const;
  return (["dns", "ip", "email", "uri", "upn"] as const).flatMap((option) =>
    (values[option] ?? []).map((text) => ({ kind: kinds[option], text })),
  );
}

function challengeOf(values: RequestValues, { challenge: text }: Secrets): Challenge | undefined {
  const stringType = oneOf("--challenge-type", values["challenge-type"] ?? "PrintableString", [
    "PrintableString",
    "UTF8String",
    "IA5String",
    "TeletexString",
    "BMPString",
  ]);
  return text === undefined ? undefined : { text, stringType };
}
