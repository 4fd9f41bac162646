import { type Conf, type ConfEntry, confEntry, type ConfSection, confSection } from "./conf.js";

/** What `openssl req` takes from a configuration (openssl-req(1), CONFIGURATION FILE FORMAT). */
export interface RequestSettings {
  /** The section `req` itself. */
  readonly section: ConfSection;
  readonly stringMask?: ConfEntry;
  readonly utf8?: ConfEntry;
  readonly defaultBits?: ConfEntry;
  readonly defaultMd?: ConfEntry;
  /** `prompt = no`: the subject's and the attributes' sections hold values, not questions. */
  readonly prompt: boolean;
  readonly distinguishedName?: ConfEntry;
  readonly attributes?: ConfEntry;
  readonly reqExtensions?: ConfEntry;
  /** The challengePassword of the section that `attributes` names, or of one that nothing names. */
  readonly challenge?: { readonly entry: ConfEntry; readonly section: ConfSection; readonly used: boolean };
}

/** The section that `openssl req` reads. */
export const requestSection = "req";

/** What the section `req` of a configuration says; undefined where there is none. */
export function requestSettings(conf: Conf): RequestSettings | undefined {
  const section = confSection(conf, requestSection);
  if (!section) return undefined;
  const named = (name: string): ConfEntry | undefined => confEntry(conf, requestSection, name);
  const optional = {
    stringMask: named("string_mask"),
    utf8: named("utf8"),
    defaultBits: named("default_bits"),
    defaultMd: named("default_md"),
    distinguishedName: named("distinguished_name"),
    attributes: named("attributes"),
    reqExtensions: named("req_extensions"),
    challenge: challengeIn(conf, named("attributes")),
  };
  return {
    section,
    prompt: named("prompt")?.value !== "no",
    ...(Object.fromEntries(
      Object.entries(optional).filter(([, value]) => value !== undefined),
    ) as Partial<RequestSettings>),
  };
}

function challengeIn(conf: Conf, attributes: ConfEntry | undefined): RequestSettings["challenge"] {
  const used = attributes && confSection(conf, attributes.value);
  const sections = [...(used ? [used] : []), ...conf.sections.filter((section) => section !== used)];
  for (const section of sections) {
    const entry = section.entries.find(({ name }) => attributeName(name) === "challengePassword");
    if (entry) return { entry, section, used: section === used };
  }
  return undefined;
}

/** The attribute that an entry is for: `1.challengePassword` and `challengePassword` are the same. */
function attributeName(name: string): string {
  return name.replace(/^\d+\./, "");
}
