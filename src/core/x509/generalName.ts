import type { BerNode } from "../asn1/berNode.js";
import { toHex } from "../asn1/hex.js";
import { octetString } from "../asn1/octets.js";
import { oidOf } from "../asn1/oid.js";
import { decodeString, latin1 } from "../asn1/strings.js";
import { ipAddressText } from "./ipAddress.js";
import { readName } from "./name.js";
import { readOtherName } from "./otherName.js";

/** The choices of GeneralName (RFC 5280 §4.2.1.6) by their OpenSSL words. */
export type GeneralNameKind =
  | "otherName"
  | "email"
  | "DNS"
  | "x400Address"
  | "DirName"
  | "ediPartyName"
  | "URI"
  | "IP"
  | "registeredID"
  | "unknown";

/** One GeneralName. */
export interface GeneralNameView {
  readonly node: BerNode;
  readonly kind: GeneralNameKind;
  /** The value as a person writes it; not yet fit for display where hostile characters are in it. */
  readonly text: string;
}

const kinds: readonly GeneralNameKind[] = [
  "otherName",
  "email",
  "DNS",
  "x400Address",
  "DirName",
  "ediPartyName",
  "URI",
  "IP",
  "registeredID",
];

/** Reads GeneralNames, a SEQUENCE OF GeneralName; empty where the node is none. */
export function readGeneralNames(node: BerNode | undefined): readonly GeneralNameView[] {
  return node?.constructed ? node.children.map(readGeneralName) : [];
}

/** Reads one GeneralName. */
export function readGeneralName(node: BerNode): GeneralNameView {
  const kind = node.tagClass === 2 ? (kinds[node.tagNumber] ?? "unknown") : "unknown";
  return { node, kind, text: generalNameText(node, kind) };
}

function generalNameText(node: BerNode, kind: GeneralNameKind): string {
  switch (kind) {
    case "email":
    case "DNS":
    case "URI":
      return latin1(octetString(node));
    case "IP":
      return ipAddressText(octetString(node));
    case "DirName":
      return readName(node.child(0))?.text ?? toHex(node.encoding);
    case "registeredID":
      return oidOf(node) ?? toHex(node.content);
    case "otherName":
      return readOtherName(node)?.text ?? toHex(node.encoding);
    case "ediPartyName":
      return ediPartyText(node) || toHex(node.encoding);
    default:
      return toHex(node.encoding);
  }
}

/** EDIPartyName: who assigns the name, where that is said, and the name. */
function ediPartyText(node: BerNode): string {
  const part = (tagNumber: number): string | undefined => {
    const string = node.contextChild(tagNumber)?.child(0);
    return string && decodeString(string)?.text;
  };
  return [part(0), part(1)].filter((text) => text !== undefined).join(":");
}
