import { looksLikeText } from "../asn1/byteText.js";
import type { TextProblem } from "./captureInput.js";

/** The problem of base64 that spells text, of which a message is taken once more; none where it spells bytes. */
export function encodedTwice(bytes: Uint8Array, index: number): TextProblem[] {
  if (!looksLikeText(bytes) || bytes[0] === 0x30) return [];
  return [
    {
      code: "base64.double",
      message: "What the base64 spells is text, in which the message is encoded once more.",
      remedy:
        "Nothing is wrong where things are kept so (a Kubernetes secret, a JSON Web Token): decode it twice to use it elsewhere. What writes or sends the message itself has to encode it once.",
      index,
    },
  ];
}
