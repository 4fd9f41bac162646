import { visibleText } from "../asn1/visibleText.js";
import { javaKeystoreIn } from "../crypto/javaKeystore.js";
import type { CapturedPart } from "./capturedPart.js";
import { captureLimits } from "./limits.js";

/** What an entry is, by its tag. */
const tags = { key: 1, certificate: 2 } as const;

/** Characters of an alias that are told. */
const longestAlias = 60;

/**
 * The certificates and encrypted keys in a keystore of Java's, JKS or JCEKS, each under its alias: as far as they go, for a
 * secret key of JCEKS is a serialized object whose end only Java finds. None where the bytes are no keystore, or one that
 * has no such entry.
 */
export function readKeystoreEntries(bytes: Uint8Array): readonly CapturedPart[] {
  const keystore = javaKeystoreIn(bytes);
  if (!keystore) return [];
  const reader = new FieldReader(bytes);
  reader.skip(4);
  const version = reader.number(4);
  const count = reader.number(4) ?? 0;
  const parts: CapturedPart[] = [];
  const take = (alias: string, what: "certificate" | "key"): boolean => {
    const value = reader.value();
    if (!value) return false;
    const label = `#${parts.length + 1} ${visibleText(alias, longestAlias)} ${what}`;
    // A key's encryption is known to nobody else, so that it is not told for a key by its shape.
    const claim = what === "key" && { claim: "ENCRYPTED PRIVATE KEY" };
    parts.push({ kind: "bytes", label, ...claim, ...value, length: value.bytes.length, problems: [] });
    return true;
  };
  const takeCertificate = (alias: string): boolean =>
    (version === 1 || reader.string() !== undefined) && take(alias, "certificate");
  const takeEntry = (): boolean => {
    const tag = reader.number(4);
    const alias = reader.string();
    // When the entry was made.
    if (alias === undefined || !reader.skip(8)) return false;
    if (tag === tags.certificate) return takeCertificate(alias);
    if (tag !== tags.key || !take(alias, "key")) return false;
    const chain = reader.number(4) ?? 0;
    for (let i = 0; i < chain; i++) if (parts.length > captureLimits.parts || !takeCertificate(alias)) return false;
    return true;
  };
  let read = 0;
  while (read < count && parts.length <= captureLimits.parts && takeEntry()) read++;
  const [first, ...others] = parts;
  if (!first) return [];
  const rest = read < count ? ` It says that it has ${count} entries, of which ${read} could be read as a whole.` : "";
  const problem = {
    code: "input.javaKeystore",
    message: `This stands in a keystore of Java in the format ${keystore.format}; the keys of such are encrypted in a way that is not opened here.${rest}`,
    remedy: keystore.remedy,
    offset: 0,
  } as const;
  return [{ ...first, problems: [problem] }, ...others];
}

/** Reads big-endian fields one behind the other. What is not there is undefined. */
class FieldReader {
  #at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  /** Whether so many octets were there to be passed over. */
  skip(length: number): boolean {
    if (this.#at + length > this.bytes.length) return false;
    this.#at += length;
    return true;
  }

  number(length: 2 | 4): number | undefined {
    const from = this.#at;
    if (!this.skip(length)) return undefined;
    let value = 0;
    for (const octet of this.bytes.subarray(from, this.#at)) value = value * 256 + octet;
    return value;
  }

  /** A text behind its length in two octets. */
  string(): string | undefined {
    const length = this.number(2);
    const from = this.#at;
    if (length === undefined || !this.skip(length)) return undefined;
    return new TextDecoder().decode(this.bytes.subarray(from, this.#at));
  }

  /** Octets behind their number in four. */
  value(): { readonly bytes: Uint8Array; readonly offset: number } | undefined {
    const length = this.number(4);
    const offset = this.#at;
    if (length === undefined || !this.skip(length)) return undefined;
    return { bytes: this.bytes.subarray(offset, offset + length), offset };
  }
}
