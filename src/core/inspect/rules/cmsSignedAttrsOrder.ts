import type { BerNode } from "../../asn1/berNode.js";
import type { Rule } from "./rule.js";

/** `cms.signedAttrs.order` */
export const cmsSignedAttrsOrder: Rule<"pkiMessage"> = {
  code: "cms.signedAttrs.order",
  severity: "info",
  title: "The signed attributes are not in DER's order",
  why: "The signature is over the DER encoding of the attributes, in which a SET OF is sorted. Some receivers sort before they verify, others do not, so that an unsorted set verifies with some and not with others.",
  remedy: "Have the sender sort the attributes as DER does before it signs.",
  citation: "RFC 5652 §5.4; X.690 §11.6",
  appliesTo: "pkiMessage",
  check: ({ signerInfo }) => {
    const node = signerInfo?.signedAttrsNode;
    if (!node || isSorted(node.children.slice(0, 200))) return [];
    return [
      {
        at: "",
        message: "The signed attributes are not sorted as DER demands; some receivers will not verify the signature.",
        range: { start: node.start, end: node.end },
      },
    ];
  },
};

function isSorted(values: readonly BerNode[]): boolean {
  return values.every((value, index) => {
    const before = values[index - 1];
    return !before || compare(before.encoding, value.encoding) <= 0;
  });
}

/** X.690 §11.6: as octet strings, the shorter one padded with zeros at its end. */
function compare(a: Uint8Array, b: Uint8Array): number {
  const length = Math.max(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
