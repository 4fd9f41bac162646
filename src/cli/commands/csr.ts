import * as path from "node:path";
import { writePem } from "../../core/asn1/pem.js";
import { visibleText } from "../../core/asn1/visibleText.js";
import { privateKeyPem } from "../../core/crypto/encryptPrivateKey.js";
import { generateKey, type KeySpec, keySpecText } from "../../core/crypto/newKey.js";
import { HumanError } from "../../core/humanError.js";
import { inspect } from "../../core/inspect/inspect.js";
import { type Json, jsonText, reportJson } from "../../core/inspect/json.js";
import { recognise } from "../../core/inspect/recognise.js";
import { hresult } from "../../core/ndes/hresult.js";
import { requestOfWishes } from "../../core/pkcs10/requestWishes.js";
import { readRequest } from "../../core/pkcs10/request.js";
import { buildWrongRequest, type WrongRequest, wrongRequests } from "../../core/pkcs10/wrongRequests.js";
import { nodeCrypto } from "../../node/nodeCrypto.js";
import { readArguments, seeHelp } from "../arguments.js";
import { csrOptions, keySpecOf, wishesOf, wrongOf } from "../csrArguments.js";
import { exitStatus, type ExitStatus } from "../exitStatus.js";
import { prepareNewFile, prepareOutput, writeOutput } from "../files.js";
import { readKey } from "../keyFiles.js";
import { passphraseOf, secretOptions, secretsOf } from "../stdinSecrets.js";
import type { Terminal } from "../terminal.js";

/** Where `csr` puts what it makes. */
interface CsrFiles {
  readonly request?: string;
  readonly key?: string;
}

/** `csr`: makes a certificate request and, unless one is given, its key. */
export async function csr(args: readonly string[], terminal: Terminal): Promise<ExitStatus> {
  const { values, positionals } = readArguments("csr", args, {
    ...csrOptions,
    ...secretOptions,
    out: { type: "string" },
    force: { type: "boolean" },
    json: { type: "boolean" },
    "list-wrong": { type: "boolean" },
  });
  if (positionals.length > 0)
    throw new HumanError(`"csr" takes options only, not "${positionals[0] ?? ""}". ${seeHelp("csr")}`);
  if (values["list-wrong"] === true) {
    await terminal.out(values.json === true ? `${jsonText(wrongRequests.map(wrongJson), 2)}\n` : wrongList());
    return exitStatus.done;
  }
  const secrets = await secretsOf(values, terminal);
  const wrong = wrongOf(values);
  const wishes = wishesOf(values, secrets.challenge);
  const newKey = values.key === undefined ? keySpecOf(values, wrong) : undefined;
  const files = await filesOf(values, newKey !== undefined);
  const pkcs8 =
    values.key === undefined
      ? (await generateKey(nodeCrypto, newKey as KeySpec)).pkcs8
      : await readKey(values.key, passphraseOf(secrets, terminal));
  const der = wrong
    ? await buildWrongRequest(nodeCrypto, wrong, wishes, pkcs8)
    : await requestOfWishes(nodeCrypto, wishes, pkcs8);
  if (files.key !== undefined) {
    const pem = await privateKeyPem(nodeCrypto, pkcs8, secrets.passphrase);
    await writeOutput(files.key, pem, { secret: true, overwrite: false });
  }
  const pem = writePem("CERTIFICATE REQUEST", der);
  if (files.request !== undefined) await writeOutput(files.request, pem);
  if (values.json === true) await printJson(terminal, der, files, wrong);
  else await printText(terminal, { der, pem, newKey, wrong, files });
  return exitStatus.done;
}

async function filesOf(
  { out, force }: { readonly out?: string | undefined; readonly force?: boolean | undefined },
  newKey: boolean,
): Promise<CsrFiles> {
  if (out === undefined) {
    if (!newKey) return {};
    throw new HumanError("A new key will be made, and nothing says where to keep it: name a folder with --out.");
  }
  const request = path.join(out, "request.pem");
  const key = path.join(out, "key.pem");
  await prepareOutput(request, { overwrite: force === true });
  if (!newKey) return { request };
  await prepareNewFile(key, "a key is never overwritten");
  return { request, key };
}

async function printJson(
  terminal: Terminal,
  der: Uint8Array,
  files: CsrFiles,
  wrong: WrongRequest | undefined,
): Promise<void> {
  const context = { crypto: nodeCrypto, keys: [], certificates: [], now: new Date() };
  const artifacts: Json[] = [];
  for (const artifact of recognise(der, files.request ?? "request")) {
    artifacts.push(reportJson(await inspect(artifact, context), { showSecrets: false }));
  }
  const json = {
    files: { ...files },
    ...(wrong && { wrong: wrongJson(wrong) }),
    pem: writePem("CERTIFICATE REQUEST", der),
    artifacts,
  };
  await terminal.out(`${jsonText(json, 2)}\n`);
}

async function printText(
  terminal: Terminal,
  made: {
    readonly der: Uint8Array;
    readonly pem: string;
    readonly newKey: KeySpec | undefined;
    readonly wrong: WrongRequest | undefined;
    readonly files: CsrFiles;
  },
): Promise<void> {
  const { der, pem, newKey, wrong, files } = made;
  const subject = visibleText(readRequest(der)?.subject.text ?? "", 200) || "without a subject";
  await terminal.err(`Request made: ${subject}${newKey ? `, with a new key, ${keySpecText(newKey)}` : ""}.\n`);
  if (wrong) await terminal.err(`Wrong on purpose: ${wrong.title}. ${expectation(wrong)}\n`);
  if (wrong?.needsChallenge === true && !readRequest(der)?.challengePassword) {
    await terminal.err(
      "It has no challenge password, for which a server refuses it first. Give one with --challenge.\n",
    );
  }
  for (const [what, file] of Object.entries(files) as [string, string][]) await terminal.err(`  ${what}: ${file}\n`);
  if (files.request === undefined) await terminal.out(pem);
}

function expectation({ hresult: hex, answer }: WrongRequest): string {
  const { name } = hresult(Number(hex));
  return answer === "FAILURE"
    ? `The local responder refuses it with ${hex} (${name}).`
    : `The local responder answers with HTTP 500 and logs ${hex} (${name}).`;
}

function wrongList(): string {
  const width = Math.max(...wrongRequests.map(({ name }) => name.length));
  const lines = wrongRequests.map(({ name, title, hresult: hex, finding }) => {
    const found = finding === undefined ? "" : `; ${finding}`;
    return `  ${name.padEnd(width)}  ${title} (${hex} ${hresult(Number(hex)).name}${found})\n`;
  });
  return `Requests that are wrong on purpose, with what the local responder answers and the finding that tells beforehand:\n\n${lines.join("")}`;
}

function wrongJson({ name, title, hresult: hex, answer, finding, source }: WrongRequest): Json {
  return {
    name,
    title,
    hresult: { hex, name: hresult(Number(hex)).name },
    answer,
    ...(finding !== undefined && { finding }),
    source,
  };
}
