import { readBer } from "../asn1/berReader.js";
import { fromHex } from "../asn1/hex.js";
import { oid } from "../asn1/oids.js";
import { visibleText } from "../asn1/visibleText.js";
import { HumanError } from "../humanError.js";

/** One attribute of a distinguished name as it was written. */
export interface DistinguishedNameAttribute {
  /** Dotted. */
  readonly type: string;
  /** The type as it was written: `CN`. */
  readonly typeText: string;
  /** Text, or the DER of a value written as `#` and hex (RFC 4514 §2.4). */
  readonly value: string | Uint8Array;
}

/** Short names in capitals (RFC 4514 §3, OpenSSL's and Microsoft's). */
const typesByName = new Map<string, string>([
  ["CN", oid.commonName],
  ["COMMONNAME", oid.commonName],
  ["SN", oid.surname],
  ["SURNAME", oid.surname],
  ["SERIALNUMBER", oid.serialNumber],
  ["C", oid.countryName],
  ["COUNTRYNAME", oid.countryName],
  ["L", oid.localityName],
  ["LOCALITYNAME", oid.localityName],
  ["ST", oid.stateOrProvinceName],
  ["S", oid.stateOrProvinceName],
  ["STATEORPROVINCENAME", oid.stateOrProvinceName],
  ["STREET", oid.streetAddress],
  ["STREETADDRESS", oid.streetAddress],
  ["O", oid.organizationName],
  ["ORGANIZATIONNAME", oid.organizationName],
  ["OU", oid.organizationalUnitName],
  ["ORGANIZATIONALUNITNAME", oid.organizationalUnitName],
  ["T", oid.title],
  ["TITLE", oid.title],
  ["GN", oid.givenName],
  ["G", oid.givenName],
  ["GIVENNAME", oid.givenName],
  ["INITIALS", oid.initials],
  ["I", oid.initials],
  ["DC", oid.domainComponent],
  ["DOMAINCOMPONENT", oid.domainComponent],
  ["UID", oid.userId],
  ["USERID", oid.userId],
  ["EMAILADDRESS", oid.emailAddress],
  ["EMAIL", oid.emailAddress],
  ["E", oid.emailAddress],
  ["UNSTRUCTUREDNAME", oid.unstructuredName],
  ["UNSTRUCTUREDADDRESS", oid.unstructuredAddress],
  ["DNQUALIFIER", "2.5.4.46"],
  ["GENERATIONQUALIFIER", "2.5.4.44"],
  ["PSEUDONYM", "2.5.4.65"],
  ["POSTALCODE", "2.5.4.17"],
  ["DESCRIPTION", "2.5.4.13"],
]);

/**
 * Reads a distinguished name as people write it, into RelativeDistinguishedNames in the order of the encoding: RFC
 * 4514's form with `,` (or RFC 2253's `;`), whose order is the reverse of the encoding's, or, where the text begins
 * with `/`, OpenSSL's. Throws a {@link HumanError} that says at which character the text is wrong.
 */
export function readDistinguishedName(text: string): readonly (readonly DistinguishedNameAttribute[])[] {
  const start = text.length - text.trimStart().length;
  if (text[start] === "/") return new Reader(text, start + 1, "/").readAll();
  return new Reader(text, start, ",;").readAll().toReversed();
}

class Reader {
  constructor(
    private readonly text: string,
    private offset: number,
    /** The characters of which each ends a RelativeDistinguishedName. */
    private readonly separators: string,
  ) {}

