import { l10n, type Uri, window, workspace } from "vscode";
import { writePem } from "../../core/asn1/pem.js";
import { HumanError } from "../../core/humanError.js";
import type { MessageEntry } from "../messages/messageEntry.js";
import type { Row } from "../messages/row.js";
import { askWhereToSave, fileNameOf, writePrivateFile } from "../savedFile.js";
import type { Services } from "../services.js";
import { notificationText } from "../shownText.js";

/** The files that an enrolled certificate was saved to. */
export interface SavedFiles {
  readonly certificate: Uri;
  readonly key: Uri;
}

/**
 * *Save Certificate and Key…*: the certificate that an enrolment brought, with the CA's certificates behind it, and its
 * key beside it, which its owner alone may read. The key then leaves VS Code's secret storage. A caller may say where
 * the certificate goes: `saveIssued(row, uri)`.
 */
export async function saveIssued(services: Services, argument: unknown, to?: unknown): Promise<SavedFiles | undefined> {
  const { entry } = argument as Row | { readonly entry: MessageEntry };
  const id = entry.issuedKey;
  const issued = id === undefined ? undefined : await services.vault.key(id);
  if (id === undefined || !issued) {
    throw new HumanError(l10n.t("The key of this certificate was forgotten. Enroll again to get a new one."));
  }
  const name = fileNameOf(issued.name.replace(/^CN=/i, ""));
  const certificate =
    (to as Uri | undefined) ??
    (await askWhereToSave(`${name}.pem`, { [l10n.t("Certificate in PEM")]: ["pem", "crt", "cer"] }));
  if (!certificate) return undefined;
  const key = certificate.with({ path: certificate.path.replace(/(\.[^./]*)?$/, ".key.pem") });
  await writePrivateFile(key, writePem("PRIVATE KEY", issued.pkcs8));
  const pem = [issued.certificate, ...issued.others].map((der) => writePem("CERTIFICATE", der)).join("");
  await workspace.fs.writeFile(certificate, new TextEncoder().encode(pem));
  await services.vault.keySaved(id);
  void window.showInformationMessage(
    notificationText(l10n.t("Saved: {0} and its key {1}.", baseName(certificate), baseName(key))),
  );
  return { certificate, key };
}

function baseName(uri: Uri): string {
  return uri.path.slice(uri.path.lastIndexOf("/") + 1);
}
