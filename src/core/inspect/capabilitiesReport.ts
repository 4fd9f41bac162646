import { visibleText } from "../asn1/visibleText.js";
import { parseCapabilities, preferredContentEncryption, preferredDigest } from "../scep/capabilities.js";
import { assemble, frameOf, type Place, verdictOf } from "./assemble.js";
import { node } from "./describe/nodes.js";
import type { CaCapabilitiesFacts } from "./facts/scepFacts.js";
import type { Report } from "./report.js";

/** What each capability promises (RFC 8894 §3.5.2). */
const promises: Readonly<Record<string, string>> = {
  AES: "The server decrypts and encrypts with AES-128-CBC.",
  DES3: "The server decrypts and encrypts with triple DES in CBC mode.",
  GetNextCACert: "The server hands out the CA certificate that follows the present one.",
  POSTPKIOperation: "The server takes messages by POST, so that their length does not matter.",
  Renewal: "The server renews; NDES means a PKCSReq signed with the old certificate, not a RenewalReq.",
  "SHA-1": "The server hashes with SHA-1.",
  "SHA-224": "The server hashes with SHA-224.",
  "SHA-256": "The server hashes with SHA-256.",
  "SHA-384": "The server hashes with SHA-384.",
  "SHA-512": "The server hashes with SHA-512.",
  SCEPStandard: "The server does all that RFC 8894 demands: AES, POSTPKIOperation and SHA-256.",
  Update: "A word of old drafts for updating a certificate.",
};

/** Words shown of one answer. */
const mostWords = 200;

/** The report on an answer to GetCACaps (RFC 8894 §3.5). */
export function reportOnCapabilities(bytes: Uint8Array, place: Place): Report {
  const capabilities = parseCapabilities(bytes);
  const { known } = capabilities;
  const unknown = capabilities.unknown.slice(0, mostWords);
  const frame = frameOf(place, bytes);
  const facts: CaCapabilitiesFacts = { kind: "caCapabilities", ...place.source, capabilities: [...known], unknown };
  const cipher = preferredContentEncryption(capabilities);
  const digest = preferredDigest(capabilities);
  const method = capabilities.has("POSTPKIOperation") ? "POST" : "GET";
  const citation = "RFC 8894 §3.5.2";
  return assemble(place, {
    title: "Capabilities",
    facts,
    bytes,
    root: {
      label: "Capabilities",
      value: known.join(", ") || "none",
      range: { start: 0, end: bytes.length },
      explanation: "What the server says it can do, a word a line.",
      citation: "RFC 8894 §3.5",
      children: () => [
        ...known.map((word) => node(frame, word, word, { explanation: promises[word] ?? "", citation })),
        ...unknown.map((word, index) =>
          node(frame, `unknown${index}`, visibleText(word, 60), {
            value: "unknown, to be ignored",
            status: "info",
            explanation: "A word that no client knows; clients have to ignore it.",
            citation,
          }),
        ),
        node(frame, "choice", "a client would use", {
          value: `${method}, ${cipher}, ${digest}`,
          explanation: "What a client that goes by these words sends and how; it can be told otherwise.",
          citation: "RFC 8894 §3.5.1, §4.1",
        }),
      ],
    },
    subjects: [{ kind: "capabilities", subject: { capabilities } }],
    verdict: verdictOf(
      known.length === 0 ? "no capabilities" : known.join(" "),
      known.length === 0
        ? "The server names no capability; clients then use GET, single DES and MD5 as old servers want."
        : `A client that goes by this uses ${method}, ${cipher} and ${digest}.`,
    ),
  });
}
