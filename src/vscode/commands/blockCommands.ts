import { l10n, Uri, window, workspace } from "vscode";
import { visibleText } from "../../core/asn1/visibleText.js";
import { HumanError } from "../../core/humanError.js";
import { blockAt, type DocumentBlock } from "../requests/pemBlocks.js";
import { requestIn } from "../requests/requestIn.js";
import { knownRequestKey } from "../requests/requestKey.js";
import type { Services } from "../services.js";
import { type Enrolled, enrollCertificate } from "./enroll.js";

/** *Inspect* above a PEM block: everything that is in it. */
export async function inspectBlock(services: Services, uri?: unknown, line?: unknown): Promise<void> {
  const { block, name } = await blockOf(uri, line);
  await services.inspectors.openBytes({
    name: l10n.t("{0} in {1}", block.label, name),
    bytes: new TextEncoder().encode(block.text),
  });
}

/** *Enroll with…* above a certificate request, with the key that lies beside it where one does; its passphrase is asked for where it has one. */
export async function enrollBlock(services: Services, uri?: unknown, line?: unknown): Promise<Enrolled | undefined> {
  const { block, name, document } = await blockOf(uri, line);
  const view = requestIn(block);
  if (!view) {
    throw new HumanError(l10n.t("{0} holds no certificate request. Choose a PKCS#10 file in PEM or DER.", name));
  }
  const subject = visibleText(view.subject.text, 200);
  const { key, locked } = await knownRequestKey(services, document, view.spki);
  return enrollCertificate(services, {
    request: { kind: "given", name, request: view.der, subject },
    ...(key && { key: { kind: "file", name: key.name, pkcs8: key.pkcs8 } }),
    ...(locked && { lockedKey: locked }),
  });
}

/** The block that a lens, a caller or the cursor means. */
async function blockOf(uri: unknown, line: unknown): Promise<{ block: DocumentBlock; name: string; document: Uri }> {
  const editor = window.activeTextEditor;
  const document = uri instanceof Uri ? await workspace.openTextDocument(uri) : editor?.document;
  const at = typeof line === "number" ? line : editor?.selection.active.line;
  const block = document && at !== undefined ? blockAt(document, at) : undefined;
  if (!document || !block) {
    throw new HumanError(l10n.t("There is no PEM block here. Put the cursor into one, between BEGIN and END."));
  }
  const { path } = document.uri;
  return { block, name: path.slice(path.lastIndexOf("/") + 1), document: document.uri };
}
