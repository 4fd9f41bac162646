import type { BerNode } from "../../../asn1/berNode.js";
import { octetString } from "../../../asn1/octets.js";
import type { GeneralNameView } from "../../../x509/generalName.js";
import { ipAddressText } from "../../../x509/ipAddress.js";
import { readNameConstraints, type SubtreeView } from "../../../x509/nameConstraints.js";
import type { ReportNode } from "../../report.js";
import { count, type Frame, inside, node, textValue } from "../nodes.js";
import { type Describer, listNodes } from "./described.js";

/** NameConstraints (RFC 5280 §4.2.1.10): which names certificates below this CA may and must not have, in words. */
export const nameConstraints: Describer = (value, frame) => {
  const constraints = readNameConstraints(value);
  if (!constraints) return undefined;
  const { permitted, excluded, permittedNode, excludedNode } = constraints;
  const words = [
    permitted.length > 0 && `permitted: ${permitted.slice(0, 20).map(subtreeText).join("; ")}`,
    excluded.length > 0 && `excluded: ${excluded.slice(0, 20).map(subtreeText).join("; ")}`,
  ].filter((word) => word !== false);
  return {
    ...textValue(words.join(" · ") || "none"),
    children: [
      subtrees(frame, "permittedSubtrees", permitted, permittedNode),
      subtrees(frame, "excludedSubtrees", excluded, excludedNode),
    ],
  };
};

function subtrees(
  frame: Frame,
  label: "permittedSubtrees" | "excludedSubtrees",
  list: readonly SubtreeView[],
  from: BerNode | undefined,
): ReportNode | undefined {
  if (!from) return undefined;
  const below = inside(frame, label, from);
  return node(
    frame,
    label,
    label,
    { value: count(list.length, "subtree"), from },
    listNodes(below, list, (subtree, segment) =>
      node(below, segment, subtree.base.kind, {
        ...textValue(`${subtreeText(subtree)}${distance(subtree)}`),
        from: subtree.node,
        guide: "nameConstraints",
      }),
    ),
  );
}

/** RFC 5280 leaves minimum at 0 and has no maximum; others are said. */
function distance({ minimum, maximum }: SubtreeView): string {
  const words = [
    minimum !== undefined && minimum !== 0 && `from ${minimum} steps below`,
    maximum !== undefined && `at most ${maximum} steps below`,
  ].filter((word) => word !== false);
  return words.length > 0 ? ` (${words.join(", ")})` : "";
}

/** What a subtree covers: `DNS names example.com and below`, `addresses 10.0.0.0 – 10.255.255.255 (10.0.0.0/8)`. */
export function subtreeText({ base }: SubtreeView): string {
  const { kind, text } = base;
  switch (kind) {
    case "DNS":
      if (text === "") return "every DNS name";
      return text.startsWith(".") ? `DNS names below ${text.slice(1)}` : `DNS name ${text} and all below it`;
    case "email":
      if (text === "") return "every e-mail address";
      if (text.includes("@")) return `e-mail address ${text}`;
      return text.startsWith(".") ? `e-mail addresses at hosts below ${text.slice(1)}` : `e-mail addresses at ${text}`;
    case "URI":
      if (text === "") return "every URI";
      return text.startsWith(".") ? `URIs on hosts below ${text.slice(1)}` : `URIs on the host ${text}`;
    case "IP":
      return addressRange(base);
    case "DirName":
      return text === "" ? "every directory name" : `directory names under ${text}`;
    case "otherName":
      return `names of the form ${text}`;
    default:
      return `${kind}:${text}`;
  }
}

/** An address and a mask as a prefix and as the first and last address of the range. */
function addressRange({ node: from, text }: GeneralNameView): string {
  const octets = octetString(from);
  if (octets.length !== 8 && octets.length !== 32) return `addresses ${text} (no address with a mask)`;
  const half = octets.length / 2;
  const address = octets.subarray(0, half);
  const mask = octets.subarray(half);
  const prefix = prefixLength(mask);
  if (prefix === undefined) return `addresses ${ipAddressText(address)} with the mask ${ipAddressText(mask)}`;
  if (prefix === 0) return half === 4 ? "every IPv4 address" : "every IPv6 address";
  const first = address.map((octet, i) => octet & (mask[i] as number));
  const last = address.map((octet, i) => octet | (~(mask[i] as number) & 0xff));
  return `addresses ${ipAddressText(first)}/${prefix} (${ipAddressText(first)} – ${ipAddressText(last)})`;
}

function prefixLength(mask: Uint8Array): number | undefined {
  const bits = [...mask].map((octet) => octet.toString(2).padStart(8, "0")).join("");
  const match = /^(1*)0*$/.exec(bits);
  return match?.[1]?.length;
}
