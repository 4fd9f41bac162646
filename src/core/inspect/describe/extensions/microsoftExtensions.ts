import { decodeInteger, decodeSmallInteger } from "../../../asn1/integer.js";
import { octetString } from "../../../asn1/octets.js";
import { decodeString } from "../../../asn1/strings.js";
import { Tag } from "../../../asn1/tag.js";
import { guidText } from "../../../x509/guid.js";
import { isSecurityIdentifier, securityIdentifier } from "../../../x509/securityIdentifier.js";
import { hexValue, node, textValue } from "../nodes.js";
import { leafValue } from "../leafValue.js";
import { type Describer, identifierName, identifierOf, identifierText } from "./described.js";

/** The name of a certificate template of version 1, a BMPString ([MS-WCCE] §2.2.2.7.7.1). */
export const certificateTemplateName: Describer = (value) => {
  const text = decodeString(value)?.text;
  return text === undefined ? undefined : textValue(text);
};

/** A certificate template by identifier and version ([MS-WCCE] §2.2.2.7.7.2). */
export const certificateTemplate: Describer = (value, frame) => {
  const [template, major, minor] = value.isSequence ? value.children : [];
  const name = identifierName(template);
  if (!template || name === undefined) return undefined;
  const [majorVersion, minorVersion] = [decodeSmallInteger(major), decodeSmallInteger(minor)];
  const dotted = minorVersion === undefined ? "" : `.${minorVersion}`;
  return {
    value: majorVersion === undefined ? name : `${name}, version ${majorVersion}${dotted}`,
    copyValue: identifierOf(template),
    children: [
      node(frame, "templateID", "templateID", { value: identifierText(identifierOf(template) ?? ""), from: template }),
      major && node(frame, "majorVersion", "templateMajorVersion", { ...leafValue(major), from: major }),
      minor && node(frame, "minorVersion", "templateMinorVersion", { ...leafValue(minor), from: minor }),
    ],
  };
};

/** The CA's certificate and key, counted from 0: the key's number in the upper 16 bits ([MS-WCCE] §2.2.2.7.7 CA version). */
export const caVersion: Describer = (value, frame) => {
  if (!value.isUniversal(Tag.integer) || value.content.length > 8) return undefined;
  const version = Number(decodeInteger(value));
  if (version < 0) return undefined;
  const [key, certificate] = [Math.floor(version / 0x10000), version % 0x10000];
  return {
    value: `V${certificate}.${key}: the CA's certificate number ${certificate}, its key number ${key}`,
    copyValue: String(version),
    children: [
      node(frame, "certificateIndex", "certificateIndex", {
        value: String(certificate),
        from: value,
        guide: "caVersion",
      }),
      node(frame, "keyIndex", "keyIndex", { value: String(key), from: value, guide: "caVersion" }),
    ],
  };
};

/** The account that a certificate stands for (KB5014754). */
export const ntdsCaSecurityExt: Describer = (value, frame) => {
  const sid = securityIdentifier(value);
  if (sid === undefined) return undefined;
  const shown = textValue(sid);
  return {
    ...shown,
    value: isSecurityIdentifier(sid) ? shown.value : `${shown.value} (not of the form S-1-…)`,
    children: [node(frame, "sid", "sid", { ...shown, from: value })],
  };
};

/** The GUID of a domain controller's directory service, in an OCTET STRING. */
export const ntdsReplication: Describer = (value) => {
  const octets = value.isUniversal(Tag.octetString) ? octetString(value) : undefined;
  return octets && { value: guidText(octets) ?? hexValue(octets).value };
};

/** A digest of the CA's certificate before this one. */
export const previousCaCertificateHash: Describer = (value) =>
  value.isUniversal(Tag.octetString) ? hexValue(octetString(value)) : undefined;
