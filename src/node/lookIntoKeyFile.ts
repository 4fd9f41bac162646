import { secretKeyIn } from "../core/crypto/secretKey.js";
import { keysIn } from "../core/inspect/keysIn.js";
import { recognise } from "../core/inspect/recognise.js";
import type { NamedBytes } from "./inspectJob.js";
import { nodeCrypto } from "./nodeCrypto.js";

/** Whether a file holds a key that is open (a secret one too), and whether a passphrase would open one. */
export async function lookIntoKeyFile({
  name,
  bytes,
}: NamedBytes): Promise<{ readonly holdsKey: boolean; readonly wantsPassphrase: boolean }> {
  if (secretKeyIn(bytes)) return { holdsKey: true, wantsPassphrase: false };
  const found = await Promise.all(recognise(bytes, name).map((artifact) => keysIn(nodeCrypto, artifact, [])));
  return {
    holdsKey: found.some(({ keys }) => keys.length > 0),
    wantsPassphrase: found.some((each) => each.wantsPassphrase),
  };
}
