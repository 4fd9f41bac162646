import { l10n, type Uri, workspace } from "vscode";
import { writePem } from "../../core/asn1/pem.js";
import type { NodeContent } from "../../core/inspect/report.js";
import { Row } from "../messages/row.js";
import { contentKinds } from "../savedContent.js";
import { askWhereToSave, fileNameOf } from "../savedFile.js";
import type { ServerRow } from "../servers/serverRow.js";
import type { Services } from "../services.js";

/**
 * *Save As…*: a certificate, CRL, request, message or page as a file. The name decides: `.pem` is PEM, everything else
 * the bytes as they are. A caller may say where: `saveContent(row, uri)`.
 */
export async function saveContent(_services: Services, argument: unknown, to?: unknown): Promise<Uri | undefined> {
  const row = argument as Row | ServerRow;
  const content = row instanceof Row ? row.node?.content : row.content;
  const { bytes } = row;
  if (content === undefined || bytes === undefined) return undefined;
  const { extension, also, pemLabel } = contentKinds[content];
  const name = `${fileNameOf((row instanceof Row ? row.detail : row.value) ?? row.label)}.${extension}`;
  const uri = (to as Uri | undefined) ?? (await askWhereToSave(name, { [filterName(content)]: [extension, ...also] }));
  if (!uri) return undefined;
  const pem = pemLabel !== undefined && uri.path.toLowerCase().endsWith(".pem");
  await workspace.fs.writeFile(uri, pem ? new TextEncoder().encode(writePem(pemLabel, bytes)) : bytes);
  return uri;
}

function filterName(content: NodeContent): string {
  switch (content) {
    case "certificate":
      return l10n.t("Certificate");
    case "crl":
      return l10n.t("Certificate revocation list");
    case "request":
      return l10n.t("Certificate request");
    case "message":
      return l10n.t("Message");
    case "page":
      return l10n.t("Page");
  }
}
