import { fromBase64 } from "../core/asn1/base64.js";
import { buildCertsOnly } from "../core/cms/buildCertsOnly.js";
import { authorityParts } from "./certificateAuthority.js";
import { failureReply } from "./failureReply.js";
import { errorResponse, type ServedRequest, type ServedResponse } from "./httpServer.js";
import { readIncomingMessage } from "./incomingMessage.js";
import type { Breakdown } from "./outcome.js";
import { decide, type Office } from "./pkiOperation.js";
import { queryParameter } from "./query.js";
import { decisionEvent, type ResponderEvent } from "./responderEvent.js";
import { successReply } from "./successReply.js";

/** What NDES 2016 to 2022 sends: AES is not among them, and works. */
const capabilities = ["POSTPKIOperation", "Renewal", "SHA-512", "SHA-256", "SHA-1", "DES3"];

/** Answers the operations of RFC 8894 §4 as NDES does. */
export interface ScepService {
  /** The answer to a request that names an operation; undefined for one that names none. */
  answer(request: ServedRequest): Promise<ServedResponse | undefined>;
}

/** @param report is told of every decision */
export function createScepService(office: Office, report: (event: ResponderEvent) => void): ScepService {
  const { port, authority, now } = office;
  const bundle = buildCertsOnly(authorityParts.map((part) => authority[part].certificate.der));

  const inform = (sentence: string, level: ResponderEvent["level"] = "info"): void =>
    report({ at: now(), level, sentence });

  const breakDown = (outcome: Breakdown): ServedResponse => {
    report(decisionEvent(now(), outcome, undefined, undefined));
    return brokenDown(outcome);
  };

  const pkiOperation = async (request: ServedRequest): Promise<ServedResponse> => {
    const bytes = request.method === "POST" ? request.body : messageOfQuery(request.query);
    if (!bytes) return breakDown(undecodable);
    const incoming = readIncomingMessage(bytes);
    if (incoming.kind !== "message") return breakDown(incoming);
    const { outcome, request: asked } = await decide(office, incoming);
    report(decisionEvent(now(), outcome, incoming.transactionID, asked));
    switch (outcome.kind) {
      case "issued":
        return pkiMessage(await successReply(port, authority, incoming, outcome));
      case "refused":
        return pkiMessage(await failureReply(port, authority.raSigning, incoming, outcome));
      default:
        return brokenDown(outcome);
    }
  };

  return {
    async answer(request) {
      const operation = queryParameter(request.query, "operation");
      switch (operation?.toLowerCase()) {
        case undefined:
          return undefined;
        case "getcacaps":
          inform("GetCACaps answered.");
          return { status: 200, contentType: "text/plain", body: Buffer.from(`${capabilities.join("\n")}\n`) };
        case "getcacert":
          inform("GetCACert answered with four certificates.");
          return { status: 200, contentType: "application/x-x509-ca-ra-cert", body: bundle };
        case "pkioperation":
          return request.method === "HEAD" ? errorResponse(405) : pkiOperation(request);
        default:
          inform("An operation was asked for that is neither GetCACaps, GetCACert nor PKIOperation.", "warning");
          return errorResponse(500);
      }
    },
  };
}

function pkiMessage(body: Uint8Array): ServedResponse {
  return { status: 200, contentType: "application/x-pki-message", body };
}

function brokenDown({ kind }: Breakdown): ServedResponse {
  return kind === "serverError" ? errorResponse(500) : { status: 200, body: new Uint8Array() };
}

const undecodable: Breakdown = {
  kind: "emptyAnswer",
  ndesEvent: 16,
  reason: "The message parameter of the GET is no base64. Percent-encode + / and = in it.",
};

/** Base64 may be broken into lines, but a blank in it was a plus sign once. */
function messageOfQuery(query: string): Uint8Array | undefined {
  const message = queryParameter(query, "message") ?? "";
  return message.includes(" ") ? undefined : fromBase64(message);
}
