import type { BerNode } from "../asn1/berNode.js";
import { toHex } from "../asn1/hex.js";
import { visibleText } from "../asn1/visibleText.js";
import { type MacVerification, verifyMac } from "../cms/authenticatedData.js";
import type { AuthenticatedDataView } from "../cms/otherContent.js";
import { frameOf, type Place } from "./assemble.js";
import { contentWords } from "./describe/messageNodes.js";
import { hexValue, node } from "./describe/nodes.js";
import { recipientNode } from "./describe/recipientNodes.js";
import { reportOnEnclosed } from "./enclosedContent.js";
import type { AuthenticatedDataFacts } from "./facts/cmsFacts.js";
import { knownRoles } from "./knownCertificates.js";
import { contentTypeNode, reportOnOtherContent } from "./otherContentReports.js";
import { secretsOf } from "./pkiMessageParts.js";
import type { NodeStatus, Report, Verdict } from "./report.js";
import { encodingOf } from "./structureOf.js";

/** The report on an AuthenticatedData (RFC 5652 §9): for whom it is and whether its MAC is right. */
export async function reportOnAuthenticatedData(
  view: AuthenticatedDataView,
  root: BerNode,
  place: Place,
): Promise<Report> {
  const known = knownRoles(place.context);
  const candidates = known.map(({ certificate }) => certificate);
  const enclosed = await reportOnEnclosed(view.content, view.contentType, place);
  const frame = frameOf(place, root.bytes);
  const { keys, others, nameOf } = await secretsOf(place.context, candidates);
  const mac = await verifyMac(place.context.crypto, view, keys, others);
  const words = mac.verdict === "valid" ? `right, with ${visibleText(nameOf(mac) ?? "a known key", 100)}` : mac.reason;
  const facts: AuthenticatedDataFacts = {
    kind: "authenticatedData",
    ...place.source,
    encoding: encodingOf(root),
    contentType: view.contentType,
    macAlgorithm: view.macAlgorithm.name,
    mac: mac.verdict,
    ...(mac.verdict !== "valid" && { reason: mac.reason }),
  };
  const headline = `AuthenticatedData · ${view.macAlgorithm.name}`;
  return reportOnOtherContent(
    place,
    root,
    "AuthenticatedData",
    view.macAlgorithm.name,
    facts,
    enclosed,
    verdictOn(mac, headline),
    [
      ...view.recipients
        .slice(0, 100)
        .map((recipient, index) => recipientNode(frame, String(index), recipient, candidates, known)),
      node(frame, "macAlgorithm", "macAlgorithm", {
        value: view.macAlgorithm.name,
        explanation: "How the MAC was made.",
        citation: "RFC 5652 §9.1",
        from: view.macAlgorithm.node,
      }),
      node(frame, "mac", "mac", {
        value: `${hexValue(view.mac).value}: ${words}`,
        copyValue: toHex(view.mac),
        explanation: "The message authentication code, checked where a key of one of the recipients is at hand.",
        citation: "RFC 5652 §9",
        status: { valid: "ok", invalid: "error", unchecked: undefined }[mac.verdict] as NodeStatus | undefined,
        from: view.macNode,
      }),
      contentTypeNode(place, root, view.contentType),
      node(frame, "content", "content", {
        value: view.content ? contentWords(view.content) : "absent (detached)",
        from: view.contentNode,
      }),
    ],
  );
}

function verdictOn(mac: MacVerification, headline: string): Verdict {
  const inClear = "The content is in clear, with a MAC whose key its recipients can open.";
  switch (mac.verdict) {
    case "valid":
      return {
        status: "ok",
        headline: `${headline} · valid`,
        sentence: "The content is in clear, and its MAC is right.",
      };
    case "invalid":
      return {
        status: "error",
        headline: `${headline} · invalid`,
        sentence: mac.reason,
        remedy: "Get the message anew from whoever made it.",
      };
    case "unchecked":
      return {
        status: "info",
        headline,
        sentence: `${inClear} It is not checked: ${mac.reason}`,
        remedy: "Give the private key, the password or the secret key of one of its recipients.",
      };
  }
}
