import { env, l10n, Uri, window, workspace, WorkspaceEdit, EndOfLine, type TextDocument } from "vscode";
import { writePem } from "../../core/asn1/pem.js";
import { oid } from "../../core/asn1/oids.js";
import { privateKeyPem } from "../../core/crypto/encryptPrivateKey.js";
import { generateKey, usualKey } from "../../core/crypto/newKey.js";
import { HumanError } from "../../core/humanError.js";
import { amendRequest, type RequestAmendment } from "../../core/pkcs10/amendRequest.js";
import { opensslCommand } from "../../core/pkcs10/opensslCommand.js";
import type { RequestView } from "../../core/pkcs10/request.js";
import { looksLikeHostName } from "../../core/x509/hostName.js";
import { nameAttribute } from "../../core/x509/name.js";
import { nodeCrypto } from "../../node/nodeCrypto.js";
import { readAlternativeNames } from "../enroll/alternativeNames.js";
import { blockAt, type DocumentBlock } from "../requests/pemBlocks.js";
import type { RequestFix } from "../requests/requestFixes.js";
import { offer } from "../failure.js";
import { findRequestKey, passphraseOfOldKey, type UsedPassphrase } from "../requests/requestKey.js";
import { requestIn } from "../requests/requestIn.js";
import { fileNameOf, writePrivateFile } from "../savedFile.js";
import type { Services } from "../services.js";
import { notificationText } from "../shownText.js";

/** What a fix needs to sign the request with, and what it changes. */
interface Mending {
  readonly pkcs8: Uint8Array;
  readonly amendment: RequestAmendment;
  /** In a sentence, what was done. */
  readonly done: string;
  /** What opened the key's file, where it is encrypted. */
  readonly openedBy?: UsedPassphrase | undefined;
}

/**
 * The quick fixes for certificate requests. The PEM block in the document is replaced and nothing else: *Undo* brings the
 * request back as it was, and the file on the disk stays until the document is saved. Resolves to whether something changed.
 *
 * @param names alternative names as a person lists them, where a caller does not want to be asked
 */
export async function fixRequest(
  services: Services,
  uri?: unknown,
  line?: unknown,
  fix?: unknown,
  names?: unknown,
): Promise<boolean> {
  if (!(uri instanceof Uri) || typeof line !== "number") return false;
  const document = await workspace.openTextDocument(uri);
  const block = blockAt(document, line);
  const view = block && requestIn(block);
  if (!block || !view) {
    throw new HumanError(l10n.t("There is no certificate request here any more. Look at what the document holds now."));
  }
  if (fix === "command") {
    await copyCommand(document, view);
    return false;
  }
  const mending = await mendingOf(services, document, view, fix as RequestFix, names);
  if (!mending) return false;
  const der = await amendRequest(nodeCrypto, view.der, mending.pkcs8, mending.amendment);
  const edit = new WorkspaceEdit();
  edit.replace(uri, block.range, blockText(document, block, der));
  if (!(await workspace.applyEdit(edit))) {
    throw new HumanError(
      l10n.t("The document cannot be changed. Save a copy of it that may be written, then try again."),
    );
  }
  const sentence = l10n.t("{0} Undo brings the request back as it was.", mending.done);
  services.log.info(sentence);
  void tell(services, sentence, mending.openedBy);
  return true;
}

/** Says what was done, and offers to keep a passphrase that was typed for it. */
async function tell({ vault }: Services, sentence: string, used: UsedPassphrase | undefined): Promise<void> {
  const keep = {
    title: l10n.t("Keep Passphrase"),
    run: () => used && vault.storePassphrase(used.file, used.passphrase),
  };
  const actions = used && !used.stored ? [keep] : [];
  const titles = actions.map(({ title }) => title);
  await offer(window.showInformationMessage(notificationText(sentence), ...titles), actions);
}

async function mendingOf(
  services: Services,
  document: TextDocument,
  view: RequestView,
  fix: RequestFix,
  names: unknown,
): Promise<Mending | undefined> {
  if (fix === "newKey") return newKey(services, document, view);
  const amendment = await amendmentOf(view, fix, names);
  const key = amendment && (await findRequestKey(services, document.uri, view.spki));
  if (!amendment || !key) return undefined;
  const done = l10n.t("The request was signed again with {0}.", key.name);
  return { pkcs8: key.pkcs8, amendment, done, openedBy: key.openedBy };
}

