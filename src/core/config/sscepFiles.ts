import { asciiText } from "../asn1/byteText.js";
import { type Conf, type ConfEntry, confEntry } from "./conf.js";
import { configurationKind } from "./configurationKind.js";
import { readConf } from "./readConf.js";

/** A file that sscep reads, and the names under which it may lie. */
export interface SscepInputFile {
  readonly entry: ConfEntry;
  /** The name itself and, of CACertFile, those of the set that getca writes: `ca.crt-0`. */
  readonly candidates: readonly string[];
}

/** Keys whose files must be there before sscep is started; the others name what it writes. */
const inputs: readonly (readonly [section: string, name: string])[] = [
  ["sscep", "CACertFile"],
  ["sscep_getnextca", "ChainRootCACertFile"],
  ["sscep_enroll", "PrivateKeyFile"],
  ["sscep_enroll", "CertReqFile"],
  ["sscep_enroll", "SignKeyFile"],
  ["sscep_enroll", "SignCertFile"],
  ["sscep_enroll", "EncCertFile"],
];

/** The files that sscep reads, as a configuration names them; those whose names are empty are left out. */
export function sscepInputFiles(conf: Conf): readonly SscepInputFile[] {
  return inputs.flatMap(([section, name]) => {
    const entry = confEntry(conf, section, name);
    if (!entry || entry.value === "") return [];
    const candidates = name === "CACertFile" ? [entry.value, `${entry.value}-0`] : [entry.value];
    return [{ entry, candidates }];
  });
}

/**
 * Looks for the files that an sscep.conf names: by the name that is written there, each that is found, for
 * `InspectContext.namedFiles`. Undefined for an input that is no sscep.conf. `read` gives undefined for what is not there.
 */
export async function findNamedFiles(
  bytes: Uint8Array,
  read: (name: string) => Promise<Uint8Array | undefined>,
): Promise<ReadonlyMap<string, Uint8Array> | undefined> {
  const { text } = asciiText(bytes);
  if (configurationKind(text) !== "sscepConf") return undefined;
  const found = new Map<string, Uint8Array>();
  for (const name of new Set(sscepInputFiles(readConf(text)).flatMap(({ candidates }) => candidates))) {
    const content = await read(name);
    if (content) found.set(name, content);
  }
  return found;
}
