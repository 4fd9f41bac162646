import type { BerNode } from "../../../asn1/berNode.js";
import { oidName } from "../../../asn1/oidNames.js";
import { octetString } from "../../../asn1/octets.js";
import { oidToString } from "../../../asn1/oid.js";
import { type GeneralNameView, readGeneralName, readGeneralNames } from "../../../x509/generalName.js";
import { readName } from "../../../x509/name.js";
import { readOtherName } from "../../../x509/otherName.js";
import { securityIdentifierOfUri } from "../../../x509/securityIdentifier.js";
import type { ReportNode } from "../../report.js";
import { nameAttributeNodes } from "../nameNodes.js";
import { type Frame, hexValue, inside, node, textValue } from "../nodes.js";
import { type Describer, joined, listNodes } from "./described.js";

/** General names as OpenSSL writes them: `DNS:dev7.example.com, IP:10.0.0.7`. */
export function generalNamesText(names: readonly GeneralNameView[]): string {
  return joined(names.map(generalNameText));
}

/** One general name: `DNS:dev7.example.com`. Hostile. */
export function generalNameText({ kind, text }: GeneralNameView): string {
  return `${kind}:${text}`;
}

/** GeneralNames (RFC 5280 §4.2.1.6): a line of all of them, and below it each with what it is. */
export const generalNames: Describer = (value, frame) => {
  if (!value.constructed) return undefined;
  const names = readGeneralNames(value);
  return {
    ...textValue(generalNamesText(names) || "none"),
    children: listNodes(frame, names, (name, segment) => generalNameNode(frame, segment, name)),
  };
};

/** The node of one general name; a directory name has its attributes below it. */
export function generalNameNode(frame: Frame, segment: string, name: GeneralNameView): ReportNode {
  const { node: from, kind } = name;
  const below = inside(frame, segment, from);
  switch (kind) {
    case "otherName": {
      const other = readOtherName(from);
      if (!other) return node(frame, segment, kind, { ...hexValue(from.content), from, guide: "generalName" });
      return node(frame, segment, oidName(other.type) ?? `otherName ${other.type}`, {
        ...textValue(other.value),
        from,
        explanation: `A name of the form ${other.type}, which is carried as otherName.`,
        citation: "RFC 5280 §4.2.1.6",
      });
    }
    case "DirName": {
      const directory = readName(from.child(0));
      return node(
        frame,
        segment,
        kind,
        { ...textValue(name.text), from, guide: "generalName" },
        directory ? nameAttributeNodes(below, directory) : [],
      );
    }
    case "registeredID": {
      const named = oidName(oidToString(octetString(from)) ?? "");
      const value = named === undefined ? name.text : `${named} (${name.text})`;
      return node(frame, segment, kind, { value, copyValue: name.text, from, guide: "generalName" });
    }
    case "URI": {
      const sid = securityIdentifierOfUri(name.text);
      if (sid === undefined) break;
      return node(frame, segment, kind, { ...textValue(name.text), from, guide: "sidUri" }, [
        node(below, "sid", "sid", { ...textValue(sid), from }),
      ]);
    }
    case "x400Address":
      return node(frame, segment, kind, { ...hexValue(from.encoding), from, guide: "generalName" });
    default:
  }
  return node(frame, segment, kind, { ...textValue(name.text), from, guide: "generalName" });
}

/** One GeneralName where exactly one stands, as in an access description. */
export function generalNameLine(from: BerNode): string {
  return generalNameText(readGeneralName(from));
}
