import { secretKeyIn } from "../core/crypto/secretKey.js";
import type { CandidateKey, CandidatePassword } from "../core/inspect/context.js";
import { keysIn } from "../core/inspect/keysIn.js";
import { recognise } from "../core/inspect/recognise.js";
import type { NamedBytes } from "./inspect/inspectJob.js";
import { nodeCrypto } from "./nodeCrypto.js";

/** What is in a file that may be one of a key. */
export interface KeyFile {
  /** The private keys that are open, or were opened with one of the passwords. */
  readonly keys: readonly CandidateKey[];
  /** It holds a key that is open, a secret one too. */
  readonly holdsKey: boolean;
  /** A passphrase, or another one, may open one. */
  readonly wantsPassphrase: boolean;
  /** Why something in it stays closed, in a sentence. */
  readonly reason?: string;
}

/** Looks for keys in a file of any form that keys are kept in, as far as that goes with the passwords that are given. */
export async function lookIntoKeyFile(
  { name, bytes }: NamedBytes,
  passwords: readonly CandidatePassword[] = [],
): Promise<KeyFile> {
  if (secretKeyIn(bytes)) return { keys: [], holdsKey: true, wantsPassphrase: false };
  const found = await Promise.all(recognise(bytes, name).map((artifact) => keysIn(nodeCrypto, artifact, passwords)));
  const keys = found.flatMap((each) => each.keys);
  const reason = found.find((each) => each.reason !== undefined)?.reason;
  return {
    keys,
    ...(reason !== undefined && { reason }),
    holdsKey: keys.length > 0,
    wantsPassphrase: found.some((each) => each.wantsPassphrase),
  };
}
