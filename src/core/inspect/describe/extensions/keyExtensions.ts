import { toHex } from "../../../asn1/hex.js";
import { bitString, octetString } from "../../../asn1/octets.js";
import { Tag } from "../../../asn1/tag.js";
import { integerHex, decodeSmallInteger } from "../../../asn1/integer.js";
import { decodeTimeContent } from "../../../asn1/times.js";
import { keyUsageNames } from "../../../x509/extensionValues.js";
import { readGeneralNames } from "../../../x509/generalName.js";
import { count, hexValue, inside, node, textValue, timeValue } from "../nodes.js";
import { leafValue } from "../leafValue.js";
import { type Describer, identifierName, identifierOf, identifierText, joined, listNodes } from "./described.js";
import { generalNameNode, generalNamesText } from "./generalNameNodes.js";

/** A BIT STRING whose bits have names, first bit first. */
export function namedBits(names: readonly string[]): Describer {
  return (value) => {
    const bits = value.isUniversal(Tag.bitString) || !value.constructed ? bitString(value) : undefined;
    if (!bits) return undefined;
    const set = names.filter((_, i) => ((bits.bytes[i >> 3] ?? 0) & (0x80 >> (i & 7))) !== 0);
    return { value: set.join(", ") || "none" };
  };
}

/** KeyUsage (RFC 5280 §4.2.1.3). */
export const keyUsage: Describer = namedBits(keyUsageNames);

/** Netscape's certificate types, in the order of their bits. */
export const netscapeCertType: Describer = namedBits([
  "SSL client",
  "SSL server",
  "S/MIME",
  "object signing",
  "reserved",
  "SSL CA",
  "S/MIME CA",
  "object signing CA",
]);

/** ExtKeyUsage (RFC 5280 §4.2.1.12): the purposes by name. */
export const extKeyUsage: Describer = (value, frame) => {
  if (!value.isSequence) return undefined;
  const purposes = value.children;
  return {
    value: joined(purposes.map((purpose) => identifierName(purpose) ?? "unreadable")),
    children: listNodes(frame, purposes, (purpose, segment) =>
      node(frame, segment, "KeyPurposeId", {
        value: identifierText(identifierOf(purpose) ?? "unreadable"),
        from: purpose,
      }),
    ),
  };
};

/** BasicConstraints (RFC 5280 §4.2.1.9). */
export const basicConstraints: Describer = (value, frame) => {
  if (!value.isSequence) return undefined;
  const flag = value.children.find((child) => child.isUniversal(Tag.boolean));
  const length = value.children.find((child) => child.isUniversal(Tag.integer));
  const isCa = flag !== undefined && flag.content[0] !== 0;
  const pathLength = decodeSmallInteger(length);
  const words = pathLength === undefined ? "CA" : `CA, with at most ${count(Math.max(pathLength, 0), "CA")} below it`;
  return {
    value: isCa ? words : "no CA",
    children: [
      node(frame, "cA", "cA", { value: isCa ? "TRUE" : "FALSE", from: flag ?? value }),
      length && node(frame, "pathLenConstraint", "pathLenConstraint", { ...leafValue(length), from: length }),
    ],
  };
};

/** A key identifier, an OCTET STRING (RFC 5280 §4.2.1.2). */
export const octets: Describer = (value) =>
  value.isUniversal(Tag.octetString) ? hexValue(octetString(value)) : undefined;

/** AuthorityKeyIdentifier (RFC 5280 §4.2.1.1): the issuer's key, and its certificate by issuer and serial number. */
export const authorityKeyIdentifier: Describer = (value, frame) => {
  if (!value.isSequence) return undefined;
  const key = value.contextChild(0);
  const issuer = value.contextChild(1);
  const serial = value.contextChild(2);
  const names = readGeneralNames(issuer);
  const words = [
    ...(key ? [hexValue(octetString(key)).value] : []),
    ...(issuer ? [generalNamesText(names)] : []),
    ...(serial ? [`serial ${integerHex(serial)}`] : []),
  ];
  const below = inside(frame, "authorityCertIssuer", issuer);
  return {
    ...textValue(words.join(", ") || "empty"),
    copyValue: key ? toHex(octetString(key)) : undefined,
    children: [
      key && node(frame, "keyIdentifier", "keyIdentifier", { ...hexValue(octetString(key)), from: key }),
      issuer &&
        node(
          frame,
          "authorityCertIssuer",
          "authorityCertIssuer",
          { ...textValue(generalNamesText(names)), from: issuer },
          listNodes(below, names, (name, segment) => generalNameNode(below, segment, name)),
        ),
      serial &&
        node(frame, "authorityCertSerialNumber", "authorityCertSerialNumber", {
          value: integerHex(serial),
          from: serial,
        }),
    ],
  };
};

/** PrivateKeyUsagePeriod (RFC 3280 §4.2.1.4): when the private key may be used. */
export const privateKeyUsagePeriod: Describer = (value, frame) => {
  if (!value.isSequence) return undefined;
  const [from, until] = [value.contextChild(0), value.contextChild(1)];
  const text = (time: typeof from): string | undefined => time && timeValue(decodeTimeContent(time));
  const parts = [from && `from ${text(from)}`, until && `until ${text(until)}`].filter((part) => part !== undefined);
  return {
    value: parts.join(" ") || "no limit",
    children: [
      from && node(frame, "notBefore", "notBefore", { value: text(from), from, guide: "privateKeyUsagePeriod" }),
      until && node(frame, "notAfter", "notAfter", { value: text(until), from: until, guide: "privateKeyUsagePeriod" }),
    ],
  };
};

/** TLS features that a server promises (RFC 7633), by the numbers of TLS's extensions. */
const tlsFeatures: Readonly<Record<string, string>> = {
  "5": "status_request (OCSP must-staple)",
  "17": "status_request_v2 (OCSP must-staple)",
};

/** TLSFeature (RFC 7633 §4.2.3). */
export const tlsFeature: Describer = (value) => {
  if (!value.isSequence) return undefined;
  const numbers = value.children.map((child) => String(decodeSmallInteger(child)));
  return { value: joined(numbers.map((number) => tlsFeatures[number] ?? number)) };
};

/** An extension that says all by being there: its value is NULL. */
export function present(words: string): Describer {
  return (value) => (value.isUniversal(Tag.null) ? { value: words } : undefined);
}

/** An extension whose value is one primitive value. */
export const leaf: Describer = (value) => (value.constructed ? undefined : leafValue(value));

/** EntrustVersInfo (1.2.840.113533.7.65.0): a version, and flags. */
export const entrustVersion: Describer = (value) => {
  const [version, flags] = value.isSequence ? value.children : [];
  if (!version) return undefined;
  const bits =
    flags &&
    namedBits(["keyUpdateAllowed", "newExtensions", "pKIXCertificate"])(flags, { path: "", buffer: value.bytes });
  return textValue([leafValue(version).copyValue ?? leafValue(version).value, bits?.value].filter(Boolean).join(", "));
};
