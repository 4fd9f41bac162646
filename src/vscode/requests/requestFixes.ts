import {
  CodeAction,
  CodeActionKind,
  type Diagnostic,
  DiagnosticSeverity,
  l10n,
  languages,
  type Range,
  type TextDocument,
} from "vscode";
import { commandIds } from "../commandIds.js";
import { diagnosticSource } from "./diagnosticOf.js";
import { pemBlocks } from "./pemBlocks.js";
import { requestIn } from "./requestIn.js";

/** What a quick fix does to a request. */
export type RequestFix = "challenge" | "newKey" | "digest" | "names" | "signAgain" | "command";

/** Which fix mends which findings. */
const mends: Readonly<Record<Exclude<RequestFix, "command">, ReadonlySet<string>>> = {
  challenge: new Set(["csr.challenge.stringType"]),
  newKey: new Set([
    "csr.key.tooShort",
    "csr.key.exponent",
    "csr.key.modulus",
    "csr.key.weak",
    "csr.key.shared",
    "csr.key.unsupported",
  ]),
  digest: new Set(["csr.signature.weakDigest"]),
  names: new Set(["csr.san.missing", "csr.san.commonName"]),
  signAgain: new Set(["csr.signature.invalid"]),
};

/**
 * The quick fixes for the request at a range: what its findings can be mended with, those that lie in the range first, and
 * the command that does it elsewhere. A finding stands on the lines of its bytes; whoever asks in another line of the block
 * means the request all the same.
 */
export function requestFixes(document: TextDocument, range: Range, atRange: readonly Diagnostic[]): CodeAction[] {
  const block = pemBlocks(document).find(
    (candidate) => candidate.label.endsWith("CERTIFICATE REQUEST") && candidate.range.intersection(range) !== undefined,
  );
  // What is too damaged to be read as a request can only be asked for anew.
  if (!block || !requestIn(block)) return [];
  const ofBlock = languages
    .getDiagnostics(document.uri)
    .filter((diagnostic) => diagnostic.source === diagnosticSource && block.range.contains(diagnostic.range));
  const make = (fix: RequestFix, mended: readonly Diagnostic[]): CodeAction => {
    const action = new CodeAction(titleOf(fix), CodeActionKind.QuickFix);
    action.diagnostics = [...mended];
    action.command = {
      title: action.title,
      command: commandIds.fixRequest,
      arguments: [document.uri, block.range.start.line, fix],
    };
    return action;
  };
  const fixesOf = (diagnostics: readonly Diagnostic[]): CodeAction[] =>
    (Object.keys(mends) as (keyof typeof mends)[]).flatMap((fix) => {
      const mended = diagnostics.filter(({ code }) => typeof code === "object" && mends[fix].has(String(code.value)));
      return mended.length === 0 ? [] : [make(fix, mended)];
    });
  const here = fixesOf(atRange.filter(({ source }) => source === diagnosticSource));
  const elsewhere = fixesOf(ofBlock).filter(({ title }) => here.every((fix) => fix.title !== title));
  const [first] = here;
  if (first) first.isPreferred = true;
  const fixes = [...here, ...elsewhere];
  const isWrong = ofBlock.some(({ severity }) => severity <= DiagnosticSeverity.Warning);
  return fixes.length > 0 || isWrong ? [...fixes, make("command", ofBlock)] : [];
}

function titleOf(fix: RequestFix): string {
  switch (fix) {
    case "challenge":
      return l10n.t("Re-encode the challenge as PrintableString and sign again");
    case "newKey":
      return l10n.t("Make a new 2048-bit key and sign with it");
    case "digest":
      return l10n.t("Sign with SHA-256");
    case "names":
      return l10n.t("Add SAN…");
    case "signAgain":
      return l10n.t("Sign again with the request's key");
    case "command":
      return l10n.t("Copy the OpenSSL command that makes it right");
  }
}
