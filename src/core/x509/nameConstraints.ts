import type { BerNode } from "../asn1/berNode.js";
import { decodeSmallInteger } from "../asn1/integer.js";
import { oid } from "../asn1/oids.js";
import { octetString, sameBytes } from "../asn1/octets.js";
import type { CertificateView } from "./certificate.js";
import { findExtension } from "./extension.js";
import { subjectAltNames } from "./extensionValues.js";
import { type GeneralNameKind, type GeneralNameView, readGeneralName } from "./generalName.js";
import { type NameView, readName } from "./name.js";

/** One GeneralSubtree: all names below `base`. */
export interface SubtreeView {
  readonly node: BerNode;
  readonly base: GeneralNameView;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** NameConstraints (RFC 5280 §4.2.1.10). */
export interface NameConstraintsView {
  readonly permitted: readonly SubtreeView[];
  readonly permittedNode: BerNode | undefined;
  readonly excluded: readonly SubtreeView[];
  readonly excludedNode: BerNode | undefined;
}

/** Reads the value of the extension; undefined where it is none. */
export function readNameConstraints(value: BerNode): NameConstraintsView | undefined {
  if (!value.isSequence) return undefined;
  const [permittedNode, excludedNode] = [value.contextChild(0), value.contextChild(1)];
  return {
    permitted: readSubtrees(permittedNode),
    permittedNode,
    excluded: readSubtrees(excludedNode),
    excludedNode,
  };
}

function readSubtrees(node: BerNode | undefined): SubtreeView[] {
  return (node?.children ?? []).flatMap((subtree) => {
    const [base] = subtree.children;
    if (!base) return [];
    const [minimum, maximum] = [0, 1].map((tagNumber) =>
      decodeSmallInteger(subtree.children.slice(1).find((child) => child.isContext(tagNumber))),
    );
    return [
      {
        node: subtree,
        base: readGeneralName(base),
        ...(minimum !== undefined && { minimum }),
        ...(maximum !== undefined && { maximum }),
      },
    ];
  });
}

/** A name of a certificate as a constraint sees it. */
interface ConstrainedName {
  readonly kind: GeneralNameKind;
  readonly text: string;
  readonly octets?: Uint8Array;
  readonly name?: NameView | undefined;
}

/** Names and subtrees that are compared of one pair of certificates; more than that is left undecided. */
const mostCompared = 100_000;

/**
 * The names of a certificate that the name constraints of a CA above it forbid, as RFC 5280 §4.2.1.10 compares them:
 * its subject, its subjectAltNames, and the e-mail addresses in its subject where it has no rfc822Name.
 */
export function forbiddenNames(ca: CertificateView, certificate: CertificateView): readonly string[] {
  const value = findExtension(ca.extensions, oid.nameConstraints)?.value;
  const constraints = value && readNameConstraints(value);
  if (!constraints) return [];
  const names = constrainedNames(certificate);
  if (names.length * (constraints.permitted.length + constraints.excluded.length) > mostCompared) return [];
  return names.filter((name) => isForbidden(name, constraints)).map(({ kind, text }) => `${kind}:${text}`);
}

function constrainedNames(certificate: CertificateView): ConstrainedName[] {
  const { subject } = certificate;
  const alternative = subjectAltNames(certificate).map(({ kind, text, node }): ConstrainedName => {
    const name = kind === "DirName" ? readName(node.child(0)) : undefined;
    return { kind, text, ...(kind === "IP" && { octets: octetString(node) }), name };
  });
  const mails = alternative.some(({ kind }) => kind === "email")
    ? []
    : subject.attributes.filter((attribute) => attribute.oid === oid.emailAddress);
  return [
    ...(subject.rdns.length > 0 ? [{ kind: "DirName" as const, text: subject.text, name: subject }] : []),
    ...mails.map(({ text }) => ({ kind: "email" as const, text })),
    ...alternative,
  ];
}

function isForbidden(name: ConstrainedName, { permitted, excluded }: NameConstraintsView): boolean {
  const within = ({ base }: SubtreeView): boolean => base.kind === name.kind && isWithin(name, base);
  if (excluded.some(within)) return true;
  const ofKind = permitted.filter(({ base }) => base.kind === name.kind);
  return ofKind.length > 0 && !ofKind.some(within);
}

function isWithin(name: ConstrainedName, base: GeneralNameView): boolean {
  switch (name.kind) {
    case "DNS":
      return isHostWithin(name.text, base.text, true);
    case "email": {
      if (base.text.includes("@")) return sameMailbox(name.text, base.text);
      return isHostWithin(name.text.slice(name.text.lastIndexOf("@") + 1), base.text, false);
    }
    case "URI": {
      const host = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]*)/i.exec(name.text)?.[1];
      return host !== undefined && isHostWithin(host, base.text, false);
    }
    case "IP":
      return name.octets !== undefined && isAddressWithin(name.octets, octetString(base.node));
    case "DirName": {
      const tree = readName(base.node.child(0));
      return tree !== undefined && name.name !== undefined && isNameUnder(name.name, tree);
    }
    default:
      return false;
  }
}

/** A host below a domain; `itself` where the domain without a leading dot covers what is below it too (DNS names). */
function isHostWithin(host: string, domain: string, itself: boolean): boolean {
  const [name, tree] = [host.toLowerCase(), domain.toLowerCase()];
  if (tree === "") return true;
  if (tree.startsWith(".")) return name.endsWith(tree) && name.length > tree.length;
  return name === tree || (itself && name.endsWith(`.${tree}`));
}

/** The part before the at sign is compared as it is, the host without regard to case (RFC 5280 §7.5). */
function sameMailbox(a: string, b: string): boolean {
  const at = (text: string): number => text.lastIndexOf("@");
  return a.slice(0, at(a)) === b.slice(0, at(b)) && a.slice(at(a)).toLowerCase() === b.slice(at(b)).toLowerCase();
}

function isAddressWithin(address: Uint8Array, range: Uint8Array): boolean {
  const { length } = address;
  if (range.length !== length * 2) return false;
  return address.every((octet, i) => {
    const mask = range[length + i] as number;
    return (octet & mask) === ((range[i] as number) & mask);
  });
}

/** Whether a name begins with the steps of another, in the order of the encoding; text is compared as RFC 5280 §7.1 does. */
function isNameUnder(name: NameView, tree: NameView): boolean {
  return (
    tree.rdns.length <= name.rdns.length &&
    tree.rdns.every((step, i) => {
      const own = name.rdns[i] ?? [];
      return (
        step.length === own.length &&
        step.every((wanted) =>
          own.some(
            (attribute) =>
              attribute.oid === wanted.oid &&
              (folded(attribute.text) === folded(wanted.text) ||
                sameBytes(attribute.valueNode.encoding, wanted.valueNode.encoding)),
          ),
        )
      );
    })
  );
}

function folded(text: string): string {
  return text.trim().replaceAll(/\s+/g, " ").toLowerCase();
}
