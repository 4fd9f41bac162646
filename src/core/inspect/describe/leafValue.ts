import type { BerNode } from "../../asn1/berNode.js";
import { toHex } from "../../asn1/hex.js";
import { decodeInteger } from "../../asn1/integer.js";
import { bitString, octetString } from "../../asn1/octets.js";
import { oidOf } from "../../asn1/oid.js";
import { oidName } from "../../asn1/oidNames.js";
import { decodeString } from "../../asn1/strings.js";
import { Tag, TagClass } from "../../asn1/tag.js";
import { decodeTime } from "../../asn1/times.js";
import { count, hexValue, textValue, timeValue } from "./nodes.js";

/** What a value is shown as, what is copied in its stead, and what it masks. */
export interface LeafValue {
  readonly value: string;
  readonly copyValue?: string;
  readonly secret?: string;
}

/** Content octets of an INTEGER that is shown in decimal; a longer one is shown in hex. */
const longestDecimal = 8;

/** The value of a primitive BER value in words, by its universal type; in hex where it has none. */
export function leafValue(node: BerNode): LeafValue {
  if (node.tagClass !== TagClass.universal) return hexValue(node.content);
  switch (node.tagNumber) {
    case Tag.boolean:
      return { value: node.content.length === 1 ? (node.content[0] === 0 ? "FALSE" : "TRUE") : toHex(node.content) };
    case Tag.integer:
    case Tag.enumerated:
      return integerValue(node);
    case Tag.bitString:
      return bitsValue(node);
    case Tag.octetString:
      return hexValue(octetString(node));
    case Tag.null:
      return { value: node.content.length === 0 ? "NULL" : `NULL with content ${toHex(node.content.subarray(0, 16))}` };
    case Tag.objectIdentifier:
      return oidValue(node);
    case Tag.utcTime:
    case Tag.generalizedTime:
      return { value: timeValue(decodeTime(node)) };
    default:
      return stringValue(node) ?? hexValue(node.content);
  }
}

/** A character string with its type, which is what servers mind: `dev7 (PrintableString)`. */
export function stringValue(node: BerNode): LeafValue | undefined {
  const reading = decodeString(node);
  if (!reading) return undefined;
  return { value: `${textValue(reading.text).value} (${reading.type})`, copyValue: reading.text };
}

/** An OBJECT IDENTIFIER with the name that the field knows it by. */
export function oidValue(node: BerNode): LeafValue {
  const dotted = oidOf(node);
  if (dotted === undefined) return { value: `not readable: ${hexValue(node.content).value}` };
  const name = oidName(dotted);
  return name === undefined ? { value: dotted } : { value: `${name} (${dotted})`, copyValue: dotted };
}

function integerValue(node: BerNode): LeafValue {
  if (node.content.length === 0) return { value: "empty" };
  return node.content.length <= longestDecimal ? { value: String(decodeInteger(node)) } : hexValue(node.content);
}

function bitsValue(node: BerNode): LeafValue {
  const bits = bitString(node);
  if (!bits) return { value: `not readable: ${hexValue(node.content).value}` };
  const { value, copyValue } = hexValue(bits.bytes);
  return {
    value: `${count(bits.bytes.length * 8 - bits.unusedBits, "bit")}: ${value}`,
    copyValue: copyValue ?? value,
  };
}
