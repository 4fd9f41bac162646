import { toHex } from "../../../asn1/hex.js";
import { octetString } from "../../../asn1/octets.js";
import { Tag } from "../../../asn1/tag.js";
import { readTimestampList } from "../../../x509/signedCertificateTimestamp.js";
import { count, hexValue, inside, node, timeValue } from "../nodes.js";
import { type Describer, listNodes } from "./described.js";

/** SignedCertificateTimestampList (RFC 6962 §3.3): by which logs the certificate was seen, and when. */
export const timestampList: Describer = (value, frame) => {
  const list = value.isUniversal(Tag.octetString) ? readTimestampList(octetString(value)) : undefined;
  if (!list) return undefined;
  const { timestamps, problem } = list;
  const words = count(timestamps.length, "signed certificate timestamp");
  return {
    value: problem === undefined ? words : `${words}; ${problem}`,
    children: listNodes(frame, timestamps, (timestamp, segment) => {
      const below = inside(frame, segment);
      const guide = "signedCertificateTimestamps" as const;
      return node(
        frame,
        segment,
        "SignedCertificateTimestamp",
        {
          value: `${timeValue(timestamp.timestamp)} by log ${toHex(timestamp.logId).slice(0, 16)}…`,
          from: value,
          guide,
        },
        [
          node(below, "version", "version", { value: `v${timestamp.version + 1}`, guide }),
          node(below, "logID", "logID", { ...hexValue(timestamp.logId), guide }),
          node(below, "timestamp", "timestamp", { value: timeValue(timestamp.timestamp), guide }),
          timestamp.extensions.length > 0
            ? node(below, "extensions", "extensions", { ...hexValue(timestamp.extensions), guide })
            : undefined,
          node(below, "signatureAlgorithm", "signatureAlgorithm", { value: timestamp.signatureAlgorithm, guide }),
          node(below, "signature", "signature", { ...hexValue(timestamp.signature), guide }),
        ],
      );
    }),
  };
};
