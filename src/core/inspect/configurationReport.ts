import { asciiText, type ByteText, byteOffsetIn } from "../asn1/byteText.js";
import { type Conf, type ConfEntry, type ConfSection, defaultSection, type TextRange } from "../config/conf.js";
import { readConf } from "../config/readConf.js";
import { readRequestScript, type RequestScript } from "../config/requestScript.js";
import { type RequestSettings, requestSettings } from "../config/requestSettings.js";
import { sscepKey } from "../config/sscepKeys.js";
import { definedOnly } from "../definedOnly.js";
import type { Artifact } from "./artifact.js";
import { assemble, frameOf, type Place, verdictOf } from "./assemble.js";
import { count, type Frame, inside, node, textValue } from "./describe/nodes.js";
import type { RequestSettingsFacts } from "./facts/configurationFacts.js";
import type { Facts } from "./facts/facts.js";
import type { ByteRange } from "./finding.js";
import type { Report, ReportNode } from "./report.js";
import type { AnySubject, PlaceOf } from "./subject.js";

/** Sections shown of one configuration, and entries of one section. */
const mostSections = 200;
const mostEntries = 500;

/** Values that are passwords. */
const secretNames = /^(?:\d+\.)?(?:challengePassword|KeyStorePass|PIN|input_password|output_password)$/;

const titles = {
  opensslConf: "OpenSSL configuration",
  mkrequest: "mkrequest script",
  sscepConf: "sscep configuration",
} as const;

/** The report on a configuration: its sections and values where they stand, and what will come of them. */
export function reportOnConfiguration(artifact: Artifact, place: Place): Report {
  const { bytes } = artifact;
  const kind = artifact.kind as keyof typeof titles;
  const source = asciiText(bytes);
  const script = kind === "mkrequest" ? readRequestScript(source.text) : undefined;
  const conf = script?.conf ?? readConf(source.text);
  const request = kind === "sscepConf" ? undefined : requestSettings(conf);
  const layout = new Layout(frameOf(place, bytes), source, conf, script, request?.prompt !== true);
  const nodes = layout.nodes(kind === "sscepConf");
  const title = titles[kind];
  return assemble(place, {
    title,
    facts: factsOf(kind, place, conf, request, script),
    bytes,
    root: {
      label: title,
      value: count(conf.sections.length, "section"),
      range: { start: 0, end: bytes.length },
      children: () => nodes,
    },
    subjects: [subjectOf(kind, conf, request, script, layout)],
    verdict: verdictOf(title, sentenceOf(kind, request)),
  });
}

function sentenceOf(kind: keyof typeof titles, request: RequestSettings | undefined): string {
  if (kind === "sscepConf") return "Nothing is wrong with it as far as it can be seen.";
  return request?.challenge
    ? "The challengePassword will be a PrintableString, as NDES wants it."
    : "Nothing is wrong with it as far as it can be seen; it gives requests no challengePassword.";
}

function subjectOf(
  kind: keyof typeof titles,
  conf: Conf,
  request: RequestSettings | undefined,
  script: RequestScript | undefined,
  layout: Layout,
): AnySubject {
  const { place, scriptPlace } = layout;
  if (kind === "sscepConf") return { kind: "sscepConf", subject: { conf, place } };
  return {
    kind: "opensslConf",
    subject: { conf, place, scriptPlace, ...(request && { request }), ...(script && { script }) },
  };
}

function factsOf(
  kind: keyof typeof titles,
  place: Place,
  conf: Conf,
  request: RequestSettings | undefined,
  script: RequestScript | undefined,
): Facts {
  const settings = request && settingsFacts(request);
  switch (kind) {
    case "sscepConf": {
      const entries = conf.sections.flatMap(({ name: section, entries: all }) =>
        all
          .filter(({ name }) => sscepKey(section, name) && !secretNames.test(name))
          .map(({ name, value }) => [name, value]),
      );
      return { kind, ...place.source, settings: Object.fromEntries(entries) as { [key: string]: string } };
    }
    case "mkrequest":
      return {
        kind,
        ...place.source,
        ...(settings && { request: settings }),
        ...(script?.keyBits && { keyBits: script.keyBits.bits }),
      };
    case "opensslConf":
      return { kind, ...place.source, ...(settings && { request: settings }) };
  }
}

