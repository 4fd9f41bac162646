import type { BerNode } from "../../asn1/berNode.js";
import { bitLength } from "../../asn1/integer.js";
import { bitString } from "../../asn1/octets.js";
import { oidToString } from "../../asn1/oid.js";
import { oid } from "../../asn1/oids.js";
import { Tag } from "../../asn1/tag.js";
import type { PublicKeyView } from "../../x509/publicKey.js";
import type { ReportNode } from "../report.js";
import { publicKeyText } from "./certificateWords.js";
import { leafValue } from "./leafValue.js";
import { count, type Frame, hexValue, inside, node } from "./nodes.js";

/** The public key of a certificate or request, with what it is made of. */
export function publicKeyNode(frame: Frame, key: PublicKeyView): ReportNode {
  const below = inside(frame, "subjectPublicKeyInfo", key.node);
  const value = publicKeyText(key);
  return node(
    frame,
    "subjectPublicKeyInfo",
    "subjectPublicKeyInfo",
    { value, from: key.node },
    publicKeyParts(below, key, key.node),
  );
}

/** The numbers or octets of a public key; `spki` is the SubjectPublicKeyInfo around it, where there is one. */
export function publicKeyParts(
  frame: Frame,
  key: Pick<PublicKeyView, "rsa" | "curve">,
  spki: BerNode | undefined,
): (ReportNode | undefined)[] {
  if (key.rsa) {
    const { modulus, publicExponent } = key.rsa;
    return [
      node(frame, "modulus", "modulus", { ...hexValue(modulus.content), from: modulus }),
      node(frame, "publicExponent", "publicExponent", { ...leafValue(publicExponent), from: publicExponent }),
    ];
  }
  const [algorithm, subjectPublicKey] = spki?.children ?? [];
  const parameters = algorithm?.child(1);
  const octets = subjectPublicKey?.isUniversal(Tag.bitString) ? bitString(subjectPublicKey)?.bytes : undefined;
  if (!subjectPublicKey || !octets) return [];
  const isDsa = oidToString(algorithm?.child(0)?.content ?? new Uint8Array()) === oid.dsa;
  const dsa = isDsa && parameters?.isSequence ? parameters.children : [];
  const form = key.curve === undefined ? undefined : pointForm(octets);
  return [
    key.curve === undefined || !parameters
      ? undefined
      : node(frame, "curve", "curve", { value: key.curve, from: parameters, guide: "subjectPublicKey" }),
    ...(["p", "q", "g"] as const).map((name, index) => {
      const from = dsa[index];
      return (
        from &&
        node(frame, name, name, {
          value: count(bitLength(from), "bit"),
          copyValue: hexValue(from.content).copyValue,
          from,
          guide: "subjectPublicKey",
        })
      );
    }),
    node(frame, "subjectPublicKey", "subjectPublicKey", {
      ...hexValue(octets),
      ...(form !== undefined && { value: `${form}: ${hexValue(octets).value}` }),
      from: subjectPublicKey,
    }),
  ];
}

/** How a point of a curve is written (SEC 1 §2.3.3). */
function pointForm(octets: Uint8Array): string | undefined {
  switch (octets[0]) {
    case 2:
    case 3:
      return "compressed point";
    case 4:
      return "uncompressed point";
    default:
      return undefined;
  }
}
