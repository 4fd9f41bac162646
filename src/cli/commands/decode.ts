import { visibleText } from "../../core/asn1/visibleText.js";
import { HumanError } from "../../core/humanError.js";
import type { CandidatePassword, InspectContext } from "../../core/inspect/context.js";
import { Conversation } from "../../core/inspect/conversation.js";
import { inspect } from "../../core/inspect/inspect.js";
import { inspectCapture } from "../../core/inspect/inspectCapture.js";
import { type Json, jsonText, reportJson } from "../../core/inspect/json.js";
import type { Report } from "../../core/inspect/report.js";
import { printedReport, type ReportForm } from "../../core/inspect/reportForm.js";
import { wantsPassphrase } from "../../core/inspect/wantsPassphrase.js";
import { printCapture } from "../../node/capture/printCapture.js";
import { nodeCrypto } from "../../node/nodeCrypto.js";
import { keepMemorySteady } from "../../node/steadyMemory.js";
import { readArguments, seeHelp } from "../arguments.js";
import { exitStatus, type ExitStatus } from "../exitStatus.js";
import { readFirstLine } from "../files.js";
import { artifactsBeside, readGivenCertificates, readGivenKeys } from "../keyFiles.js";
import { besideProgram } from "../besideProgram.js";
import { InputFiles, type OpenedInput } from "../inputFiles.js";
import { tellWhenSlow } from "../tellWhenSlow.js";
import type { Terminal } from "../terminal.js";

/** How `decode` prints what it finds; `finish` is called once, after the last report. */
interface Printer {
  /** Where reports are printed one after the other, how each is; absent where they are one document. */
  readonly form?: ReportForm;
  print(report: Report): Promise<void>;
  finish(): Promise<void>;
}

/** `decode FILE...|-`: what the files hold, as a tree, one JSON document, or a line of JSON for each artifact. */
export async function decode(args: readonly string[], terminal: Terminal): Promise<ExitStatus> {
  const { values, positionals } = readArguments("decode", args, {
    key: { type: "string", multiple: true },
    cert: { type: "string", multiple: true },
    "passphrase-stdin": { type: "boolean" },
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
  const inputs = new InputFiles(terminal.stdin);
  const keyFiles = values.key ?? [];
  const isJson = values.json === true || values.ndjson === true;
  const passwords =
    values["passphrase-stdin"] === true
      ? await passwordFromStdin(positionals, terminal)
      : await askedPassword(terminal, isJson, inputs, positionals, keyFiles);
  const conversation = new Conversation({
    ...(await tellWhenSlow(terminal, opening, () => contextOf(keyFiles, values.cert ?? [], passwords))),
    // JSON has facts and findings, and no tree.
    factsOnly: isJson,
  });
  // Where no key is named, the ones that lie beside the inputs are tried.
  if (values.key === undefined) {
    for (const artifact of await artifactsBeside(positionals)) conversation.learn(artifact);
  }
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
      if (input.kind === "largeCapture" && printer.form) {
        keepMemorySteady();
        const script = besideProgram("exchangeWorker.js");
        const write = (text: string): Promise<void> => terminal.out(text);
        // Who writes into a pipe is interrupted as well, and what comes to its end is told.
        const signal = file === "-" ? undefined : terminal.signal;
        const capture = { pieces: input.pieces, name: input.name, form: printer.form, write, signal, script };
        if (await printCapture(capture, conversation)) status = exitStatus.impossible;
        continue;
      }
      if (positionals.length === 1 && input.kind === "artifacts") {
        input.artifacts.forEach((artifact) => conversation.learn(artifact));
      }
      for await (const report of reportsOn(input, conversation, terminal)) {
        if (report.facts.kind === "unknown") status = exitStatus.impossible;
        await printer.print(report);
      }
    } catch (error) {
      if (!HumanError.is(error) || terminal.signal.aborted) throw error;
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
async function* reportsOn(input: OpenedInput, conversation: Conversation, terminal: Terminal): AsyncGenerator<Report> {
  if (input.kind === "largeCapture") {
    keepMemorySteady();
    yield* inspectCapture(input.pieces, input.name, conversation);
    return;
  }
  for (const artifact of input.artifacts) {
    yield await tellWhenSlow(terminal, opening, async () => inspect(artifact, await conversation.contextFor(artifact)));
  }
}

const opening =
  "scep-workbench: still trying; a key or a container that asks for very many rounds of hashing takes its time.";

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
      return printerOneByOne({ kind: "ndjson", showSecrets }, terminal);
    default:
      return printerOneByOne(
        { kind: "tree", showSecrets, colour: terminal.colour, structure: values.structure === true },
        terminal,
      );
  }
}

function printerOneByOne(form: ReportForm, terminal: Terminal): Printer {
  return {
    form,
    print: (report) => terminal.out(printedReport(report, form)),
    finish: () => Promise.resolve(),
  };
}

async function contextOf(
  keyFiles: readonly string[],
  certificateFiles: readonly string[],
  passwords: readonly CandidatePassword[],
): Promise<InspectContext> {
  const { keys, secretKeys, certificates } = await readGivenKeys(keyFiles, passwords);
  const given = await readGivenCertificates(certificateFiles);
  return {
    crypto: nodeCrypto,
    keys,
    secretKeys,
    passwords,
    certificates: [...given, ...certificates],
    now: new Date(),
  };
}

/** The passphrase on standard input, where it is said to be there. */
async function passwordFromStdin(files: readonly string[], terminal: Terminal): Promise<readonly CandidatePassword[]> {
  if (files.includes("-")) {
    throw new HumanError("Standard input cannot hold the passphrase and the message. Name the message's file.");
  }
  return [{ name: "the given passphrase", password: await readFirstLine(terminal.stdin) }];
}

/**
 * The passphrase that the person at the terminal is asked for, once, where something that was named is encrypted with one.
 * Nobody is asked where JSON goes elsewhere than to the screen, nor where standard input is the message.
 */
async function askedPassword(
  terminal: Terminal,
  isJson: boolean,
  inputs: InputFiles,
  files: readonly string[],
  keyFiles: readonly string[],
): Promise<readonly CandidatePassword[]> {
  const { askSecret } = terminal;
  if (!askSecret || files.includes("-") || (isJson && !terminal.outIsTerminal)) return [];
  const closed = await tellWhenSlow(terminal, opening, () => closedWithPassphrase(inputs, files, keyFiles));
  const [first, ...others] = closed;
  if (first === undefined) return [];
  const names = `${visibleText(first, 200)}${others.length > 0 ? ` and ${others.length} more` : ""}`;
  const password = await askSecret(`Passphrase of ${names} (empty to go on without): `);
  return password === undefined ? [] : [{ name: "the given passphrase", password }];
}

/** Which files hold something that a passphrase opens. One that cannot be read is told of when its turn comes. */
async function closedWithPassphrase(
  inputs: InputFiles,
  files: readonly string[],
  keyFiles: readonly string[],
): Promise<string[]> {
  const closed: string[] = [];
  for (const file of new Set([...keyFiles, ...files])) {
    const input = await inputs.open(file).catch(toldBelow);
    if (input?.kind !== "artifacts") continue;
    for (const artifact of input.artifacts) {
      if (!(await wantsPassphrase(nodeCrypto, artifact))) continue;
      closed.push(file);
      break;
    }
  }
  return closed;
}
