import { recognise } from "../../core/inspect/recognise.js";
import { readRequest, type RequestView } from "../../core/pkcs10/request.js";
import type { DocumentBlock } from "./pemBlocks.js";

/** The certificate request in a PEM block; undefined for one that is too damaged to be read, and for anything else. */
export function requestIn(block: DocumentBlock): RequestView | undefined {
  const [artifact] = recognise(new TextEncoder().encode(block.text), block.label);
  return artifact?.kind === "request" ? readRequest(artifact.bytes) : undefined;
}
