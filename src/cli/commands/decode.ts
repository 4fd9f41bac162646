import { readPem } from "../../core/asn1/pem.js";
import { decodeText } from "../../core/asn1/byteText.js";
import { readSignedData } from "../../core/cms/signedData.js";
import { HumanError } from "../../core/humanError.js";
import type { CandidateKey, InspectContext } from "../../core/inspect/context.js";
import { Conversation } from "../../core/inspect/conversation.js";
import { inspect } from "../../core/inspect/inspect.js";
import { inspectCapture } from "../../core/inspect/inspectCapture.js";
import { type Json, jsonText, reportJson } from "../../core/inspect/json.js";
import type { Report } from "../../core/inspect/report.js";
import { renderText } from "../../core/inspect/text.js";
import { readCertificate } from "../../core/x509/certificate.js";
import { nodeCrypto } from "../../node/nodeCrypto.js";
import { readArguments, seeHelp } from "../arguments.js";
import { exitStatus, type ExitStatus } from "../exitStatus.js";
import { readBytes, readKey } from "../files.js";
import { InputFiles, type OpenedInput } from "../inputFiles.js";
import type { Terminal } from "../terminal.js";

/** How `decode` prints what it finds; `finish` is called once, after the last report. */
interface Printer {
  print(report: Report): Promise<void>;
  finish(): Promise<void>;
}

/** `decode FILE...|-`: what the files hold, as a tree, one JSON document, or a line of JSON for each artifact. */
export async function decode(args: readonly string[], terminal: Terminal): Promise<ExitStatus> {
  const { values, positionals } = readArguments("decode", args, {
    key: { type: "string", multiple: true },
    cert: { type: "string", multiple: true },
    tree: { type: "boolean" },
    json: { type: "boolean" },
    ndjson: { type: "boolean" },
    structure: { type: "boolean" },
    "show-secrets": { type: "boolean" },
  });
  if (positionals.length === 0) {
    throw new HumanError(`"decode" needs a file, or - for standard input. ${seeHelp("decode")}`);
  }
  const printer = printerOf(values, terminal);
  const conversation = new Conversation({
    ...(await contextOf(values.key ?? [], values.cert ?? [])),
    // JSON has facts and findings, and no tree.
    factsOnly: values.json === true || values.ndjson === true,
  });
  const inputs = new InputFiles(terminal.stdin);
  let status: ExitStatus = exitStatus.done;
  // What all files say to one another is known before the first is reported on.
  if (positionals.length > 1) {
    for (const file of positionals) {
      const input = await inputs.open(file).catch(toldBelow);
      if (input?.kind === "artifacts") input.artifacts.forEach((artifact) => conversation.learn(artifact));
    }
  }
  for (const file of positionals) {
    try {
      const input = await inputs.open(file);
      if (positionals.length === 1 && input.kind === "artifacts") {
        input.artifacts.forEach((artifact) => conversation.learn(artifact));
      }
      for await (const report of reportsOn(input, conversation)) {
        if (report.facts.kind === "unknown") status = exitStatus.impossible;
        await printer.print(report);
      }
    } catch (error) {
      if (!HumanError.is(error)) throw error;
      status = exitStatus.impossible;
      await terminal.err(`scep-workbench: ${error.message}\n`);
    }
  }
  await printer.finish();
  return status;
}

/** A file that cannot be read is told of when its turn comes. */
function toldBelow(error: unknown): undefined {
  if (HumanError.is(error)) return undefined;
  throw error;
}

/** The reports on what a file holds; of a capture too large for memory each as soon as it is found. */
async function* reportsOn(input: OpenedInput, conversation: Conversation): AsyncGenerator<Report> {
  if (input.kind === "largeCapture") {
    yield* inspectCapture(input.pieces, input.name, conversation);
    return;
  }
  for (const artifact of input.artifacts) yield await inspect(artifact, await conversation.contextFor(artifact));
}

function printerOf(
  values: {
    readonly tree?: boolean | undefined;
    readonly json?: boolean | undefined;
    readonly ndjson?: boolean | undefined;
    readonly structure?: boolean | undefined;
    readonly "show-secrets"?: boolean | undefined;
  },
  terminal: Terminal,
): Printer {
  const forms = (["tree", "json", "ndjson"] as const).filter((form) => values[form] === true);
  if (forms.length > 1) throw new HumanError(`${forms.map((form) => `--${form}`).join(" and ")} exclude each other.`);
  const showSecrets = values["show-secrets"] === true;
  switch (forms[0]) {
    case "json": {
      const artifacts: Json[] = [];
      return {
        print: (report) => {
          artifacts.push(reportJson(report, { showSecrets }));
          return Promise.resolve();
        },
        finish: () => terminal.out(`${jsonText({ artifacts }, 2)}\n`),
      };
    }
    case "ndjson":
      return {
        print: (report) => terminal.out(`${jsonText(reportJson(report, { showSecrets }))}\n`),
        finish: () => Promise.resolve(),
      };
    default: {
      const options = { showSecrets, colour: terminal.colour, structure: values.structure === true };
      return {
        print: (report) => terminal.out(`${renderText(report, options)}\n\n`),
        finish: () => Promise.resolve(),
      };
    }
  }
}

async function contextOf(keyFiles: readonly string[], certificateFiles: readonly string[]): Promise<InspectContext> {
  const keys: CandidateKey[] = [];
  for (const file of keyFiles) keys.push({ name: file, pkcs8: await readKey(file) });
  const certificates: Uint8Array[] = [];
  for (const file of certificateFiles) certificates.push(...certificatesIn(await readBytes(file), file));
  return { crypto: nodeCrypto, keys, certificates, now: new Date() };
}

/** The certificates of a file: one in DER, a SignedData full of them, or PEM blocks of either. */
function certificatesIn(bytes: Uint8Array, file: string): readonly Uint8Array[] {
  const encodings = bytes[0] === 0x30 ? [bytes] : readPem(decodeText(bytes).text).map(({ der }) => der);
  const certificates = encodings.flatMap((der) => {
    const certificate = readCertificate(der);
    return certificate ? [certificate] : (readSignedData(der)?.certificates ?? []);
  });
  if (certificates.length === 0) {
    throw new HumanError(`${file} holds no certificate. Name a file with certificates in PEM or DER.`);
  }
  return certificates.map(({ der }) => der);
}
