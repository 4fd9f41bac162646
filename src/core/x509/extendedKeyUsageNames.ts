import { objectIdentifier } from "../asn1/buildValue.js";
import { oid } from "../asn1/oids.js";
import { visibleText } from "../asn1/visibleText.js";
import { HumanError } from "../humanError.js";

/** Extended key usages by the names of OpenSSL's configuration and, where it has none, by Microsoft's. */
export const extendedKeyUsageOids: Readonly<Record<string, string>> = {
  clientAuth: oid.clientAuth,
  serverAuth: oid.serverAuth,
  codeSigning: "1.3.6.1.5.5.7.3.3",
  emailProtection: "1.3.6.1.5.5.7.3.4",
  ipsecEndSystem: "1.3.6.1.5.5.7.3.5",
  ipsecTunnel: "1.3.6.1.5.5.7.3.6",
  ipsecUser: "1.3.6.1.5.5.7.3.7",
  timeStamping: "1.3.6.1.5.5.7.3.8",
  OCSPSigning: "1.3.6.1.5.5.7.3.9",
  ipsecIKE: "1.3.6.1.5.5.7.3.17",
  iKEIntermediate: "1.3.6.1.5.5.8.2.2",
  msSmartcardLogin: "1.3.6.1.4.1.311.20.2.2",
  certificateRequestAgent: oid.certificateRequestAgent,
  msEFS: "1.3.6.1.4.1.311.10.3.4",
  pkInitClientAuth: "1.3.6.1.5.2.3.4",
  anyExtendedKeyUsage: oid.anyExtendedKeyUsage,
};

const byLowerCase = new Map(Object.entries(extendedKeyUsageOids).map(([name, dotted]) => [name.toLowerCase(), dotted]));

/** The dotted identifier of a usage given by its name, whatever the case, or dotted itself. Throws a HumanError where it is neither. */
export function extendedKeyUsageOid(text: string): string {
  const known = byLowerCase.get(text.toLowerCase());
  if (known !== undefined) return known;
  if (/^\d+(?:\.\d+)+$/.test(text)) {
    objectIdentifier(text);
    return text;
  }
  const names = Object.keys(extendedKeyUsageOids).join(", ");
  throw new HumanError(`"${visibleText(text, 60)}" is no extended key usage. Give its identifier, or one of ${names}.`);
}
