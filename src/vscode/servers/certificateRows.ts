import { l10n, ThemeIcon } from "vscode";
import { visibleText } from "../../core/asn1/visibleText.js";
import type { CertificateRole, RoleAssignment } from "../../core/x509/roles.js";
import type { CertificateView } from "../../core/x509/certificate.js";
import { statusIcon } from "../statusLook.js";
import { validity } from "./validity.js";
import type { Server } from "./server.js";
import type { ServerRow } from "./serverRow.js";

const order: readonly CertificateRole[] = ["raSigning", "raEncryption", "ra", "issuingCa", "rootCa", "endEntity"];

/** A row for each certificate of a GetCACert answer: its role, whose it is, how long it is good. */
export function certificateRows(
  id: string,
  server: Server,
  roles: readonly RoleAssignment[],
  now: Date,
): readonly ServerRow[] {
  return roles
    .toSorted((a, b) => order.indexOf(a.role) - order.indexOf(b.role))
    .map(({ certificate, role }, index) => {
      const name = commonName(certificate);
      const good = validity(certificate, now);
      return {
        id: `${id} ${index}`,
        label: roleName(role),
        detail: `${name} · ${good.words}`,
        sentence: l10n.t(
          "{0}: {1}, issued by {2}, {3}",
          roleName(role),
          visibleText(certificate.subject.text, 300),
          visibleText(certificate.issuer.text, 300),
          good.sentence,
        ),
        icon: good.status ? statusIcon(good.status) : new ThemeIcon(roleIcon(role)),
        ...(good.status && { status: good.status }),
        traits: ["certificate", "value", "hex", "content"],
        server,
        value: visibleText(certificate.subject.text),
        bytes: certificate.der,
        content: "certificate" as const,
        children: [],
      };
    });
}

/** The common name, else the whole subject. */
export function commonName(certificate: CertificateView): string {
  const parts = certificate.subject.attributes;
  const name = parts.findLast(({ typeName }) => typeName === "CN")?.text ?? certificate.subject.text;
  return visibleText(name === "" ? l10n.t("no subject") : name, 80);
}

function roleIcon(role: CertificateRole): string {
  return role === "issuingCa" || role === "rootCa" ? "link" : "key";
}

/** The role in words. */
export function roleName(role: CertificateRole): string {
  switch (role) {
    case "raSigning":
      return l10n.t("RA signing");
    case "raEncryption":
      return l10n.t("RA encryption");
    case "ra":
      return l10n.t("RA");
    case "issuingCa":
      return l10n.t("Issuing CA");
    case "rootCa":
      return l10n.t("Root CA");
    case "endEntity":
      return l10n.t("End entity");
  }
}
