import type { CapturedPart } from "../capture/capturedPart.js";
import { captureLimits } from "../capture/limits.js";
import { type Artifact, type ArtifactSource, capturedExchangeArtifact, type WrappingProblem } from "./artifact.js";
import { count } from "./describe/nodes.js";
import { labelProblem, trustSettings } from "./pemLabel.js";

/** Recognises bytes that stand at a place of a container. */
export type RecogniseInside = (bytes: Uint8Array, place: ArtifactSource) => Artifact[];

/** The artifacts in the parts of a container, each named for what it is in there; `whole` is the container's own place. */
export function partsOfContainer(
  parts: readonly CapturedPart[],
  whole: ArtifactSource,
  inside: RecogniseInside,
): Artifact[] {
  const found = parts.slice(0, captureLimits.parts).flatMap((part) => artifactsOf(part, whole, inside));
  const next = parts[captureLimits.parts];
  const last = found.at(-1);
  if (!next || !last) return found;
  const offset = whole.offset + next.offset;
  const more = count(parts.length - captureLimits.parts, "more message");
  const message = `${whole.name} holds ${more}, from offset ${offset} on, that ${more.startsWith("1 ") ? "is" : "are"} not opened.`;
  return [...found.slice(0, -1), { ...last, wrapping: [...last.wrapping, { code: "capture.limit", message, offset }] }];
}

/**
 * The artifacts in what a text may spell. Whether it spelled anything is seen by what comes of it: what turns out to be
 * nothing known is left out, and the rest is numbered.
 */
export function partsOfSpelling(
  parts: readonly CapturedPart[],
  whole: ArtifactSource,
  inside: RecogniseInside,
): Artifact[] {
  const sensible = parts
    .slice(0, captureLimits.parts)
    .map((part) => ({ part, found: artifactsOf(part, whole, inside) }))
    .filter(({ part, found }) => found.some(({ kind }) => (part.label === "" ? kind !== "unknown" : isMessage(kind))));
  return sensible.flatMap(({ part, found }, index) => {
    const label = sensible.length === 1 ? "" : part.label.replace(/^#\d+/, `#${index + 1}`);
    return label === part.label
      ? found
      : found.map((artifact) => renamed(artifact, whole.name + part.label, whole.name + label));
  });
}

/** The artifact under another name, also where its problems tell it. */
function renamed(artifact: Artifact, from: string, to: string): Artifact {
  const { source, wrapping } = artifact;
  return {
    ...artifact,
    source: { ...source, name: to + source.name.slice(from.length) },
    wrapping: wrapping.map((problem) => ({ ...problem, message: problem.message.replace(from, to) })),
  };
}

/** A kind that no bytes have by chance. */
function isMessage(kind: Artifact["kind"]): boolean {
  return kind !== "unknown" && kind !== "asn1" && kind !== "html" && kind !== "caCapabilities";
}

function artifactsOf(part: CapturedPart, whole: ArtifactSource, inside: RecogniseInside): Artifact[] {
  const place: ArtifactSource = {
    name: whole.name + part.label,
    offset: whole.offset + part.offset,
    length: part.length,
  };
  const problems: WrappingProblem[] = part.problems.map((problem) => ({
    ...problem,
    offset: whole.offset + problem.offset,
  }));
  if (part.kind === "exchange") {
    return [{ ...capturedExchangeArtifact(part, whole.name), source: place, wrapping: problems }];
  }
  if (problems.some(({ code }) => code === "pem.encrypted")) {
    const { bytes, headers = [] } = part;
    return [{ kind: "privateKey", bytes, source: place, wrapping: problems, pemHeaders: headers }];
  }
  const found = inside(part.bytes, { ...place, offset: 0, length: part.bytes.length });
  return found.map((artifact, index) => {
    const claimed = part.claim === undefined ? artifact : asClaimed(artifact, part.claim, place);
    return {
      ...claimed,
      ...(part.signedContent && claimed.kind === "signedData" && { signedContent: part.signedContent }),
      source: { ...place, name: artifact.source.name },
      wrapping: [...(index === 0 ? problems : []), ...claimed.wrapping],
    };
  });
}

/** An artifact out of a PEM block, with what its label says beside what it is. */
function asClaimed(artifact: Artifact, label: string, place: ArtifactSource): Artifact {
  const { kind, bytes } = artifact;
  // A key that is too damaged to be told by its shape is still one, and must not be shown as mere ASN.1.
  if (label.endsWith("PRIVATE KEY") && (kind === "asn1" || kind === "unknown")) {
    return { kind: "privateKey", bytes, source: artifact.source, wrapping: artifact.wrapping };
  }
  const problem = labelProblem(label, kind, place);
  const wrapping = label === "TRUSTED CERTIFICATE" ? trustSettings(artifact.wrapping) : artifact.wrapping;
  return { ...artifact, wrapping: problem ? [problem, ...wrapping] : wrapping };
}
