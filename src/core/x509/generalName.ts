import type { BerNode } from "../asn1/berNode.js";
import { toHex } from "../asn1/hex.js";
import { octetString } from "../asn1/octets.js";
import { oidToString } from "../asn1/oid.js";
import { oidName } from "../asn1/oidNames.js";
import { decodeString, latin1 } from "../asn1/strings.js";
import { readName } from "./name.js";

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
      return oidToString(node.content) ?? toHex(node.content);
    case "otherName": {
      const [type, value] = node.children;
      const dotted = type && oidToString(type.content);
      const inner = value?.child(0);
      const text = inner && (decodeString(inner)?.text ?? toHex(inner.encoding));
      return dotted ? `${oidName(dotted) ?? dotted}:${text ?? ""}` : toHex(node.encoding);
    }
    default:
      return toHex(node.encoding);
  }
}

/** An address of 4 or 16 octets, or an address with its mask of 8 or 32 (RFC 5280 §4.2.1.10). */
export function ipAddressText(octets: Uint8Array): string {
  switch (octets.length) {
    case 4:
      return octets.join(".");
    case 8:
      return `${octets.subarray(0, 4).join(".")}/${octets.subarray(4).join(".")}`;
    case 16:
      return ipv6Text(octets);
    case 32:
      return `${ipv6Text(octets.subarray(0, 16))}/${ipv6Text(octets.subarray(16))}`;
    default:
      return `#${toHex(octets)}`;
  }
}

/** RFC 5952: lower case, no leading zeros, the longest run of zero groups shortened. */
function ipv6Text(octets: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, i) => ((octets[2 * i] as number) << 8) | (octets[2 * i + 1] as number));
  let best = { start: 0, length: 0 };
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (start + length < 8 && groups[start + length] === 0) length++;
    if (length > best.length) best = { start, length };
  }
  const hex = (part: number[]): string => part.map((group) => group.toString(16)).join(":");
  if (best.length < 2) return hex(groups);
  return `${hex(groups.slice(0, best.start))}::${hex(groups.slice(best.start + best.length))}`;
}
