import { decodeInteger, integerHex } from "../../../asn1/integer.js";
import { Tag } from "../../../asn1/tag.js";
import { decodeTime } from "../../../asn1/times.js";
import { crlReasons } from "../../../x509/distributionPoint.js";
import { hexValue, timeValue } from "../nodes.js";
import { type Describer, identifierName } from "./described.js";

/** The number of a list, of its base, of Microsoft's virtual base: up to 20 octets, in decimal and hex as far as it is read. */
export const crlNumber: Describer = (value) => {
  if (!value.isUniversal(Tag.integer)) return undefined;
  if (value.content.length > 20) return hexValue(value.content);
  const number = String(decodeInteger(value));
  return { value: number.length > 9 ? `${number} (hex ${integerHex(value)})` : number, copyValue: number };
};

/** CRLReason (RFC 5280 §5.3.1), an ENUMERATED. */
export const reasonCode: Describer = (value) => {
  if (!value.isUniversal(Tag.enumerated) || value.content.length > 6) return undefined;
  const code = String(decodeInteger(value));
  return { value: `${code} ${crlReasons[code] ?? "unknown"}` };
};

/** One GeneralizedTime (or UTCTime, as Microsoft writes it). */
export const time: Describer = (value) => {
  const moment = decodeTime(value);
  return moment && { value: timeValue(moment) };
};

/** What to do about a certificate on hold. */
export const holdInstruction: Describer = (value) => {
  const name = identifierName(value);
  return name === undefined ? undefined : { value: name };
};
