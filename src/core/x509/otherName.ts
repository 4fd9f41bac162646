import type { BerNode } from "../asn1/berNode.js";
import { toHex } from "../asn1/hex.js";
import { octetString } from "../asn1/octets.js";
import { oidOf } from "../asn1/oid.js";
import { oidName } from "../asn1/oidNames.js";
import { oid } from "../asn1/oids.js";
import { decodeString, latin1 } from "../asn1/strings.js";
import { Tag } from "../asn1/tag.js";
import { guidText } from "./guid.js";

/** An otherName (RFC 5280 §4.2.1.6): a type of name that its object identifier defines. */
export interface OtherNameView {
  /** Dotted. */
  readonly type: string;
  /** The value as a person writes it; of a form that is not known, its encoding in hex. */
  readonly value: string;
  /** Type and value: `userPrincipalName:anna@example.com`. */
  readonly text: string;
}

/** Reads an otherName, [0] IMPLICIT SEQUENCE; undefined where it has no type. */
export function readOtherName(node: BerNode): OtherNameView | undefined {
  const [type, value] = node.children;
  const dotted = type?.isUniversal(Tag.objectIdentifier) ? oidOf(type) : undefined;
  if (dotted === undefined) return undefined;
  const inner = value?.child(0);
  const shown = inner ? (valueText(dotted, inner) ?? decodeString(inner)?.text ?? toHex(inner.encoding)) : "";
  return { type: dotted, value: shown, text: `${oidName(dotted) ?? dotted}:${shown}` };
}

function valueText(type: string, value: BerNode): string | undefined {
  switch (type) {
    case oid.krb5PrincipalName:
      return kerberosText(value);
    case oid.hardwareModuleName:
      return hardwareModuleText(value);
    case oid.permanentIdentifier:
      return permanentIdentifierText(value);
    case oid.ntdsReplication:
      return guidText(octetString(value));
    case oid.ntdsObjectSid:
      return value.isUniversal(Tag.octetString) ? latin1(octetString(value)) : undefined;
    default:
      return undefined;
  }
}

/** KRB5PrincipalName (RFC 4556 §3.2.2): `host/dev7.example.com@EXAMPLE.COM`. */
function kerberosText(value: BerNode): string | undefined {
  const realm = value.contextChild(0)?.child(0);
  const names = value.contextChild(1)?.child(0)?.contextChild(1)?.child(0)?.children;
  if (!realm || !names) return undefined;
  const text = (node: BerNode): string => decodeString(node)?.text ?? toHex(node.content);
  return `${names.map(text).join("/")}@${text(realm)}`;
}

/** HardwareModuleName (RFC 4108 §5): the type of the module and its serial number. */
function hardwareModuleText(value: BerNode): string | undefined {
  const [type, serial] = value.children;
  const dotted = type?.isUniversal(Tag.objectIdentifier) ? oidOf(type) : undefined;
  return dotted !== undefined && serial ? `${oidName(dotted) ?? dotted} ${toHex(octetString(serial))}` : undefined;
}

/** PermanentIdentifier (RFC 4043 §2): the identifier and who assigns it, both optional. */
function permanentIdentifierText(value: BerNode): string | undefined {
  const [identifier, assigner] = [Tag.utf8String, Tag.objectIdentifier].map((tag) =>
    value.children.find((child) => child.isUniversal(tag)),
  );
  const dotted = assigner && oidOf(assigner);
  const parts = [identifier && decodeString(identifier)?.text, dotted === undefined ? undefined : `of ${dotted}`];
  return parts.filter((part) => part !== undefined).join(" ") || undefined;
}
