import { type BerNode, readEach } from "../asn1/berNode.js";
import { toHex } from "../asn1/hex.js";
import { oidOf } from "../asn1/oid.js";
import { oidName } from "../asn1/oidNames.js";
import { sameEncoding } from "../asn1/sameEncoding.js";
import { decodeString } from "../asn1/strings.js";
import { Tag } from "../asn1/tag.js";

/** One AttributeTypeAndValue of a name (RFC 5280 §4.1.2.4). */
export interface NameAttribute {
  readonly node: BerNode;
  /** Dotted. */
  readonly oid: string;
  /** `CN`, `O`, …; the dotted form where it has no short name. */
  readonly typeName: string;
  /** `PrintableString`, `UTF8String`, …; the ASN.1 type of the value whatever it is. */
  readonly stringType: string;
  /** The value as text; of something that is no string, `#` and its encoding in hex (RFC 4514 §2.4). */
  readonly text: string;
  readonly valueNode: BerNode;
  readonly problems: readonly string[];
}

/** A distinguished name (RFC 5280 §4.1.2.4) in the order of its encoding. */
export interface NameView {
  readonly node: BerNode;
  /** One entry per RelativeDistinguishedName, each with its attributes. */
  readonly rdns: readonly (readonly NameAttribute[])[];
  /** The attributes of all of them, one behind the other. */
  readonly attributes: readonly NameAttribute[];
  /**
   * The string of RFC 4514, which begins with the last RDN, as Windows shows it and as people type it:
   * `CN=dev7.example.com,O=Example`. Not yet fit for display where hostile characters are in it.
   */
  readonly text: string;
}

/** Reads a Name; undefined where the node is no SEQUENCE. What is malformed inside is left out or shown as `#` and hex. */
export function readName(node: BerNode | undefined): NameView | undefined {
  return node?.isSequence ? nameOf(node, node.children) : undefined;
}

/** Reads a RelativeDistinguishedName that stands alone, however it is tagged, as a name of one step. */
export function readRelativeName(node: BerNode): NameView {
  return nameOf(node, [node]);
}

function nameOf(node: BerNode, steps: readonly BerNode[]): NameView {
  const rdns: NameAttribute[][] = [];
  const attributes: NameAttribute[] = [];
  let text = "";
  // One loop, for every message and every certificate has names.
  for (const step of steps) {
    const rdn = readEach(step, readNameAttribute);
    text = rdns.length === 0 ? stepText(rdn) : `${stepText(rdn)},${text}`;
    rdns.push(rdn);
    // Not as arguments, of which there may be no more than some ten thousand.
    for (const attribute of rdn) attributes.push(attribute);
  }
  return { node, rdns, attributes, text };
}

function stepText(rdn: readonly NameAttribute[]): string {
  const [only] = rdn;
  return only && rdn.length === 1 ? pairText(only) : rdn.map(pairText).join("+");
}

function pairText({ typeName, text }: NameAttribute): string {
  return `${typeName}=${escapeValue(text)}`;
}

/** The text of the first attribute of that type, or undefined: `nameAttribute(subject, oid.commonName)`. */
export function nameAttribute(name: NameView, type: string): string | undefined {
  return name.attributes.find((attribute) => attribute.oid === type)?.text;
}

/** Whether two names are the same, octet for octet, which is how issuers are matched in practice (RFC 5280 §7.1 allows it). */
export function sameName(a: NameView, b: NameView): boolean {
  return sameEncoding(a.node, b.node);
}

function readNameAttribute(node: BerNode): NameAttribute | undefined {
  const type = node.child(0);
  const valueNode = node.child(1);
  if (!type?.isUniversal(Tag.objectIdentifier) || !valueNode) return undefined;
  const oid = oidOf(type) ?? "unreadable";
  const reading = decodeString(valueNode);
  return {
    node,
    oid,
    typeName: oidName(oid) ?? oid,
    stringType: valueNode.tagName,
    text: reading?.text ?? `#${toHex(valueNode.encoding)}`,
    valueNode,
    problems: reading?.problems ?? [`A string was expected, but there is ${valueNode.tagName}.`],
  };
}

/** RFC 4514 §2.4. */
function escapeValue(text: string): string {
  if (!/[\\",+;<>]|^[ #]| $/.test(text)) return text;
  return text
    .replace(/[\\",+;<>]/g, (character) => `\\${character}`)
    .replace(/^[ #]/, (character) => `\\${character}`)
    .replace(/ $/, "\\ ");
}
