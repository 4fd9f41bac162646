import { sameBytes } from "../asn1/octets.js";
import type { Artifact, ArtifactKind } from "./artifact.js";
import type { Place } from "./assemble.js";
import type { Report } from "./report.js";

/** What every client of a server asks for and every one is answered alike; other messages are never the same twice. */
const repeated: ReadonlySet<ArtifactKind> = new Set<ArtifactKind>([
  "certsOnly",
  "certificate",
  "caCapabilities",
  "crl",
]);

/** Reports kept for one set of certificates. */
const mostKept = 16;

interface Known {
  readonly artifact: Artifact;
  readonly key: string;
  readonly context: Place["context"];
  readonly report: Report;
}

/**
 * Reports on answers that a server gives to everybody (its certificates, its capabilities), so that the hundredth of them
 * in a capture costs a comparison. A report is found for the same bytes asked for in the same way, with the same known
 * around them. For reports without a tree alone: a tree's buffers may move to another thread.
 */
class RepeatedReports {
  /** By the certificates of the context, which a conversation hands out as the same object until it learns something new. */
  readonly #known = new WeakMap<readonly Uint8Array[], Known[]>();

  find(artifact: Artifact, part: string, place: Place): Report | undefined {
    if (!repeated.has(artifact.kind)) return undefined;
    const key = keyOf(artifact, part, place);
    return this.#known
      .get(place.context.certificates)
      ?.find(
        (known) =>
          known.key === key &&
          sameContext(known.context, place.context) &&
          sameBytes(known.artifact.bytes, artifact.bytes),
      )?.report;
  }

  add(artifact: Artifact, part: string, place: Place, report: Report): void {
    if (!repeated.has(artifact.kind) || artifact.wrapping.length > 0) return;
    const all = this.#known.get(place.context.certificates) ?? [];
    const added = { artifact, key: keyOf(artifact, part, place), context: place.context, report };
    this.#known.set(place.context.certificates, [...all.slice(-mostKept + 1), added]);
  }
}

/** What is the same object as long as nothing new is known. */
function sameContext(one: Place["context"], other: Place["context"]): boolean {
  return (
    one.now === other.now &&
    one.keys.length === other.keys.length &&
    one.request === other.request &&
    one.capabilities?.join() === other.capabilities?.join()
  );
}

function keyOf(artifact: Artifact, part: string, place: Place): string {
  return `${place.path} ${part} ${artifact.kind} ${artifact.source.offset} ${artifact.source.length} ${artifact.wrapping.length}`;
}

/** The one store of them. */
export const repeatedReports = new RepeatedReports();