  readAll(): DistinguishedNameAttribute[][] {
    const rdns: DistinguishedNameAttribute[][] = [];
    if (this.#rest().trim() === "") return rdns;
    for (;;) {
      rdns.push(this.#readRdn());
      if (this.offset >= this.text.length) return rdns;
      this.offset++;
    }
  }

  /** Attributes joined by `+`, up to a separator or the end. */
  #readRdn(): DistinguishedNameAttribute[] {
    const attributes = [this.#readAttribute()];
    while (this.text[this.offset] === "+") {
      this.offset++;
      attributes.push(this.#readAttribute());
    }
    return attributes;
  }

  #readAttribute(): DistinguishedNameAttribute {
    const start = this.offset;
    const match = /^\s*([^=+,;/\\"]*?)\s*=[ \t]*/.exec(this.#rest());
    const typeText = match?.[1];
    if (!match || typeText === undefined || typeText === "") {
      throw this.#wrong(start, "a type and an equals sign, such as CN=, should stand here");
    }
    const type = /^(?:oid\.)?(\d+(?:\.\d+)+)$/i.exec(typeText)?.[1] ?? typesByName.get(typeText.toUpperCase());
    if (type === undefined) {
      throw this.#wrong(
        start,
        `the type "${visibleText(typeText)}" is unknown. Known are CN, O, OU, C, ST, L, DC, serialNumber, emailAddress and others, or a dotted object identifier`,
      );
    }
    this.offset += match[0].length;
    return { type, typeText, value: this.#readValue() };
  }

  #readValue(): string | Uint8Array {
    const start = this.offset;
    const first = this.text[start];
    if (first === "#" && this.separators !== "/") return this.#readHexValue();
    const value = first === '"' && this.separators !== "/" ? this.#readQuoted() : this.#readPlain();
    if (value === "") throw this.#wrong(start, "the value is empty");
    return value;
  }

  /** RFC 4514 §2.4: the DER of the value in hexadecimal. */
  #readHexValue(): Uint8Array {
    const start = this.offset;
    const digits = /^#([0-9a-fA-F]*)[ \t]*/.exec(this.#rest());
    const der = fromHex(digits?.[1] ?? "");
    const node = der && readBer(der);
    this.offset += digits?.[0].length ?? 0;
    if (!der || !node || node.end !== der.length || node.problems.length > 0 || !this.#atEndOfValue()) {
      throw this.#wrong(start, "a # should be followed by a whole DER value in hexadecimal digits");
    }
    return der;
  }

  /** RFC 2253 §4: a value in quotation marks, in which only `\` and `"` have a meaning of their own. */
  #readQuoted(): string {
    const start = this.offset++;
    const octets: number[] = [];
    for (;;) {
      const character = this.#next();
      if (character === undefined) throw this.#wrong(start, "the quotation mark is never closed");
      if (character === '"') break;
      if (character === "\\") octets.push(...this.#readEscape());
      else octets.push(...utf8(character));
    }
    this.offset += /^\s*/.exec(this.#rest())?.[0].length ?? 0;
    if (!this.#atEndOfValue()) throw this.#wrong(this.offset, "only a separator may follow the closing quotation mark");
    return this.#text(octets, start);
  }

  #readPlain(): string {
    const start = this.offset;
    const octets: number[] = [];
    // Blanks at the end belong to the value only where they are escaped.
    let kept = 0;
    while (!this.#atEndOfValue()) {
      const character = this.#next() as string;
      if (character === "\\") octets.push(...this.#readEscape());
      else octets.push(...utf8(character));
      if (!/\s/.test(character)) kept = octets.length;
    }
    return this.#text(octets.slice(0, kept), start);
  }

  /** What stands behind a backslash: a character itself or, in RFC 4514's form, an octet of UTF-8 in two digits. */
  #readEscape(): readonly number[] {
    const start = this.offset - 1;
    const digits = /^[0-9a-fA-F]{2}/.exec(this.#rest())?.[0];
    if (digits !== undefined && this.separators !== "/") {
      this.offset += 2;
      return [Number.parseInt(digits, 16)];
    }
    const character = this.#next();
    if (character === undefined) throw this.#wrong(start, "a backslash stands at the end with nothing to escape");
    return utf8(character);
  }

  #text(octets: readonly number[], start: number): string {
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(octets));
    } catch {
      throw this.#wrong(start, "the escaped octets are not well-formed UTF-8");
    }
  }

  #next(): string | undefined {
    const code = this.text.codePointAt(this.offset);
    if (code === undefined) return undefined;
    const character = String.fromCodePoint(code);
    this.offset += character.length;
    return character;
  }

  #atEndOfValue(): boolean {
    const character = this.text[this.offset];
    return character === undefined || character === "+" || this.separators.includes(character);
  }

  #rest(): string {
    return this.text.slice(this.offset);
  }

  #wrong(offset: number, what: string): HumanError {
    const before = visibleText(this.text.slice(Math.max(0, offset - 20), offset));
    const after = visibleText(this.text.slice(offset, offset + 20));
    return new HumanError(
      `The distinguished name is wrong at character ${offset + 1} ("${before}▸${after}"): ${what}. Write it as CN=dev7.example.com,O=Example or /O=Example/CN=dev7.example.com; a special character takes a backslash before it.`,
    );
  }
}

function utf8(character: string): readonly number[] {
  return [...new TextEncoder().encode(character)];
}
