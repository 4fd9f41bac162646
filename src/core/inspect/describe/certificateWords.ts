import { oid } from "../../asn1/oids.js";
import { type NameView, nameAttribute } from "../../x509/name.js";
import type { PublicKeyView } from "../../x509/publicKey.js";
import type { CertificateRole } from "../../x509/roles.js";
import { nameValue } from "./nameNodes.js";

/** What a role is called where people read it. */
export const roleWords: Readonly<Record<CertificateRole, string>> = {
  raSigning: "RA signing",
  raEncryption: "RA encryption",
  ra: "RA signing and encryption",
  issuingCa: "Issuing CA",
  rootCa: "Root CA",
  endEntity: "End entity",
};

/** A certificate's short name: its common name, else the whole subject. */
export function shortName(view: { readonly subject: NameView }): string {
  const common = nameAttribute(view.subject, oid.commonName);
  return nameValue({ ...view.subject, text: common === undefined ? view.subject.text : `CN=${common}` }).value;
}

/** `RSA 2048`, `EC P-256`. */
export function publicKeyText(key: Pick<PublicKeyView, "algorithm" | "bits" | "curve">): string {
  return [key.algorithm, key.curve ?? key.bits].filter((part) => part !== undefined).join(" ");
}

/** A certificate's common name by itself, else the whole subject: for lines that say its role beside it. */
export function bareName(view: { readonly subject: NameView }): string {
  const common = nameAttribute(view.subject, oid.commonName);
  return common === undefined ? nameValue(view.subject).value : nameValue({ ...view.subject, text: common }).value;
}
