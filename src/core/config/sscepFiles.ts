import { type Conf, type ConfEntry, confEntry } from "./conf.js";

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
