import { type BerNode } from "../asn1/berNode.js";
import { readBer } from "../asn1/berReader.js";
import { bitLength } from "../asn1/integer.js";
import { visibleText } from "../asn1/visibleText.js";
import type { SshKey } from "../crypto/sshKey.js";
import { definedOnly } from "../definedOnly.js";
import { readRequest } from "../pkcs10/request.js";
import { readCertificate } from "../x509/certificate.js";
import { readPublicKey } from "../x509/publicKey.js";
import { samePublicKey } from "../x509/samePublicKey.js";
import type { Artifact } from "./artifact.js";
import { assemble, frameOf, type Place, verdictOf } from "./assemble.js";
import { publicKeyFacts } from "./certificateReport.js";
import { classify } from "./classify.js";
import { count, node } from "./describe/nodes.js";
import type { PrivateKeyFacts, PublicKeyFacts } from "./facts/keyFacts.js";
import { type OpenedKey, openPrivateKey } from "./keysIn.js";
import { publicKeyOf } from "./knownCertificates.js";
import type { Report } from "./report.js";
import { structureOf } from "./structureOf.js";
import type { AnySubject } from "./subject.js";

/** Holders of a key that are named. */
const mostHolders = 20;

/** The report on a private key: what it is, whether it opens, to whom it belongs; never the key itself. */
export async function reportOnPrivateKey(
  artifact: Pick<Artifact, "bytes" | "pemHeaders">,
  place: Place,
): Promise<Report> {
  const { bytes } = artifact;
  const opened = await openPrivateKey(place.context.crypto, artifact, place.context.passwords ?? []);
  const root = artifact.pemHeaders ? undefined : readableKey(bytes);
  const spki = opened.pkcs8 && (await publicKeyOf(place.context.crypto, opened.pkcs8));
  const key = publicKeyIn(spki, opened.ssh, root);
  const holders = spki ? holdersOf(spki, place) : [];
  const { format, encryption, ssh } = opened;
  const facts: PrivateKeyFacts = definedOnly<PrivateKeyFacts>({
    kind: "privateKey",
    ...place.source,
    encoding: root && "DER",
    format,
    publicKey: key,
    encryption,
    decrypted: encryption === undefined ? undefined : opened.pkcs8 !== undefined,
    belongsTo: holders.length > 0 ? holders : undefined,
    comment: ssh?.comment,
  });
  const what = [key?.algorithm, key?.curve ?? key?.bits].filter((part) => part !== undefined).join(" ");
  const headline = ["Private key", what].filter(Boolean).join(" · ");
  const frame = frameOf(place, bytes);
  const structure = root && structureOf(place, root, "privateKey");
  const subject: AnySubject = structure?.subject ?? {
    kind: "encoding",
    subject: { bytes, name: place.name, wrapping: wrappingOf(place, opened), problems: [] },
  };
  return assemble(place, {
    title: "Private key",
    facts,
    bytes,
    root: {
      label: "Private key",
      value: [format, what].filter(Boolean).join(" · "),
      range: { start: 0, end: bytes.length },
      children: () => [
        node(frame, "format", "format", { value: format }),
        encryption === undefined
          ? undefined
          : node(frame, "encryption", "encryption", {
              value: opened.pkcs8
                ? `${encryption}, opened with ${visibleText(opened.openedWith ?? "", 100)}`
                : encryption,
              status: opened.pkcs8 ? "ok" : undefined,
              explanation: "How the key is encrypted with its passphrase.",
              citation: "RFC 5958 §3; RFC 8018 §6; RFC 1421 §4.6.1",
            }),
        what === "" ? undefined : node(frame, "publicKey", "public key", { value: what }),
        spki === undefined
          ? undefined
          : node(frame, "belongsTo", "belongs to", {
              value:
                holders.map((holder) => visibleText(holder, 200)).join("; ") ||
                "no certificate or request that is known",
              status: holders.length > 0 ? "ok" : undefined,
              explanation: "The certificates and requests at hand that have its public half.",
              citation: "RFC 5280 §4.1.2.7",
            }),
        ...sshNodes(frame, ssh),
        node(frame, "length", "length", { value: count(bytes.length, "byte") }),
        structure?.root(),
      ],
    },
    subjects: [subject],
    verdict: (findings) => {
      const verdict = verdictOf(headline, sentenceOf(opened, holders))(findings);
      return verdict.status === "ok" ? { ...verdict, status: "info" } : verdict;
    },
  });
}

