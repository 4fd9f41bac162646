import type { BerNode } from "../../asn1/berNode.js";
import { orderOfEncodings } from "../../asn1/sameEncoding.js";
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
    if (!node || isSorted(node.childrenFrom(0, 200))) return [];
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
  return values.every((value, index) => index === 0 || orderOfEncodings(values[index - 1] ?? value, value) <= 0);
}
