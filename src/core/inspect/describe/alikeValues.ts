import { toHex } from "../../asn1/hex.js";
import { latin1 } from "../../asn1/strings.js";
import { Tag } from "../../asn1/tag.js";
import { decodeTimeContent } from "../../asn1/times.js";
import { timeValue } from "./nodes.js";
import type { Shape } from "./shape.js";
import type { SearchHit } from "./structureSearch.js";
import { type Level, levelOf, type PlacedValue } from "./structure.js";

/** A number or a time directly inside a value: its tag and the range of its content. */
interface LeftOut {
  readonly tag: number;
  readonly start: number;
  readonly end: number;
}

/** An encoding in which some values were left out. */
interface Pattern {
  readonly key: string;
  readonly left: readonly LeftOut[];
}

/** The longest value that is taken for one of many: an entry of a list, with its extensions. */
const longestValue = 256;

/** Content octets of numbers that are left out, which are shown in hex; a shorter one may decide what follows. */
const shortestNumber = 9;
const longestNumber = 32;

/** What is remembered at most of patterns, and of times: a list is made in a few goes, of entries that are much alike. */
const mostPatterns = 1000;
const mostTimes = 10_000;

/**
 * Searches long lists without making nodes of their entries. Two entries whose encodings differ only in numbers and times
 * directly inside them have the same nodes under the same names; so where one holds nothing that is looked for, the next
 * may only hold it in these.
 */
export class AlikeValues {
  /** By shape and pattern: whether nothing but what was left out may match. */
  readonly #silent = new Map<Shape, Map<string, boolean>>();
  readonly #times = new Map<string, boolean>();
  readonly #isHex: boolean;
  #patterns = 0;

  /**
   * @param wanted what is looked for, in lower case
   * @param matches whether the very node of a value matches, by its label or by its value
   */
  constructor(
    private readonly wanted: string,
    private readonly matches: (open: {
      readonly value: PlacedValue;
      readonly level: Level;
    }) => SearchHit["found"] | undefined,
  ) {
    this.#isHex = /^[0-9a-f]+$/.test(wanted);
  }

  /** Whether neither the node of a value nor any below it matches; false where that is not known. */
  areSilent(value: PlacedValue): boolean {
    const pattern = patternOf(value);
    if (!pattern) return false;
    const { bytes } = value.ber;
    return this.#isSilent(value, pattern) && !pattern.left.some((left) => this.#mayMatch(bytes, left));
  }

  #isSilent(value: PlacedValue, { key, left }: Pattern): boolean {
    let known = this.#silent.get(value.shape);
    if (!known) this.#silent.set(value.shape, (known = new Map()));
    const before = known.get(key);
    if (before !== undefined) return before;
    if (this.#patterns++ >= mostPatterns) return false;
    const silent = this.#nothingMatches(value, new Set(left.map(({ start }) => start)));
    known.set(key, silent);
    return silent;
  }

  #nothingMatches(value: PlacedValue, left: ReadonlySet<number>): boolean {
    const level = levelOf(value);
    const found = this.matches({ value, level });
    if (left.has(value.ber.contentStart)) {
      return found !== "label" && (value.shape.kind === "any" || value.shape.kind === "hexInteger");
    }
    return found === undefined && level.page(0, level.count).every((inner) => this.#nothingMatches(inner, left));
  }

  #mayMatch(bytes: Uint8Array, { tag, start, end }: LeftOut): boolean {
    if (tag === Tag.integer) return this.#isHex && toHex(bytes.subarray(start, end)).includes(this.wanted);
    const content = bytes.subarray(start, end);
    const key = `${tag} ${latin1(content)}`;
    const known = this.#times.get(key);
    if (known !== undefined) return known;
    const shown = timeValue(decodeTimeContent({ content }, tag === Tag.utcTime));
    const found = shown.toLowerCase().includes(this.wanted);
    if (this.#times.size < mostTimes) this.#times.set(key, found);
    return found;
  }
}

/**
 * The pattern of a SEQUENCE that the grammar knows; undefined of everything else, and of one that is not plain DER. An
 * AlgorithmIdentifier has none, for its parameters are part of its name.
 */
function patternOf({ ber, shape, name }: PlacedValue): Pattern | undefined {
  if (shape.kind !== "fields" || shape.type === "AlgorithmIdentifier") return undefined;
  if (!ber.constructed || ber.indefinite || ber.problems.length > 0 || ber.length > longestValue) return undefined;
  const { bytes, contentEnd } = ber;
  const left: LeftOut[] = [];
  let key = `${name ?? ""} ${ber.tagClass} ${ber.tagNumber} `;
  for (let at = ber.contentStart; at < contentEnd;) {
    const tag = bytes[at] ?? 0;
    const length = bytes[at + 1] ?? 0x80;
    const start = at + 2;
    const end = start + length;
    if ((tag & 0x1f) === 0x1f || length >= 0x80 || end > contentEnd) return undefined;
    const isNumber = tag === Tag.integer && length >= shortestNumber && length <= longestNumber;
    if (isNumber || ((tag === Tag.utcTime || tag === Tag.generalizedTime) && length > 0)) {
      left.push({ tag, start, end });
      key += String.fromCharCode(tag);
    } else {
      key += latin1(bytes.subarray(at, end));
    }
    at = end;
  }
  return { key, left };
}
