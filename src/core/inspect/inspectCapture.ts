import type { Artifact } from "./artifact.js";
import { CaptureArtifacts } from "./captureArtifacts.js";
import type { Conversation } from "./conversation.js";
import { inspect } from "./inspect.js";
import type { Report } from "./report.js";

/**
 * Inspects a capture of any size that comes in pieces: the report on each exchange as soon as it is whole, and in the end
 * the one on the capture itself. What comes later explains nothing of what came before, which is told already; memory is
 * bounded by the limits of the capture's reader and of the conversation.
 *
 * @param pieces each is valid until the next is asked for
 * @param conversation learns from every exchange
 * @param told is called with the bytes and packets read so far, after every piece
 */
export async function* inspectCapture(
  pieces: AsyncIterable<Uint8Array>,
  name: string,
  conversation: Conversation,
  told?: (progress: { readonly bytes: number; readonly packets: number }) => void,
): AsyncGenerator<Report> {
  const found: Artifact[] = [];
  const artifacts = new CaptureArtifacts(name, (artifact) => found.push(artifact));
  let bytes = 0;
  for await (const piece of pieces) {
    artifacts.push(piece);
    bytes += piece.length;
    yield* inspectAll(found.splice(0), conversation);
    told?.({ bytes, packets: artifacts.packets });
  }
  artifacts.end();
  yield* inspectAll(found, conversation);
}

async function* inspectAll(artifacts: readonly Artifact[], conversation: Conversation): AsyncGenerator<Report> {
  for (const artifact of artifacts) {
    conversation.learn(artifact);
    yield await inspect(artifact, await conversation.contextFor(artifact));
  }
}
