import { identifies } from "../../cms/certificateOf.js";
import { allowsKeyUsage } from "../../x509/extensionValues.js";
import { roleWords, shortName } from "../describe/certificateWords.js";
import type { Rule } from "./rule.js";

/** `scep.recipient.wrongRole` */
export const scepRecipientWrongRole: Rule<"pkiMessage"> = {
  code: "scep.recipient.wrongRole",
  severity: "error",
  title: "The request is enveloped for a certificate that cannot open it",
  why: "A client envelopes its request for the RA's encryption certificate, the one with keyEncipherment, and not for the RA's signing certificate or for a CA behind an RA. NDES then cannot decrypt (event 18, 0x80090005) and answers with something that is no SCEP message.",
  remedy:
    "Envelope for the certificate of GetCACert whose key usage is keyEncipherment, and fetch GetCACert anew if the RA's certificates were renewed.",
  citation: "RFC 8894 §2.1.2, §3.2.2",
  appliesTo: "pkiMessage",
  check: ({ attributes, envelope, known }) => {
    if (!envelope || attributes.messageType?.value === "3" || known.length === 0) return [];
    const hasEncryptionRa = known.some(({ role }) => role === "raEncryption" || role === "ra");
    return envelope.view.recipients.slice(0, 20).flatMap((recipient) => {
      if (recipient.type !== "keyTrans") return [];
      const found = known.find(({ certificate }) => identifies(recipient.rid, certificate));
      if (!found) return [];
      const { certificate, role } = found;
      const isCa = role === "issuingCa" || role === "rootCa";
      const behindRa = isCa && hasEncryptionRa;
      if (role !== "raSigning" && !behindRa && allowsKeyUsage(certificate, "keyEncipherment")) return [];
      const words = `The request is enveloped for ${shortName(certificate)}, the ${roleWords[role]} certificate, `;
      return [
        {
          at: "envelope",
          message: behindRa
            ? `${words}but it is the RA that has to open it.`
            : `${words}whose key usage does not allow keyEncipherment.`,
          // A lone CA may open the request all the same; an RA that keeps two keys apart cannot.
          severity: behindRa || role === "raSigning" ? ("error" as const) : ("warning" as const),
          range: { start: recipient.node.start, end: recipient.node.end },
        },
      ];
    });
  },
};
