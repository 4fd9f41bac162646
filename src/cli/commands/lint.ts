import { stat } from "node:fs/promises";
import path from "node:path";
import { visibleText } from "../../core/asn1/visibleText.js";
import { HumanError } from "../../core/humanError.js";
import type { InspectContext } from "../../core/inspect/context.js";
import type { Severity } from "../../core/inspect/finding.js";
import { type Json, jsonText } from "../../core/inspect/json.js";
import { lint as lintBytes, type LintedArtifact, type LintFinding } from "../../core/inspect/lint.js";
import { sarifLog } from "../../core/inspect/sarif.js";
import { filesBelow, type LintedFile } from "../../node/lintFiles.js";
import { lintInThreads } from "../../node/lintInThreads.js";
import { nodeCrypto } from "../../node/nodeCrypto.js";
import { keepMemorySteady } from "../../node/steadyMemory.js";
import { oneOf, readArguments, seeHelp } from "../arguments.js";
import { besideProgram } from "../besideProgram.js";
import { exitStatus, type ExitStatus } from "../exitStatus.js";
import { readInput } from "../files.js";
import type { Terminal } from "../terminal.js";

const targets = ["ndes", "rfc8894"] as const;

/** What standard input is called. */
const standardInput = "standard input";

/** A file that was named, or found in a folder that was. */
interface Input {
  readonly file: string;
  /** It was named, so that it should hold a request. */
  readonly named: boolean;
}

/** `lint FILE|FOLDER...|-`: what is wrong with certificate requests, as text, JSON or SARIF. */
export async function lint(args: readonly string[], terminal: Terminal): Promise<ExitStatus> {
  const { values, positionals } = readArguments("lint", args, {
    target: { type: "string" },
    json: { type: "boolean" },
    sarif: { type: "boolean" },
    quiet: { type: "boolean" },
  });
  if (positionals.length === 0) {
    throw new HumanError(`"lint" needs a file or a folder, or - for standard input. ${seeHelp("lint")}`);
  }
  if (values.json === true && values.sarif === true) throw new HumanError("--json and --sarif exclude each other.");
  const target = values.target === undefined ? "ndes" : oneOf("--target", values.target, targets);
  const context: InspectContext = { crypto: nodeCrypto, keys: [], certificates: [], now: new Date(), target };
  const { results, unusable } = await lintAll(positionals, context, terminal);
  const artifacts = results.flatMap((result) => ("artifacts" in result ? result.artifacts : []));
  if (values.sarif === true) {
    const files = results.flatMap((result) =>
      "artifacts" in result && result.artifacts.length > 0
        ? [{ uri: uriOf(result.file), artifacts: result.artifacts }]
        : [],
    );
    await terminal.out(`${jsonText(sarifLog(files), 2)}\n`);
  } else if (values.json === true) {
    await terminal.out(
      `${jsonText({ target, artifacts: artifacts.map(artifactJson), summary: counted(artifacts) }, 2)}\n`,
    );
  } else {
    for (const artifact of artifacts) {
      if (values.quiet !== true || artifact.findings.length > 0)
        await terminal.out(artifactText(artifact, terminal.colour));
    }
    await terminal.out(`${summaryText(artifacts)}\n`);
  }
  if (artifacts.some(({ findings }) => findings.some(({ severity }) => severity === "error")))
    return exitStatus.refused;
  return unusable ? exitStatus.impossible : exitStatus.done;
}

async function lintAll(
  names: readonly string[],
  context: InspectContext,
  terminal: Terminal,
): Promise<{ results: readonly LintedFile[]; unusable: boolean }> {
  const inputs = new Map<string, Input>();
  const results: LintedFile[] = [];
  let unusable = false;
  const complain = async (sentence: string): Promise<void> => {
    unusable = true;
    await terminal.err(`scep-workbench: ${sentence}\n`);
  };
  if (names.includes("-")) {
    const bytes = await readInput("-", terminal.stdin);
    const { artifacts } = await lintBytes(bytes, standardInput, context);
    results.push({ file: standardInput, artifacts });
    if (artifacts.length === 0) await complain(nothingIn(standardInput));
  }
  async function* files(): AsyncGenerator<string> {
    for (const name of names.filter((candidate) => candidate !== "-")) {
      if (await isFolder(name)) {
        for await (const file of filesBelow(name)) yield inputs.has(file) ? "" : remembered({ file, named: false });
      } else {
        yield remembered({ file: name, named: true });
      }
    }
  }
  const remembered = (input: Input): string => {
    inputs.set(input.file, input);
    return input.file;
  };
  keepMemorySteady();
  const all: string[] = [];
  for await (const file of withoutEmpty(files())) all.push(file);
  results.push(...(await lintInThreads(all, context, besideProgram("lintWorker.js"), terminal.signal)));
  for (const result of results) {
    const named = inputs.get(result.file)?.named ?? false;
    const shown = visibleText(result.file, 300);
    if ("problem" in result) await complain(unreadable(shown, result.problem));
    else if (named && result.artifacts.length === 0) await complain(nothingIn(shown));
  }
  return { results, unusable };
}