/** What a key that SSH made says of itself. */
function sshNodes(frame: { path: string; buffer: Uint8Array }, ssh: SshKey | undefined) {
  if (!ssh) return [];
  const explained = { explanation: "What the key says of itself.", citation: "PROTOCOL.key of OpenSSH; RFC 4253 §6.6" };
  return [
    node(frame, "type", "type", { value: visibleText(ssh.type, 100), ...explained }),
    ssh.comment === undefined
      ? undefined
      : node(frame, "comment", "comment", { value: visibleText(ssh.comment, 200), ...explained }),
  ];
}

function sentenceOf({ format, encryption, pkcs8, reason, ssh }: OpenedKey, holders: readonly string[]): string {
  if (ssh) {
    const convert =
      "To use it here convert a copy: ssh-keygen -p -m PKCS8 -f COPY (of PuTTY's first export it as OpenSSH).";
    return `This is a private key in ${ssh.format}'s own format${encryption === undefined ? "" : ", encrypted with a passphrase"}. ${convert}`;
  }
  if (encryption !== undefined && !pkcs8) return `This is a private key (${format}). ${reason ?? ""}`.trim();
  const whose = holders.length > 0 ? ` It belongs to ${visibleText(holders.slice(0, 3).join("; "), 300)}.` : "";
  return `This is a private key (${format}); it opens envelopes and is not shown.${whose}`;
}

/** The key's structure where it has one; what is damaged beyond that is not taken for values, which would be shown. */
function readableKey(bytes: Uint8Array): BerNode | undefined {
  const root = readBer(bytes);
  return root && classify(root) === "privateKey" ? root : undefined;
}

/** The public half: by the host, else of PKCS#1's and SSH's keys what they say themselves. */
function publicKeyIn(
  spki: Uint8Array | undefined,
  ssh: SshKey | undefined,
  root: BerNode | undefined,
): PublicKeyFacts | undefined {
  if (ssh) return definedOnly<PublicKeyFacts>({ algorithm: ssh.type, bits: ssh.bits });
  const view = spki && readPublicKey(readBer(spki));
  if (view) return publicKeyFacts(view);
  const modulus = root && root.children.length >= 9 ? root.child(1) : undefined;
  return modulus && definedOnly<PublicKeyFacts>({ algorithm: "RSA", bits: bitLength(modulus) });
}

/** Who is known to have that public key: certificates and requests, by their subjects. */
function holdersOf(spki: Uint8Array, { context }: Place): string[] {
  const { certificates, clientCertificates = [], requests = [], request } = context;
  const named = [
    ...[...certificates, ...clientCertificates].map((der) => ({
      what: "the certificate of",
      view: readCertificate(der),
    })),
    ...[...requests, ...(request?.pkcs10 ? [request.pkcs10] : [])].map((der) => ({
      what: "the request of",
      view: readRequest(der),
    })),
  ];
  const found = named.flatMap(({ what, view }) =>
    view && samePublicKey(view.spki, spki) ? [`${what} ${view.subject.text || "nobody"}`] : [],
  );
  return [...new Set(found)].slice(0, mostHolders);
}

/** What was wrong around the key; that it is encrypted is no problem once it is open. */
function wrappingOf({ wrapping }: Place, { pkcs8 }: OpenedKey): Place["wrapping"] {
  return pkcs8 ? wrapping.filter(({ code }) => code !== "pem.encrypted") : wrapping;
}
