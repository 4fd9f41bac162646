import { octetString, sameBytes } from "../asn1/octets.js";
import { oid } from "../asn1/oids.js";
import { digestByOid } from "../crypto/algorithms.js";
import type { CryptoPort } from "../crypto/cryptoPort.js";
import { digestIfOffered } from "../crypto/digestIfOffered.js";
import { hmac, hmacDigestByOid } from "../crypto/hmac.js";
import type { UnwrapReading } from "../crypto/keyWrap.js";
import type { AuthenticatedDataView } from "./otherContent.js";
import { type DecryptionKey, type OtherSecrets, type UsedSecret, useRecipientsKey } from "./recipientKeys.js";

/** Whether the MAC of an AuthenticatedData is that of its content. */
export type MacVerification =
  | ({ readonly verdict: "valid" } & UsedSecret)
  /** `reason` is a sentence: what differs, or why nobody can tell. */
  | { readonly verdict: "invalid" | "unchecked"; readonly reason: string };

/**
 * Checks the MAC of an AuthenticatedData (RFC 5652 §9.3) with whichever of the keys opens that of the MAC: over the attributes,
 * one of which has the digest of the content, or where there are none over the content. `content` is that of a detached one. Never
 * rejects.
 */
export async function verifyMac(
  port: CryptoPort,
  view: AuthenticatedDataView,
  keys: readonly DecryptionKey[],
  others: OtherSecrets = {},
): Promise<MacVerification> {
  const { macAlgorithm, content, authAttrsNode, recipients, mac } = view;
  const digest = hmacDigestByOid(macAlgorithm.oid);
  if (!digest) return unchecked(`The MAC is made with ${macAlgorithm.name}, which is not supported.`);
  if (!authAttrsNode && !content) return unchecked("The content is not in the message, and the MAC is over it.");
  const data = authAttrsNode ? underSetOf(authAttrsNode.encoding) : (content ?? new Uint8Array());
  let differs = false;
  const use = async (key: Uint8Array): Promise<UnwrapReading> => {
    if (sameBytes(await hmac(port, digest, key, data), mac)) return { ok: true, key };
    differs = true;
    const over = authAttrsNode ? "authenticated attributes" : "content";
    return { ok: false, reason: `The MAC is not that of the ${over}: they were changed, or the MAC was.` };
  };
  const opened = await useRecipientsKey(port, { recipients, what: "The key of the MAC", use }, keys, others);
  if (!opened.ok) return { verdict: differs ? "invalid" : "unchecked", reason: opened.reason };
  const { openedBy, keyIndex } = opened;
  const problem = authAttrsNode ? await contentProblem(port, view) : undefined;
  return problem ?? { verdict: "valid", openedBy, keyIndex };
}

/** What is wrong with the attributes that stand for the content (RFC 5652 §9.2); undefined where nothing is. */
async function contentProblem(
  port: CryptoPort,
  { authAttrs, digestAlgorithm, content }: AuthenticatedDataView,
): Promise<MacVerification | undefined> {
  const digestNode = authAttrs.find((attribute) => attribute.oid === oid.messageDigest)?.values[0];
  if (!digestNode)
    return { verdict: "invalid", reason: "The authenticated attributes lack the digest of the content." };
  const name = digestAlgorithm && digestByOid(digestAlgorithm.oid)?.name;
  if (!name) {
    return unchecked(
      `The content is digested with ${digestAlgorithm?.name ?? "nothing that is named"}, which is not supported.`,
    );
  }
  if (!content) return unchecked("The content is not in the message, and its digest cannot be compared.");
  const actual = await digestIfOffered(port, name, content);
  if (!actual.ok) return unchecked(actual.reason);
  return sameBytes(actual.digest, octetString(digestNode))
    ? undefined
    : { verdict: "invalid", reason: "The content is not the one that the MAC was made for: its digest differs." };
}

/** The attributes as the MAC is over them, under the tag of SET OF and not their own (RFC 5652 §9.2). */
function underSetOf(encoding: Uint8Array): Uint8Array {
  const octets = Uint8Array.from(encoding);
  octets[0] = 0x31;
  return octets;
}

function unchecked(reason: string): MacVerification {
  return { verdict: "unchecked", reason };
}
