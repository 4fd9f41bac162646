import type { NodeContent } from "../core/inspect/report.js";

/** How each kind of content is named on a disk, and its PEM label where it has one. */
export const contentKinds: Readonly<
  Record<NodeContent, { readonly extension: string; readonly also: readonly string[]; readonly pemLabel?: string }>
> = {
  certificate: { extension: "cer", also: ["crt", "der", "pem"], pemLabel: "CERTIFICATE" },
  crl: { extension: "crl", also: ["der", "pem"], pemLabel: "X509 CRL" },
  request: { extension: "csr", also: ["p10", "der", "pem"], pemLabel: "CERTIFICATE REQUEST" },
  message: { extension: "der", also: ["p7m", "bin", "pem"], pemLabel: "CMS" },
  page: { extension: "html", also: ["txt", "bin"] },
};
