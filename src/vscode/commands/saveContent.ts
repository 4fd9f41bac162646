import { l10n, type Uri, workspace } from "vscode";
import { writePem } from "../../core/asn1/pem.js";
import type { NodeContent } from "../../core/inspect/report.js";
import { Row } from "../messages/row.js";
import { askWhereToSave, fileNameOf } from "../savedFile.js";
import type { ServerRow } from "../servers/serverRow.js";
import type { Services } from "../services.js";

/** How each kind of content is named on a disk, and its PEM label where it has one. */
const kinds: Readonly<
  Record<NodeContent, { readonly extension: string; readonly also: readonly string[]; readonly pemLabel?: string }>
> = {
  certificate: { extension: "cer", also: ["crt", "der", "pem"], pemLabel: "CERTIFICATE" },
  crl: { extension: "crl", also: ["der", "pem"], pemLabel: "X509 CRL" },
  request: { extension: "csr", also: ["p10", "der", "pem"], pemLabel: "CERTIFICATE REQUEST" },
  message: { extension: "der", also: ["p7m", "bin", "pem"], pemLabel: "CMS" },
  page: { extension: "html", also: ["txt", "bin"] },
};

/**
 * *Save As…*: a certificate, CRL, request, message or page as a file. The name decides: `.pem` is PEM, everything else
 * the bytes as they are. A caller may say where: `saveContent(row, uri)`.
 */
export async function saveContent(_services: Services, argument: unknown, to?: unknown): Promise<Uri | undefined> {
  const row = argument as Row | ServerRow;
  const content = row instanceof Row ? row.node?.content : row.content;
  const { bytes } = row;
  if (content === undefined || bytes === undefined) return undefined;
  const { extension, also, pemLabel } = kinds[content];
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
