import { secretKeyIn } from "../core/crypto/secretKey.js";
import { keysIn } from "../core/inspect/keysIn.js";
import { recognise } from "../core/inspect/recognise.js";
import type { NamedBytes } from "./inspectJob.js";
import { nodeCrypto } from "./nodeCrypto.js";

/** What is in a file that may be one of a key. */
export interface KeyFile {
  /** It holds a key that is open, a secret one too. */
  readonly holdsKey: boolean;
  /** A passphrase may open one. */
  readonly wantsPassphrase: boolean;
  /** Why something in it stays closed, in a sentence. */
  readonly reason?: string;
}

/** Looks for keys in a file, as far as that goes without a passphrase. */
export async function lookIntoKeyFile({ name, bytes }: NamedBytes): Promise<KeyFile> {
  if (secretKeyIn(bytes)) return { holdsKey: true, wantsPassphrase: false };
  const found = await Promise.all(recognise(bytes, name).map((artifact) => keysIn(nodeCrypto, artifact, [])));
  const reason = found.find((each) => each.reason !== undefined)?.reason;
  return {
    ...(reason !== undefined && { reason }),
    holdsKey: found.some(({ keys }) => keys.length > 0),
    wantsPassphrase: found.some((each) => each.wantsPassphrase),
  };
}
