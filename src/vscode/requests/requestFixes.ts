import { CodeAction, CodeActionKind, type Diagnostic, l10n, type Range, type TextDocument } from "vscode";
import { commandIds } from "../commandIds.js";
import { diagnosticSource } from "./diagnosticOf.js";
import { pemBlocks } from "./pemBlocks.js";

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

/** The quick fixes for the request at a range: what its findings there can be mended with, and the command that does it elsewhere. */
export function requestFixes(document: TextDocument, range: Range, diagnostics: readonly Diagnostic[]): CodeAction[] {
  const block = pemBlocks(document).find(
    (candidate) => candidate.label.endsWith("CERTIFICATE REQUEST") && candidate.range.intersection(range) !== undefined,
  );
  if (!block) return [];
  const ours = diagnostics.filter(({ source }) => source === diagnosticSource);
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
  const fixes = (Object.keys(mends) as (keyof typeof mends)[]).flatMap((fix) => {
    const mended = ours.filter(({ code }) => typeof code === "object" && mends[fix].has(String(code.value)));
    return mended.length === 0 ? [] : [make(fix, mended)];
  });
  const [first] = fixes;
  if (first) first.isPreferred = true;
  return ours.length === 0 ? [] : [...fixes, make("command", ours)];
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