async function amendmentOf(view: RequestView, fix: RequestFix, names: unknown): Promise<RequestAmendment | undefined> {
  switch (fix) {
    case "challenge":
      return { challengePassword: { stringType: "PrintableString" } };
    case "digest":
      return { digest: "SHA-256" };
    case "names": {
      const listed = typeof names === "string" ? names : await askForNames(view);
      const read = listed === undefined ? [] : readAlternativeNames(listed);
      return read.length === 0 ? undefined : { addSubjectAltNames: { names: read } };
    }
    default:
      return {};
  }
}

function askForNames(view: RequestView): Thenable<string | undefined> {
  const commonName = nameAttribute(view.subject, oid.commonName) ?? "";
  return window.showInputBox({
    title: l10n.t("Add alternative names"),
    prompt: l10n.t(
      "Several are separated by commas. What a name is, is told by its form, or by DNS:, IP:, email:, URI:, UPN: before it.",
    ),
    value: looksLikeHostName(commonName) ? `DNS:${commonName}` : "",
  });
}

/**
 * Makes a key and keeps it beside the request, under a name that no file has; encrypted with the passphrase of the key that
 * it replaces, where that one is.
 */
async function newKey(services: Services, document: TextDocument, view: RequestView): Promise<Mending | undefined> {
  const { uri } = document;
  const passphrase = await passphraseOfOldKey(services, uri, view.spki);
  if (passphrase?.kind === "cancelled") return undefined;
  const base = fileNameOf(uri.path.slice(uri.path.lastIndexOf("/") + 1).replace(/\.[^.]*$/, ""));
  const target = uri.scheme === "file" ? await freeName(Uri.joinPath(uri, ".."), base) : await askForKeyFile(base);
  if (!target) return undefined;
  const { pkcs8 } = await generateKey(nodeCrypto, usualKey);
  await writePrivateFile(target, await privateKeyPem(nodeCrypto, pkcs8, passphrase?.text));
  const name = target.path.slice(target.path.lastIndexOf("/") + 1);
  return {
    pkcs8,
    amendment: { newKey: true, digest: "SHA-256" },
    done: passphrase
      ? l10n.t(
          "A new key was written to {0}, encrypted with the passphrase of {1} and readable by you alone, and the request is signed with it.",
          name,
          passphrase.of,
        )
      : l10n.t("A new key was written to {0}, readable by you alone, and the request is signed with it.", name),
  };
}

function askForKeyFile(base: string): Thenable<Uri | undefined> {
  return window.showSaveDialog({
    title: l10n.t("Where to keep the new private key"),
    defaultUri: Uri.file(`${base}.key`),
  });
}

async function freeName(folder: Uri, base: string): Promise<Uri> {
  for (let count = 1; ; count++) {
    const candidate = Uri.joinPath(folder, count === 1 ? `${base}.key` : `${base}-${count}.key`);
    try {
      await workspace.fs.stat(candidate);
    } catch {
      return candidate;
    }
  }
}

/** The new block: with the label, the line ends and the indentation of the old one. */
function blockText(document: TextDocument, { label, range }: DocumentBlock, der: Uint8Array): string {
  const before = document.lineAt(range.start.line).text.slice(0, range.start.character);
  const indentation = /^\s*$/.test(before) ? before : "";
  const lineEnd = document.eol === EndOfLine.CRLF ? "\r\n" : "\n";
  return writePem(label, der).trimEnd().split("\n").join(`${lineEnd}${indentation}`);
}

async function copyCommand(document: TextDocument, view: RequestView): Promise<void> {
  const { path } = document.uri;
  const base = fileNameOf(path.slice(path.lastIndexOf("/") + 1).replace(/\.[^.]*$/, ""));
  const { publicKey } = view;
  const keyWillDo = publicKey.algorithm === "RSA" && (publicKey.bits ?? 0) >= 2048;
  const command = opensslCommand(view, {
    ...(keyWillDo && { key: `${base}.key` }),
    newKey: `${base}-new.key`,
    request: `${base}-new.csr`,
  });
  await env.clipboard.writeText(command);
  void window.showInformationMessage(
    l10n.t("The command is on the clipboard. Put the one-time password where ONE-TIME-PASSWORD stands."),
  );
}