async function* withoutEmpty(files: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const file of files) if (file !== "") yield file;
}

async function isFolder(name: string): Promise<boolean> {
  try {
    return (await stat(name)).isDirectory();
  } catch {
    // What is not there is told when it is to be read.
    return false;
  }
}

function nothingIn(name: string): string {
  return `${name} holds no certificate request and is no configuration. Name a PKCS#10 file, an openssl.cnf, a mkrequest script or an sscep.conf.`;
}

function unreadable(name: string, code: string): string {
  return code === "ENOENT"
    ? `There is no file ${name}. Check its name and folder.`
    : `${name} cannot be read (${code}). Check its permissions.`;
}

/** The address of a file in a SARIF log: relative where the file was named so. */
function uriOf(file: string): string {
  const parts = file.split(path.sep).map(encodeURIComponent).join("/");
  if (!path.isAbsolute(file)) return parts;
  return `file://${parts.startsWith("/") ? "" : "/"}${parts}`;
}

function artifactJson({ kind, name, place, summary, verdict, findings }: LintedArtifact): Json {
  return {
    source: name,
    kind,
    offset: place.offset,
    length: place.length,
    ...(place.text && { line: place.text.line }),
    summary,
    verdict: { ...verdict },
    findings: findings.map(findingJson),
  };
}

function findingJson({ code, severity, message, remedy, citation, place }: LintFinding): Json {
  const { offset, length, text } = place;
  return { code, severity, message, remedy, citation, offset, length, ...text };
}

const colours: Readonly<Record<Severity, string>> = { error: "31", warning: "33", info: "36" };

/** What compilers print: `file:line:column: error: what is so [code]`, and below it what to do. */
function artifactText({ name, place, summary, findings }: LintedArtifact, colour: boolean): string {
  const shown = visibleText(name, 300);
  const at = place.text ? `:${place.text.line}` : "";
  const lines = [`${shown}${at}: ${visibleText(summary, 200)}${findings.length === 0 ? ": nothing is wrong" : ""}`];
  for (const { code, severity, message, remedy, place: own } of findings) {
    const where = own.text ? `:${own.text.line}:${own.text.column}` : `@${own.offset}`;
    const word = colour ? `\u001b[${colours[severity]}m${severity}\u001b[0m` : severity;
    lines.push(`${shown}${where}: ${word}: ${message} [${code}]`, `    ${remedy}`);
  }
  return `${lines.join("\n")}\n`;
}

function counted(artifacts: readonly LintedArtifact[]): {
  artifacts: number;
  errors: number;
  warnings: number;
  infos: number;
} {
  const severities = artifacts.flatMap(({ findings }) => findings.map(({ severity }) => severity));
  const count = (wanted: Severity): number => severities.filter((severity) => severity === wanted).length;
  return { artifacts: artifacts.length, errors: count("error"), warnings: count("warning"), infos: count("info") };
}

/** What is judged beside requests; what is too damaged to be told is a request by its label. */
const configurationKinds: ReadonlySet<string> = new Set(["opensslConf", "mkrequest", "sscepConf"]);

function summaryText(artifacts: readonly LintedArtifact[]): string {
  const { artifacts: requests, errors, warnings, infos } = counted(artifacts);
  const words = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;
  const configurations = artifacts.some(({ kind }) => configurationKinds.has(kind));
  const what = !configurations
    ? words(requests, "request")
    : requests === 1
      ? "1 configuration"
      : `${requests} requests and configurations`;
  return `${what}: ${words(errors, "error")}, ${words(warnings, "warning")}, ${words(infos, "note")}.`;
}
