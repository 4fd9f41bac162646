import type { BerNode } from "../asn1/berNode.js";
import { bitLength } from "../asn1/integer.js";
import { Tag } from "../asn1/tag.js";
import { definedOnly } from "../definedOnly.js";
import { readPublicKey, type PublicKeyView } from "../x509/publicKey.js";
import { readBer } from "../asn1/berReader.js";
import { readAlgorithmIdentifier } from "../crypto/algorithmIdentifier.js";
import { assemble, frameOf, type Place, rootNode } from "./assemble.js";
import { publicKeyFacts } from "./certificateReport.js";
import { node, rangeOf } from "./describe/nodes.js";
import type { PrivateKeyFacts, PublicKeyFacts } from "./facts.js";
import type { Report } from "./report.js";
import { structureOf } from "./structureOf.js";

/** The report on a private key: what it is, never the key itself. */
export async function reportOnPrivateKey(root: BerNode, place: Place): Promise<Report> {
  const format = formatOf(root, place);
  const key = format === "PKCS#1" ? rsaKeyFacts(root) : await publicKeyOf(root, format, place);
  const facts: PrivateKeyFacts = definedOnly<PrivateKeyFacts>({
    kind: "privateKey",
    ...place.source,
    encoding: "DER",
    format,
    publicKey: key,
  });
  const what = [key?.algorithm, key?.curve ?? key?.bits].filter((part) => part !== undefined).join(" ");
  const frame = frameOf(place, root.bytes);
  const structure = structureOf(place, root, "privateKey");
  return assemble(place, {
    title: "Private key",
    facts,
    bytes: root.bytes,
    root: rootNode(
      place,
      root.bytes,
      { label: "Private key", value: [format, what].filter(Boolean).join(" · "), range: rangeOf(root) },
      [
        node(frame, "format", "format", { value: format }),
        what === "" ? undefined : node(frame, "publicKey", "public key", { value: what }),
        structure?.root,
      ],
    ),
    subjects: structure ? [structure.subject] : [],
    verdict: () => ({
      status: "info",
      headline: ["Private key", what].filter(Boolean).join(" · "),
      sentence: `This is a private key (${format}); it is used to open envelopes and is not shown.`,
    }),
  });
}

function formatOf(root: BerNode, place: Place): string {
  if (place.wrapping.some(({ code }) => code === "pem.encrypted")) return "encrypted";
  const [first, second] = root.children;
  if (readAlgorithmIdentifier(first) && second?.isUniversal(Tag.octetString)) return "encrypted PKCS#8";
  if (readAlgorithmIdentifier(second)) return "PKCS#8";
  return second?.isUniversal(Tag.octetString) ? "SEC 1" : second?.isUniversal(Tag.integer) ? "PKCS#1" : "unknown";
}

function rsaKeyFacts(root: BerNode): PublicKeyFacts {
  const modulus = root.child(1);
  return definedOnly<PublicKeyFacts>({ algorithm: "RSA", bits: modulus && bitLength(modulus), curve: undefined });
}

async function publicKeyOf(root: BerNode, format: string, { context }: Place): Promise<PublicKeyFacts | undefined> {
  if (format !== "PKCS#8") return undefined;
  const spki = await context.crypto.publicKeyOf(root.encoding).catch(() => undefined);
  const view: PublicKeyView | undefined = spki && readPublicKey(readBer(spki));
  return view && publicKeyFacts(view);
}
