import { sameBytes } from "../../asn1/octets.js";
import { toHex } from "../../asn1/hex.js";
import { hresult } from "../../ndes/hresult.js";
import { failInfos, messageTypes, pkiStatuses } from "../../scep/messageType.js";
import type { OctetsAttribute, ScepAttributes, TextAttribute } from "../../scep/pkiMessage.js";
import type { RequestOfResponse } from "../context.js";
import { firstClause } from "../diagnose/firstClause.js";
import type { NodeStatus, ReportNode } from "../report.js";
import { missingAttributes } from "../requiredAttributes.js";
import type { PkiMessageSubject } from "../subject.js";
import { count, type Frame, hexValue, node, textValue } from "./nodes.js";

/** What a reply says first: pkiStatus, failInfo, failInfoText and NDES's HRESULT, each absent where the message has none. */
export function resultNodes(frame: Frame, attributes: ScepAttributes): (ReportNode | undefined)[] {
  const { pkiStatus, failInfo, failInfoText, scepError } = attributes;
  const vague = failInfo?.value === "2" && scepError ? ": NDES says this for nearly every cause" : "";
  return [
    pkiStatus && codedNode(frame, "pkiStatus", pkiStatus, pkiStatuses, statusOf(pkiStatus.value)),
    failInfo && codedNode(frame, "failInfo", failInfo, failInfos, "error", vague),
    failInfoText &&
      node(frame, "failInfoText", "failInfoText", {
        ...textValue(failInfoText.value),
        status: "error",
        from: failInfoText.attribute.node,
      }),
    scepError && scepErrorNode(frame, scepError),
  ];
}

function statusOf(pkiStatus: string): NodeStatus {
  switch (pkiStatus) {
    case "0":
      return "ok";
    case "3":
      return "warning";
    default:
      return "error";
  }
}

function codedNode(
  frame: Frame,
  label: "pkiStatus" | "failInfo" | "messageType",
  attribute: TextAttribute,
  names: Readonly<Record<string, string>>,
  status?: NodeStatus,
  more = "",
): ReportNode {
  const name = names[attribute.value] ?? "(unknown)";
  return node(frame, label, label, {
    value: `${textValue(attribute.value).value} ${name}${more}`,
    copyValue: attribute.value,
    status,
    from: attribute.attribute.node,
  });
}

function scepErrorNode(frame: Frame, scepError: NonNullable<ScepAttributes["scepError"]>): ReportNode {
  const from = scepError.attribute.node;
  if (scepError.hresult === undefined) {
    return node(frame, "scepError", "NDES error", { ...textValue(scepError.value), status: "error", from });
  }
  const error = hresult(scepError.hresult);
  return node(frame, "scepError", "NDES error", {
    value: `${error.hex} ${error.name}: ${firstClause(error.meaning ?? error.text)}`,
    copyValue: error.hex,
    status: "error",
    explanation: [error.text, error.meaning, error.remedy].filter((part) => part !== undefined).join(" "),
    from,
  });
}

/** messageType, transactionID and the nonces, compared with the request's where that is known. */
export function fieldNodes(
  frame: Frame,
  message: PkiMessageSubject,
  request: RequestOfResponse | undefined,
): (ReportNode | undefined)[] {
  const { attributes } = message;
  const { messageType, transactionID, senderNonce, recipientNonce } = attributes;
  const isReply = messageType?.value === "3";
  return [
    messageType && codedNode(frame, "messageType", messageType, messageTypes),
    transactionID && transactionNode(frame, transactionID, isReply ? request?.transactionID : undefined),
    senderNonce && nonceNode(frame, "senderNonce", senderNonce),
    recipientNonce && recipientNonceNode(frame, recipientNonce, isReply ? request?.senderNonce : undefined),
    ...missingAttributes(message).map(({ name, because }) =>
      node(frame, `missing.${name}`, name, { value: `missing; ${because}`, status: "error" }),
    ),
  ];
}

function transactionNode(frame: Frame, transactionID: TextAttribute, expected: string | undefined): ReportNode {
  const { value, copyValue } = textValue(transactionID.value);
  const comparison =
    expected === undefined
      ? ""
      : expected === transactionID.value
        ? ", the request's"
        : `, but the request's is ${textValue(expected).value}`;
  return node(frame, "transactionID", "transactionID", {
    value: `${value}${comparison}`,
    copyValue: copyValue ?? transactionID.value,
    status: expected === undefined ? undefined : expected === transactionID.value ? "ok" : "error",
    from: transactionID.attribute.node,
  });
}

function nonceNode(frame: Frame, label: "senderNonce" | "recipientNonce", nonce: OctetsAttribute): ReportNode {
  return node(frame, label, label, {
    value: `${count(nonce.value.length, "byte")}: ${hexValue(nonce.value).value}`,
    copyValue: toHex(nonce.value),
    from: nonce.attribute.node,
  });
}

function recipientNonceNode(frame: Frame, nonce: OctetsAttribute, expected: string | undefined): ReportNode {
  if (expected === undefined) return nonceNode(frame, "recipientNonce", nonce);
  const matches = toHex(nonce.value) === expected.toLowerCase();
  return node(frame, "recipientNonce", "recipientNonce", {
    value: matches
      ? "matches the request's senderNonce"
      : `${hexValue(nonce.value).value} is not the request's senderNonce, ${textValue(expected).value}`,
    copyValue: toHex(nonce.value),
    status: matches ? "ok" : "error",
    from: nonce.attribute.node,
  });
}

/** The content where it is worth a line: left out or not by a reply that must leave it out, or no envelope. */
export function contentNode(frame: Frame, message: PkiMessageSubject): ReportNode | undefined {
  const { attributes, signedData, envelope } = message;
  const { eContent, eContentNode } = signedData;
  const omits = attributes.pkiStatus?.value === "2" || attributes.pkiStatus?.value === "3";
  if (omits) {
    return eContent
      ? node(frame, "content", "content", {
          value: `${contentWords(eContent)}; RFC 8894 §3.3.2 wants none`,
          status: "warning",
          from: eContentNode,
        })
      : node(frame, "content", "content", { value: "omitted, as RFC 8894 §3.3.2 wants", status: "ok" });
  }
  if (envelope) return undefined;
  if (!eContent) return node(frame, "content", "content", { value: "omitted" });
  return node(frame, "content", "content", {
    value: `${contentWords(eContent)}, not enveloped`,
    from: eContentNode,
  });
}

/** `one 00 byte`, `zero-length`, `402 bytes`. */
export function contentWords(content: Uint8Array): string {
  if (content.length === 0) return "zero-length";
  return sameBytes(content, Uint8Array.of(0)) ? "one 00 byte" : count(content.length, "byte");
}
