import type { BerNode } from "../asn1/berNode.js";
import { toHex } from "../asn1/hex.js";
import { decodeInteger } from "../asn1/integer.js";
import { definedOnly } from "../definedOnly.js";
import { type PublicKeyView, readPublicKey, readRsaPublicKeyNode } from "../x509/publicKey.js";
import { assemble, frameOf, type Place, verdictOf } from "./assemble.js";
import { publicKeyFacts } from "./certificateReport.js";
import { publicKeyText } from "./describe/certificateWords.js";
import { node, rangeOf } from "./describe/nodes.js";
import { publicKeyParts } from "./describe/publicKeyNode.js";
import type { PublicKeyArtifactFacts } from "./facts/keyFacts.js";
import type { Report } from "./report.js";
import { encodingOf, structureOf } from "./structureOf.js";

/** The report on a public key that stands alone: a SubjectPublicKeyInfo, or PKCS#1's RSAPublicKey; undefined where it is neither. */
export async function reportOnPublicKey(root: BerNode, place: Place): Promise<Report | undefined> {
  const rsa = readRsaPublicKeyNode(root);
  const key: Pick<PublicKeyView, "algorithm" | "bits" | "curve" | "rsa"> | undefined = rsa ?? readPublicKey(root);
  if (!key) return undefined;
  const format = rsa ? "PKCS#1" : "SubjectPublicKeyInfo";
  const frame = frameOf(place, root.bytes);
  const structure = structureOf(place, root, "publicKey");
  const sha256 = await place.context.crypto.digest("SHA-256", root.encoding).then(toHex, () => undefined);
  const exponent =
    key.rsa && key.rsa.publicExponent.content.length <= 16 ? String(decodeInteger(key.rsa.publicExponent)) : undefined;
  const what = publicKeyText(key);
  const facts: PublicKeyArtifactFacts = definedOnly<PublicKeyArtifactFacts>({
    kind: "publicKey",
    ...place.source,
    encoding: encodingOf(root),
    format,
    publicKey: publicKeyFacts(key),
    publicExponent: exponent,
    sha256,
  });
  return assemble(place, {
    title: `Public key ${what}`,
    facts,
    bytes: root.bytes,
    root: {
      label: "Public key",
      value: `${what} · ${format}`,
      range: rangeOf(root),
      children: () => [
        node(frame, "format", "format", { value: format }),
        node(frame, "algorithm", "algorithm", { value: what }),
        ...publicKeyParts(frame, key, rsa ? undefined : root),
        sha256 === undefined
          ? undefined
          : node(frame, "sha256", "SHA-256", { value: sha256, guide: "publicKeyDigest" }),
        structure?.root(),
      ],
    },
    subjects: structure ? [structure.subject] : [],
    verdict: verdictOf(`Public key · ${what}`, `This is a public key: ${what}.`),
  });
}
