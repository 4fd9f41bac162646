/**
 * The page's own words. What is said about messages comes with the reports; these are the names of its parts. `{0}` and
 * `{1}` stand for what differs.
 */
export interface InspectorWords {
  /** The language of these words, as HTML's `lang` wants it. */
  readonly language: string;
  /** Statuses, beside their marks. */
  readonly error: string;
  readonly warning: string;
  readonly info: string;
  readonly ok: string;
  /** How many findings there are of each severity. */
  readonly errorOne: string;
  readonly errorMany: string;
  readonly warningOne: string;
  readonly warningMany: string;
  readonly infoOne: string;
  readonly infoMany: string;
  /** The regions of the page, for screen readers, and their headings. */
  readonly verdict: string;
  readonly whatToDo: string;
  readonly artifacts: string;
  readonly path: string;
  readonly inside: string;
  readonly conversation: string;
  readonly findings: string;
  readonly structure: string;
  readonly bytes: string;
  readonly details: string;
  /** The head's actions. */
  readonly showEvidence: string;
  readonly openAsText: string;
  readonly save: string;
  readonly copy: string;
  readonly copied: string;
  readonly copyAs: string;
  readonly openInner: string;
  readonly showInner: string;
  readonly reveal: string;
  readonly secretBytes: string;
  /** Names of the forms of copying. */
  readonly copyValue: string;
  readonly copyHex: string;
  readonly copyBase64: string;
  readonly copyPem: string;
  readonly copyC: string;
  readonly copyPath: string;
  /** The search. */
  readonly search: string;
  readonly searchHint: string;
  readonly next: string;
  readonly previous: string;
  /** `3 of 12`. */
  readonly matchOf: string;
  /** `3 of more than 1000`. */
  readonly matchOfMore: string;
  readonly noMatch: string;
  /** The tree. */
  readonly unfoldAll: string;
  readonly foldAll: string;
  readonly unfoldedPart: string;
  readonly name: string;
  readonly value: string;
  readonly offset: string;
  readonly length: string;
  /** `12 items`. */
  readonly items: string;
  /** The bytes. */
  readonly buffer: string;
  readonly noBytes: string;
  /** `byte 0x1f, 30`, for a screen reader. */
  readonly byteAt: string;
  readonly secretByte: string;
  /** Definition of a node. */
  readonly definedIn: string;
  readonly type: string;
  readonly place: string;
  /** `offset 4 (0x4), 15 bytes: header 4, content 11`. */
  readonly placeOf: string;
  readonly placeWithHeader: string;
  readonly remedy: string;
  readonly emptyValue: string;
  /** The picture. */
  readonly request: string;
  readonly response: string;
  readonly noResponse: string;
  readonly issuedBy: string;
  /** The bar between the two panes. */
  readonly splitter: string;
  /** `{0} of {1}`, for places in a list. */
  readonly loading: string;
}

/** Puts what differs into a text. */
export function filled(text: string, ...parts: readonly (string | number)[]): string {
  return text.replaceAll(/\{(\d)\}/g, (_, index: string) => String(parts[Number(index)] ?? ""));
}
