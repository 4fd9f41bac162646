import { latin1 } from "../asn1/strings.js";
import { visibleText } from "../asn1/visibleText.js";
import { readSshPublicKey } from "../crypto/sshKey.js";
import { definedOnly } from "../definedOnly.js";
import { assemble, frameOf, type Place } from "./assemble.js";
import { node } from "./describe/nodes.js";
import type { PublicKeyFacts, SshPublicKeyFacts } from "./facts/keyFacts.js";
import type { Report } from "./report.js";

/** The report on a public key as SSH writes it into one line (RFC 4253 §6.6): what it is, and that SCEP has no use for it. */
export function reportOnSshPublicKey(bytes: Uint8Array, place: Place): Report {
  const key = readSshPublicKey(latin1(bytes.subarray(0, 30_000)));
  const publicKey = definedOnly<PublicKeyFacts>({ algorithm: key?.type ?? "unreadable", bits: key?.bits });
  const what = [key?.type ?? "unreadable", key?.bits].filter((part) => part !== undefined).join(" ");
  const frame = frameOf(place, bytes);
  const explained = { explanation: "What the key says of itself.", citation: "RFC 4253 §6.6" };
  const facts = definedOnly<SshPublicKeyFacts>({
    kind: "sshPublicKey",
    ...place.source,
    publicKey,
    comment: key?.comment,
  });
  return assemble(place, {
    title: "SSH public key",
    facts,
    bytes,
    root: {
      label: "SSH public key",
      value: what,
      range: { start: 0, end: bytes.length },
      ...explained,
      children: () => [
        node(frame, "type", "type", { value: what, ...explained }),
        key?.comment === undefined
          ? undefined
          : node(frame, "comment", "comment", { value: visibleText(key.comment, 200), ...explained }),
      ],
    },
    subjects: [],
    verdict: () => ({
      status: "info",
      headline: `SSH public key · ${what}`,
      sentence: "This is a public key for SSH, which is no certificate; SCEP has no use for it.",
    }),
  });
}
