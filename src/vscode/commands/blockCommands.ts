import { l10n, Uri, window, workspace } from "vscode";
import { visibleText } from "../../core/asn1/visibleText.js";
import { HumanError } from "../../core/humanError.js";
import { recognise } from "../../core/inspect/recognise.js";
import { readRequest } from "../../core/pkcs10/request.js";
import { blockAt, type DocumentBlock } from "../requests/pemBlocks.js";
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

/** *Enroll with…* above a certificate request. */
export async function enrollBlock(services: Services, uri?: unknown, line?: unknown): Promise<Enrolled | undefined> {
  const { block, name } = await blockOf(uri, line);
  const [artifact] = recognise(new TextEncoder().encode(block.text), name);
  const view = artifact?.kind === "request" ? readRequest(artifact.bytes) : undefined;
  if (!view) {
    throw new HumanError(l10n.t("{0} holds no certificate request. Choose a PKCS#10 file in PEM or DER.", name));
  }
  const subject = visibleText(view.subject.text, 200);
  return enrollCertificate(services, { request: { kind: "given", name, request: view.der, subject } });
}

/** The block that a lens, a caller or the cursor means. */
async function blockOf(uri: unknown, line: unknown): Promise<{ block: DocumentBlock; name: string }> {
  const editor = window.activeTextEditor;
  const document = uri instanceof Uri ? await workspace.openTextDocument(uri) : editor?.document;
  const at = typeof line === "number" ? line : editor?.selection.active.line;
  const block = document && at !== undefined ? blockAt(document, at) : undefined;
  if (!document || !block) {
    throw new HumanError(l10n.t("There is no PEM block here. Put the cursor into one, between BEGIN and END."));
  }
  return { block, name: document.uri.path.slice(document.uri.path.lastIndexOf("/") + 1) };
}
