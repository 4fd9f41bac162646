import { octetString } from "../../asn1/octets.js";
import { oid } from "../../asn1/oids.js";
import { visibleText } from "../../asn1/visibleText.js";
import { findExtension } from "../../x509/extension.js";
import type { GeneralNameView } from "../../x509/generalName.js";
import { dnsNameProblem } from "../../x509/hostName.js";
import type { Observation, Rule } from "./rule.js";

/** `csr.san.malformed` */
export const csrSanMalformed: Rule<"request"> = {
  code: "csr.san.malformed",
  severity: "error",
  title: "A subjectAltName that is none",
  why: "An IP address has 4 or 16 octets, a DNS name neither scheme, port, blank nor address in it, an e-mail address one @, a URI a scheme. A CA copies the names as they come; no program then finds the host in them.",
  remedy:
    "Write the name in the kind that it is: DNS:dev7.example.com, IP:192.0.2.7, email:admin@example.com, URI:https://….",
  citation: "RFC 5280 §4.2.1.6",
  appliesTo: "request",
  check: ({ view }) => {
    const extension = findExtension(view.extensions, oid.subjectAltName);
    if (!extension) return [];
    const names = view.subjectAltNames;
    if (names.length === 0) {
      const range = { start: extension.node.start, end: extension.node.end };
      return [{ at: "subjectAltName", message: "The subjectAltName holds no name.", range }];
    }
    return names.slice(0, mostLookedAt).flatMap(observed).slice(0, 20);
  },
};

/** Names of one request that are looked at. */
const mostLookedAt = 1000;

function observed(name: GeneralNameView): Observation[] {
  const problem = problemOf(name);
  if (problem === undefined) return [];
  const shown = visibleText(name.text, 80);
  return [
    {
      at: "subjectAltName",
      message: `The ${name.kind} name ${shown === "" ? "in the subjectAltName" : `"${shown}"`} ${problem}.`,
      // A single odd character is the least of these mistakes; some programs take it.
      severity: problem.startsWith('holds "') ? "warning" : "error",
      range: { start: name.node.start, end: name.node.end },
    },
  ];
}

function problemOf({ kind, text, node }: GeneralNameView): string | undefined {
  switch (kind) {
    case "IP": {
      const { length } = octetString(node);
      if (length === 4 || length === 16) return undefined;
      return length === 8 || length === 32
        ? "is an address with a mask, which only name constraints have"
        : `is ${length} octets long; an address has 4 or 16`;
    }
    case "DNS":
      return dnsNameProblem(text);
    case "email":
      if (text === "") return "is empty";
      if (/[^\u0020-\u007e]/.test(text)) return "holds characters beyond ASCII";
      return /^[^@\s<>]+@[^@\s<>]+$/.test(text) ? undefined : "is no address of the form local@domain";
    case "URI":
      if (text === "") return "is empty";
      return /^[a-z][a-z0-9+.-]*:\S+$/i.test(text)
        ? undefined
        : "is no URI: it has to begin with a scheme, and hold no blank";
    case "unknown":
      return "has a tag that GeneralName does not know";
    default:
      return undefined;
  }
}
