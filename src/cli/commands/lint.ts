import { stat } from "node:fs/promises";
import { visibleText } from "../../core/asn1/visibleText.js";
import { HumanError } from "../../core/humanError.js";
import type { InspectContext } from "../../core/inspect/context.js";
import { lint as lintBytes } from "../../core/inspect/lint.js";
import { filesBelow, type LintedFile } from "../../node/lint/lintFiles.js";
import { lintInThreads } from "../../node/lint/lintInThreads.js";
import { nodeCrypto } from "../../node/nodeCrypto.js";
import { keepMemorySteady } from "../../node/steadyMemory.js";
import { oneOf, readArguments, seeHelp } from "../arguments.js";
import { besideProgram } from "../besideProgram.js";
import { exitStatus, type ExitStatus } from "../exitStatus.js";
import { readInput } from "../files.js";
import { countsOf, type LintCounts, sumOf } from "../lintCounts.js";
import { jsonForm, type LintForm, sarifForm, textForm } from "../lintForms.js";
import type { Terminal } from "../terminal.js";

const targets = ["ndes", "rfc8894"] as const;

/** What standard input is called. */
const standardInput = "standard input";

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
  if (values.sarif === true) return lintAs(sarifForm, positionals, context, terminal);
  if (values.json === true) return lintAs(jsonForm(target), positionals, context, terminal);
  return lintAs(textForm({ quiet: values.quiet === true, colour: terminal.colour }), positionals, context, terminal);
}

/** What is held of a file until all of them are linted. */
interface Kept<Part> {
  readonly part?: Part | undefined;
  readonly counts: LintCounts;
  /** What keeps the file from being linted, in a sentence. */
  readonly complaint?: string;
}

async function lintAs<Part>(
  form: LintForm<Part>,
  names: readonly string[],
  context: InspectContext,
  terminal: Terminal,
): Promise<ExitStatus> {
  let counts = noCounts;
  let complained = false;
  async function* parts(): AsyncGenerator<Part> {
    for await (const result of resultsOf(form, names, context, terminal)) {
      counts = sumOf([counts, result.counts]);
      if (result.complaint !== undefined) {
        complained = true;
        await terminal.err(`scep-workbench: ${result.complaint}\n`);
      }
      if (result.part !== undefined) yield result.part;
    }
  }
  for await (const piece of inPieces(form.print(parts(), () => counts))) await terminal.out(piece);
  if (counts.errors > 0) return exitStatus.refused;
  return complained ? exitStatus.impossible : exitStatus.done;
}

/** What came of standard input, where it was named, and of the files. */
async function* resultsOf<Part>(
  form: LintForm<Part>,
  names: readonly string[],
  context: InspectContext,
  terminal: Terminal,
): AsyncGenerator<Kept<Part>> {
  if (names.includes("-")) {
    const { artifacts } = await lintBytes(await readInput("-", terminal.stdin), standardInput, context);
    yield kept(form, { file: standardInput, artifacts }, true);
  }
  keepMemorySteady();
  // What a folder holds is told to be no request only where it was named itself; what is a folder is never told.
  const named = new Set(names);
  const files = filesOf(names.filter((name) => name !== "-"));
  const keep = (result: LintedFile): Kept<Part> => kept(form, result, named.has(result.file));
  yield* lintInThreads(files, context, besideProgram("lintWorker.js"), terminal.signal, keep);
}

function kept<Part>(form: LintForm<Part>, result: LintedFile, named: boolean): Kept<Part> {
  const { file } = result;
  if ("problem" in result) {
    return { part: undefined, counts: noCounts, complaint: unreadable(visibleText(file, 300), result.problem) };
  }
  const { artifacts } = result;
  if (artifacts.length > 0) return { part: form.partOf(file, artifacts), counts: countsOf(artifacts) };
  return { part: undefined, counts: noCounts, ...(named && { complaint: nothingIn(visibleText(file, 300)) }) };
}

const noCounts = countsOf([]);

/** The files that were named or lie below folders that were; a file is taken once, unless it was named again. */
async function* filesOf(names: readonly string[]): AsyncGenerator<string> {
  const known = new Set<string>();
  for (const name of names) {
    const files = (await isFolder(name)) ? filesBelow(name) : [name];
    for await (const file of files) {
      if (file !== name && known.has(file)) continue;
      // A folder does not hold a file twice.
      if (names.length > 1) known.add(file);
      yield file;
    }
  }
}

/** Small texts joined to such as are worth writing. */
async function* inPieces(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let piece = "";
  for await (const text of texts) {
    piece += text;
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = "";
  }
  if (piece !== "") yield piece;
}

/** Characters that are written at once. */
const pieceLength = 64 * 1024;

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