function settingsFacts({ stringMask, utf8, defaultBits, defaultMd, challenge }: RequestSettings): RequestSettingsFacts {
  return definedOnly<RequestSettingsFacts>({
    stringMask: stringMask?.value,
    utf8: utf8?.value,
    defaultBits: defaultBits?.value,
    defaultMd: defaultMd?.value,
    challengePassword: challenge?.used === true,
  });
}

/** Where everything of a configuration stands: which node of the report, and which bytes of the input. */
class Layout {
  /** Where each entry and header begins in the configuration's text → the id of its node below the root. */
  readonly #ids = new Map<number, string>();

  constructor(
    private readonly frame: Frame,
    private readonly source: ByteText,
    private readonly conf: Conf,
    private readonly script: RequestScript | undefined,
    /** Whether entries named like passwords hold them; with `prompt` they hold the words of a question. */
    private readonly secrets: boolean,
  ) {
    conf.sections.slice(0, mostSections).forEach(({ header, entries }, index) => {
      if (header) this.#ids.set(header.start, String(index));
      entries.slice(0, mostEntries).forEach(({ nameRange, valueRange }, entry) => {
        this.#ids.set(nameRange.start, `${index}/${entry}`);
        this.#ids.set(valueRange.start, `${index}/${entry}`);
      });
    });
  }

  /** Of a range in the configuration's text. */
  readonly place: PlaceOf = (range) => ({ at: this.#ids.get(range.start) ?? "", range: this.#bytes(range) });

  /** Of a range in the text of the script around it. */
  readonly scriptPlace: PlaceOf = (range) => ({
    at: range.start === this.script?.keyBits?.range.start ? "keyBits" : "",
    range: this.#inSource(range),
  });

  nodes(sscep: boolean): ReportNode[] {
    const keyBits = this.script?.keyBits;
    return [
      ...(keyBits
        ? [
            node(this.frame, "keyBits", "key size", {
              value: `${keyBits.bits} bits`,
              range: this.#inSource(keyBits.range),
            }),
          ]
        : []),
      ...this.conf.sections.slice(0, mostSections).map((section, index) => this.#sectionNode(section, index, sscep)),
    ];
  }

  #sectionNode({ name, header, entries }: ConfSection, index: number, sscep: boolean): ReportNode {
    const segment = String(index);
    const below = inside(this.frame, segment);
    const label = name === defaultSection && !header ? "before the first section" : `[ ${shown(name).value} ]`;
    const children = entries
      .slice(0, mostEntries)
      .map((entry, at) => this.#entryNode(below, String(at), entry, name, sscep));
    const parts = { value: count(entries.length, "value"), ...(header && { range: this.#bytes(header) }) };
    return node(this.frame, segment, label, parts, children);
  }

  #entryNode(frame: Frame, segment: string, entry: ConfEntry, section: string, sscep: boolean): ReportNode {
    const known = sscep ? sscepKey(section, entry.name) : undefined;
    const secret = secretNames.test(entry.name) && this.secrets && !/^(?:\$|$)/.test(entry.value);
    return node(frame, segment, shown(entry.name).value, {
      ...(secret ? { value: "•••", secret: utf8Text(entry.value) } : shown(entry.value)),
      range: this.#bytes({ start: entry.nameRange.start, end: entry.valueRange.end }),
      ...(known && { explanation: known.what, citation: "sscep 0.10, sscep.conf" }),
    });
  }

  #bytes(range: TextRange): ByteRange {
    return this.#inSource(this.script ? this.script.locate(range) : range);
  }

  #inSource({ start, end }: TextRange): ByteRange {
    return { start: byteOffsetIn(this.source, start), end: byteOffsetIn(this.source, end) };
  }
}

function shown(text: string): { value: string; copyValue?: string } {
  return textValue(utf8Text(text));
}

/** The text of characters that stand for a byte each. */
function utf8Text(text: string): string {
  return new TextDecoder().decode(Uint8Array.from(text, (character) => character.charCodeAt(0)));
}
