import { integerHex } from "../../asn1/integer.js";
import type { Rule } from "./rule.js";

/** `cert.serialNumber.invalid` */
export const certSerialNumber: Rule<"certificate"> = {
  code: "cert.serialNumber.invalid",
  severity: "warning",
  title: "A serial number that is negative, zero or longer than 20 octets",
  why: "RFC 5280 wants a positive number of at most 20 octets. Some software refuses others, and some prints or compares a negative one differently, so that a search for it, as in GetCert or on a revocation list, finds nothing.",
  remedy: "Have the certificate issued anew by a CA with sound serial numbers.",
  citation: "RFC 5280 §4.1.2.2",
  appliesTo: "certificate",
  check: ({ view: { serialNumberNode } }) => {
    const { content } = serialNumberNode;
    const range = { start: serialNumberNode.start, end: serialNumberNode.end };
    const say = (what: string): ReturnType<Rule["check"]> => [
      { at: "serialNumber", message: `The serial number ${what}.`, range },
    ];
    if (content.length === 0) return say("is empty");
    if (content.length > 20) return say(`has ${content.length} octets, and 20 are allowed`);
    if (((content[0] ?? 0) & 0x80) !== 0) return say(`is negative (${integerHex(serialNumberNode)})`);
    return content.every((octet) => octet === 0) ? say("is zero") : [];
  },
};
