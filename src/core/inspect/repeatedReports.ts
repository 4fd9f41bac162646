import { sameBytes } from "../asn1/octets.js";
import type { Artifact } from "./artifact.js";
import type { Place } from "./assemble.js";
import type { InspectContext } from "./context.js";
import { KnownBytes } from "./knownBytes.js";
import type { Report } from "./report.js";

/** Reports kept, and octets of the messages that they are on. */
const mostKept = 256;
const mostLength = 1024 * 1024;

/** A longer message is inspected every time. */
const longest = 64 * 1024;

interface Known {
  readonly context: InspectContext;
  readonly report: Report;
}

/**
 * Reports on messages that come more than once: a server's certificates and capabilities, which everybody asks for, a request that is
 * sent anew, an exchange that a capture holds on both sides of a proxy. A report is found for the same bytes in the same part of an
 * exchange, with the same known around them, and is what inspecting them again would give. For reports without a tree alone:
 * a tree's buffers may move to another thread.
 */
class RepeatedReports {
  readonly #known = new KnownBytes<Known>(mostKept, mostLength);

  /** @param part which part of the exchange, and what it was asked for with: that decides how it is read */
  find(artifact: Artifact, part: string, place: Place): Report | undefined {
    if (!isKept(artifact)) return undefined;
    const known = this.#known.find(nameOf(artifact, part, place), artifact.bytes);
    return known && sameContext(known.context, place.context) ? known.report : undefined;
  }

  add(artifact: Artifact, part: string, place: Place, report: Report): void {
    if (isKept(artifact))
      this.#known.add(nameOf(artifact, part, place), artifact.bytes, { context: place.context, report });
  }
}

function isKept({ bytes, wrapping, signedContent }: Artifact): boolean {
  return bytes.length <= longest && wrapping.length === 0 && signedContent === undefined;
}

/** Whether the same is known in both, whatever it is. */
function sameContext(one: InspectContext, other: InspectContext): boolean {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]) as Set<keyof InspectContext>;
  return [...names].every((name) => sameValue(one[name], other[name]));
}

/** Whether two values of a context are the same: one object, or plain data with the same in it. */
function sameValue(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || !one || !other) return false;
  if (one instanceof Uint8Array) return other instanceof Uint8Array && sameBytes(one, other);
  if (one instanceof Date) return other instanceof Date && one.getTime() === other.getTime();
  if (Array.isArray(one)) {
    return Array.isArray(other) && one.length === other.length && one.every((value, i) => sameValue(value, other[i]));
  }
  const prototype: unknown = Object.getPrototypeOf(one);
  if (prototype !== Object.prototype || Object.getPrototypeOf(other) !== prototype) return false;
  const [fields, others] = [Object.entries(one), new Map<string, unknown>(Object.entries(other))];
  return fields.length === others.size && fields.every(([name, value]) => sameValue(value, others.get(name)));
}

function nameOf({ kind, source }: Artifact, part: string, { path, bundle }: Place): string {
  return `${path} ${part} ${kind} ${bundle ?? ""} ${source.offset} ${source.length}`;
}

/** The one store of them. */
export const repeatedReports = new RepeatedReports();
