import { decodeText, looksLikeText } from "../asn1/byteText.js";
import { visibleText } from "../asn1/visibleText.js";
import type { Artifact } from "./artifact.js";
import { assemble, frameOf, type Place } from "./assemble.js";
import { count, hexValue, node } from "./describe/nodes.js";
import type { UnknownFacts } from "./facts/facts.js";
import { isAllZeros } from "./recognise.js";
import type { Report } from "./report.js";
import type { InputSubject } from "./subject.js";

/** Bytes of a text that are looked at and shown. */
const mostText = 2000;

const descriptions: Readonly<Record<InputSubject["kind"], string>> = {
  empty: "empty",
  zeros: "nothing but zero bytes",
  webPage: "a web page",
  text: "text that is no message",
  binary: "bytes that are no message",
};

/** The report on an input that is no message: what it is instead, and how it begins. */
export function reportOnInput(artifact: Artifact, place: Place): Report {
  const { bytes } = artifact;
  const kind = kindOf(artifact);
  const title = kind === "webPage" ? pageTitle(bytes) : undefined;
  const description = title ? `${descriptions[kind]}: ${title}` : descriptions[kind];
  const facts: UnknownFacts = { kind: "unknown", ...place.source, description };
  const frame = frameOf(place, bytes);
  const isText = kind === "text" || kind === "webPage";
  return assemble(place, {
    title: kind === "webPage" ? "Web page" : "Unknown",
    facts,
    bytes,
    root: {
      label: kind === "webPage" ? "Web page" : "Unknown",
      value: description,
      range: { start: 0, end: bytes.length },
      ...(kind === "webPage" && { content: "page" as const }),
      children: () => [
        node(frame, "length", "length", { value: count(bytes.length, "byte") }),
        kind === "binary" ? node(frame, "beginning", "beginning", hexValue(bytes.subarray(0, 32))) : undefined,
        isText ? node(frame, "beginning", "beginning", { value: beginning(bytes) }) : undefined,
      ],
    },
    subjects: [
      {
        kind: "input",
        subject: { bytes, name: place.name, kind, ...(title && { pageTitle: title }), wrapping: place.wrapping },
      },
    ],
    verdict: ([first]) => ({
      status: "error",
      headline: description,
      sentence: first?.message ?? `${place.name} is ${description}.`,
      ...(first && { remedy: first.remedy }),
    }),
  });
}

function kindOf({ bytes, kind }: Artifact): InputSubject["kind"] {
  if (bytes.length === 0) return "empty";
  if (kind === "html") return "webPage";
  if (isAllZeros(bytes)) return "zeros";
  return looksLikeText(bytes) ? "text" : "binary";
}

/** The title of a web page, made fit to be shown; undefined where it has none. */
export function pageTitle(bytes: Uint8Array): string | undefined {
  const { text } = decodeText(bytes.subarray(0, 8192));
  const title = /<title[^>]{0,200}>([^<]{1,300})/i.exec(text)?.[1]?.trim();
  return title ? visibleText(title, 100) : undefined;
}

function beginning(bytes: Uint8Array): string {
  const { text } = decodeText(bytes.subarray(0, mostText));
  return visibleText(text.replaceAll(/\s+/g, " ").trim(), 300);
}
