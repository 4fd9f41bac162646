import { Tag } from "../../asn1/tag.js";
import { any, choice, field, fields, listOf, type Shape, tagged } from "./shape.js";
import { explicit, octets } from "./shapePieces.js";

// RFC 5280 §4.1.1.2, §4.1.2.4, §4.2.1.6

/** AlgorithmIdentifier. */
export const algorithmIdentifier = fields("AlgorithmIdentifier", [field("algorithm"), field("parameters")]);

const attributeTypeAndValue = fields("AttributeTypeAndValue", [field("type"), field("value")]);

/** RelativeDistinguishedName. */
export const relativeDistinguishedName = listOf("AttributeTypeAndValue", attributeTypeAndValue);

/** Name. */
export const name = listOf("RelativeDistinguishedName", relativeDistinguishedName);

const ia5String: Shape = { kind: "implicitString", tagNumber: Tag.ia5String };

/** GeneralName. */
export const generalName = choice([
  field(
    "otherName",
    fields("OtherName", [field("type-id"), field("value", explicit("value", any), tagged(0))]),
    tagged(0),
  ),
  field("rfc822Name", ia5String, tagged(1)),
  field("dNSName", ia5String, tagged(2)),
  field("x400Address", any, tagged(3)),
  field("directoryName", explicit("Name", name), tagged(4)),
  field("ediPartyName", any, tagged(5)),
  field("uniformResourceIdentifier", ia5String, tagged(6)),
  field("iPAddress", octets, tagged(7)),
  field("registeredID", { kind: "implicitOid" }, tagged(8)),
]);

/** GeneralNames. */
export const generalNames = listOf("GeneralName", generalName);
