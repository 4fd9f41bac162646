import type { BerNode } from "../asn1/berNode.js";
import { readBer } from "../asn1/berReader.js";
import { bitLength } from "../asn1/integer.js";
import { Tag } from "../asn1/tag.js";
import { readAlgorithmIdentifier } from "../crypto/algorithmIdentifier.js";
import { definedOnly } from "../definedOnly.js";
import { readPublicKey } from "../x509/publicKey.js";
import { assemble, frameOf, type Place, rootNode, verdictOf } from "./assemble.js";
import { publicKeyFacts } from "./certificateReport.js";
import { classify } from "./classify.js";
import { count, node } from "./describe/nodes.js";
import type { PrivateKeyFacts, PublicKeyFacts } from "./facts.js";
import type { Report } from "./report.js";
import { structureOf } from "./structureOf.js";
import type { AnySubject } from "./subject.js";

/** The report on a private key: what it is, never the key itself. */
export async function reportOnPrivateKey(bytes: Uint8Array, place: Place): Promise<Report> {
  const encrypted = place.wrapping.some(({ code }) => code === "pem.encrypted");
  const root = encrypted ? undefined : readableKey(bytes);
  const format = root ? formatOf(root) : encrypted ? "encrypted" : "damaged";
  const key = root && (format === "PKCS#1" ? rsaKeyFacts(root) : await publicKeyOf(root, format, place));
  const facts: PrivateKeyFacts = definedOnly<PrivateKeyFacts>({
    kind: "privateKey",
    ...place.source,
    encoding: root && "DER",
    format,
    publicKey: key,
  });
  const what = [key?.algorithm, key?.curve ?? key?.bits].filter((part) => part !== undefined).join(" ");
  const headline = ["Private key", what].filter(Boolean).join(" · ");
  const frame = frameOf(place, bytes);
  const structure = root && structureOf(place, root, "privateKey");
  const subject: AnySubject = structure?.subject ?? {
    kind: "encoding",
    subject: { bytes, name: place.name, wrapping: place.wrapping, problems: [] },
  };
  return assemble(place, {
    title: "Private key",
    facts,
    bytes,
    root: rootNode(
      place,
      bytes,
      {
        label: "Private key",
        value: [format, what].filter(Boolean).join(" · "),
        range: { start: 0, end: bytes.length },
      },
      [
        node(frame, "format", "format", { value: format }),
        what === "" ? undefined : node(frame, "publicKey", "public key", { value: what }),
        node(frame, "length", "length", { value: count(bytes.length, "byte") }),
        structure?.root,
      ],
    ),
    subjects: [subject],
    verdict: (findings) => {
      const fine = `This is a private key (${format}); it opens envelopes and is not shown.`;
      const verdict = verdictOf(headline, fine)(findings);
      return verdict.status === "ok" ? { ...verdict, status: "info" } : verdict;
    },
  });
}

/** The key's structure where it has one; what is damaged beyond that is not taken for values, which would be shown. */
function readableKey(bytes: Uint8Array): BerNode | undefined {
  const root = readBer(bytes);
  return root && classify(root) === "privateKey" ? root : undefined;
}

function formatOf(root: BerNode): string {
  const [first, second] = root.children;
  if (readAlgorithmIdentifier(first) && second?.isUniversal(Tag.octetString)) return "encrypted PKCS#8";
  if (readAlgorithmIdentifier(second)) return "PKCS#8";
  return second?.isUniversal(Tag.octetString) ? "SEC 1" : "PKCS#1";
}

function rsaKeyFacts(root: BerNode): PublicKeyFacts {
  const modulus = root.child(1);
  return definedOnly<PublicKeyFacts>({ algorithm: "RSA", bits: modulus && bitLength(modulus), curve: undefined });
}

async function publicKeyOf(root: BerNode, format: string, { context }: Place): Promise<PublicKeyFacts | undefined> {
  if (format !== "PKCS#8") return undefined;
  // A key that the host cannot use has no public half to tell of.
  const spki = await context.crypto.publicKeyOf(root.encoding).catch(() => undefined);
  const view = spki && readPublicKey(readBer(spki));
  return view && publicKeyFacts(view);
}
