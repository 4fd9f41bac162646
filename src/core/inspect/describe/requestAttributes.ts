import { decodeSmallInteger } from "../../asn1/integer.js";
import { octetString } from "../../asn1/octets.js";
import { oid } from "../../asn1/oids.js";
import { decodeString } from "../../asn1/strings.js";
import { Tag } from "../../asn1/tag.js";
import type { BerNode } from "../../asn1/berNode.js";
import type { AttributeView } from "../../x509/attribute.js";
import { readExtensions } from "../../x509/extension.js";
import type { ReportNode } from "../report.js";
import { type Described, type Describer, identifierName, joined, listNodes } from "./extensions/described.js";
import { extensionNode } from "./extensionNodes.js";
import { leafValue } from "./leafValue.js";
import { count, type Frame, hexValue, inside, node, textValue } from "./nodes.js";

/** The node of one attribute of a request, its value in words and its parts below it. */
export function requestAttributeNode(frame: Frame, segment: string, attribute: AttributeView): ReportNode {
  const below = inside(frame, segment, attribute.node);
  const [value] = attribute.values;
  const described = value ? describeAttribute(attribute.oid, value, below) : { value: "no value" };
  const more = attribute.values.length - 1;
  const shown = node(
    frame,
    segment,
    attribute.name,
    {
      value: more > 0 ? `${described.value} (and ${count(more, "more value")})` : described.value,
      copyValue: described.copyValue,
      from: attribute.node,
    },
    described.children,
  );
  return shown.explanation === undefined
    ? { ...shown, explanation: `The attribute ${attribute.oid}.`, citation: "RFC 2986 §4.1" }
    : shown;
}

function describeAttribute(type: string, value: BerNode, frame: Frame): Described {
  const known = describers[type]?.(value, frame);
  if (known) return known;
  return value.constructed ? { value: `${value.tagName}, ${count(value.length, "byte")}` } : leafValue(value);
}

/** `10.0.20348.2`: major, minor and build number, and the platform, 2 for Windows NT. */
const osVersion: Describer = (value) => {
  const reading = decodeString(value);
  if (!reading) return undefined;
  const match = /^(\d+\.\d+)\.(\d+)\.2$/.exec(reading.text);
  const { value: shown } = textValue(reading.text);
  return {
    value: match ? `${shown}: Windows ${match[1]}, build ${match[2]} (${reading.type})` : `${shown} (${reading.type})`,
    copyValue: reading.text,
  };
};

/** The clients of Windows by their numbers (RequestClientInfoClientId). */
const clientIds: Readonly<Record<string, string>> = {
  "0": "none",
  "1": "XEnroll of 2003",
  "2": "autoenrolment of 2003",
  "3": "request wizard of 2003",
  "4": "certreq of 2003",
  "5": "default request",
  "6": "autoenrolment",
  "7": "request wizard",
  "8": "enrolment on behalf of others",
  "9": "certreq",
  "10": "test",
  "11": "WinRT",
  "1000": "first of a user's own",
};

/** Who made the request: program, machine, user and process. */
const clientInfo: Describer = (value, frame) => {
  const [clientId, ...names] = value.isSequence ? value.children : [];
  if (!clientId?.isUniversal(Tag.integer)) return undefined;
  const number = String(decodeSmallInteger(clientId));
  const client = clientIds[number] === undefined ? number : `${number} ${clientIds[number]}`;
  const texts = names.map((name) => decodeString(name)?.text ?? "unreadable");
  const [machine, user, process] = texts;
  return {
    ...textValue(`${process ?? "?"} (${client}) of ${user ?? "?"} on ${machine ?? "?"}`),
    children: [
      node(frame, "clientId", "clientId", { value: client, from: clientId, guide: "requestClientInfo" }),
      ...(["machineName", "userName", "processName"] as const).map((label, index) => {
        const from = names[index];
        return (
          from && node(frame, label, label, { ...textValue(texts[index] ?? ""), from, guide: "requestClientInfo" })
        );
      }),
    ],
  };
};

const keySpecs: Readonly<Record<string, string>> = { "0": "none (CNG)", "1": "AT_KEYEXCHANGE", "2": "AT_SIGNATURE" };

/** The provider that keeps the private key. */
const cspProvider: Describer = (value, frame) => {
  const [keySpec, name, signature] = value.isSequence ? value.children : [];
  const reading = name && decodeString(name);
  if (!keySpec?.isUniversal(Tag.integer) || !name || !reading) return undefined;
  const number = String(decodeSmallInteger(keySpec));
  return {
    ...textValue(reading.text),
    children: [
      node(frame, "keySpec", "keySpec", {
        value: keySpecs[number] === undefined ? number : `${number} ${keySpecs[number]}`,
        from: keySpec,
        guide: "enrollmentCspProvider",
      }),
      node(frame, "cspName", "cspName", {
        ...textValue(reading.text),
        from: name,
        guide: "enrollmentCspProvider",
      }),
      signature &&
        node(frame, "signature", "signature", {
          ...leafValue(signature),
          from: signature,
          guide: "enrollmentCspProvider",
        }),
    ],
  };
};

/** One name with its value, as certreq's -attrib sends them. */
const nameValuePair: Describer = (value) => {
  const [name, text] = value.isSequence ? value.children.map((child) => decodeString(child)?.text) : [];
  return name === undefined ? undefined : textValue(`${name} = ${text ?? ""}`);
};

const octets: Describer = (value) => (value.isUniversal(Tag.octetString) ? hexValue(octetString(value)) : undefined);

/** Extensions that are asked for in Microsoft's old attribute. */
const extensions: Describer = (value, frame) => {
  const list = readExtensions(value);
  if (!value.isSequence) return undefined;
  return {
    value: joined(list.map(({ name }) => name)) || "none",
    children: listNodes(frame, list, (extension, segment) => extensionNode(frame, segment, extension)),
  };
};

/** SMIMECapabilities (RFC 8551 §2.5.2): the algorithms that the client can do, best first. */
const smimeCapabilities: Describer = (value) => {
  if (!value.isSequence) return undefined;
  return { value: joined(value.children.map((capability) => identifierName(capability.child(0)) ?? "unreadable")) };
};

/** How the value of each known attribute is worded, by its dotted identifier. */
const describers: Readonly<Partial<Record<string, Describer>>> = {
  [oid.osVersion]: osVersion,
  [oid.requestClientInfo]: clientInfo,
  [oid.enrollmentCspProvider]: cspProvider,
  [oid.enrollmentNameValuePair]: nameValuePair,
  [oid.encryptedKeyHash]: octets,
  [oid.certExtensions]: extensions,
  [oid.smimeCapabilities]: smimeCapabilities,
};
