import { readBer } from "../asn1/berReader.js";
import { readContentInfo } from "../cms/contentInfo.js";
import { readEnvelopedDataNode } from "../cms/envelopedData.js";
import { readEncryptedDataNode } from "../cms/otherContent.js";
import type { CryptoPort } from "../crypto/cryptoPort.js";
import { isPasswordEncryption } from "../crypto/passwordEncryption.js";
import type { Artifact } from "./artifact.js";
import { keysIn } from "./keysIn.js";

/**
 * Whether a passphrase would open something in an artifact: an encrypted key, a PKCS #12 container (whose passphrase may be an empty one),
 * an envelope with a password recipient (RFC 5652 §6.2.4), an EncryptedData under a password.
 */
export async function wantsPassphrase(port: CryptoPort, artifact: Artifact): Promise<boolean> {
  switch (artifact.kind) {
    case "pkcs12":
      // With a MAC over it (RFC 7292 §4) it has a passphrase, if an empty one. Trying that may take a million rounds of hashing.
      if (readBer(artifact.bytes)?.child(2)) return true;
      return (await keysIn(port, artifact, [])).wantsPassphrase;
    case "privateKey":
      return (await keysIn(port, artifact, [])).wantsPassphrase;
    case "envelopedData":
    case "authEnvelopedData": {
      const content = readContentInfo(artifact.bytes)?.content;
      const recipients = content && readEnvelopedDataNode(content)?.recipients;
      return recipients?.some(({ type }) => type === "password") ?? false;
    }
    case "encryptedData": {
      const content = readContentInfo(artifact.bytes)?.content;
      const view = content && readEncryptedDataNode(content);
      return view !== undefined && isPasswordEncryption(view.contentEncryptionAlgorithm);
    }
    default:
      return false;
  }
}
