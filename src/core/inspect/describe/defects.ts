import type { BerNode, BerProblem, BerProblemCode } from "../../asn1/berNode.js";
import { toHex } from "../../asn1/hex.js";
import { orderOfEncodings } from "../../asn1/sameEncoding.js";
import { isCharacterString } from "../../asn1/strings.js";
import { Tag, TagClass } from "../../asn1/tag.js";
import { type ValueExpectation, valueProblems } from "../../asn1/valueProblems.js";
import type { PlacedValue } from "./structure.js";

/** Elements of a SET that are compared with one another. */
const mostCompared = 1000;

/**
 * What is wrong with a value where it stands: what the reader met, what its content should not be, and what DER asks of it
 * where DER is binding. Its children apart, but they have been read before, for some defects come to light there.
 */
export function defectsOf(value: PlacedValue): readonly BerProblem[] {
  const { ber, shape, der } = value;
  const content = shape.kind === "octets" || ber.constructed ? none : valueProblems(ber, expectation(value));
  const form = der && mayBreakDer(value) ? derProblems(value) : none;
  const { problems } = ber;
  return content.length + form.length === 0 ? problems : [...problems, ...content, ...form];
}

const none: readonly BerProblem[] = [];

/** Whether there is anything that DER asks of a value; of most there is nothing. */
function mayBreakDer({ ber, defaultValue }: PlacedValue): boolean {
  return defaultValue !== undefined || (ber.constructed && (!ber.isSequence || ber.indefinite));
}

function expectation({ ber, shape, name }: PlacedValue): ValueExpectation | undefined {
  const { tagClass, tagNumber } = ber;
  if (shape.kind === "secret") return tagClass === TagClass.universal ? { tagNumber, secret: true } : undefined;
  if (shape.kind === "implicitString") return { tagNumber: shape.tagNumber };
  if (shape.kind === "implicitOid") return { tagNumber: Tag.objectIdentifier };
  if (tagClass === TagClass.universal) return { tagNumber };
  // rfc822Name, dNSName and uniformResourceIdentifier (RFC 5280 §4.2.1.6).
  const isText = ber.isContext(1) || ber.isContext(2) || ber.isContext(6);
  return isText && (name === "GeneralName" || name === "accessLocation") ? { tagNumber: Tag.ia5String } : undefined;
}

function derProblems({ ber, defaultValue, name }: PlacedValue): BerProblem[] {
  const found: BerProblem[] = [];
  const tell = (code: BerProblemCode, words: string): void => {
    found.push({ code, offset: ber.start, message: `The ${ber.tagName} at offset ${ber.start} ${words}` });
  };
  if (ber.indefinite) tell("formNotDer", "has an indefinite length, which BER allows and DER does not.");
  else if (ber.constructed && ber.tagClass === TagClass.universal && isString(ber.tagNumber)) {
    tell("formNotDer", "is in chunks, which BER allows and DER does not.");
  }
  if (defaultValue !== undefined && toHex(ber.content.subarray(0, 8)) === defaultValue) {
    tell("defaultEncoded", `says what ${name} is by DEFAULT; DER leaves that out.`);
  }
  if (ber.isSet) setProblems(ber, tell);
  return found;
}

function setProblems(ber: BerNode, tell: (code: BerProblemCode, words: string) => void): void {
  const elements = ber.childrenFrom(0, mostCompared);
  if (elements.length < 2) return;
  const order = elements.map((element, index) => {
    const before = elements[index - 1];
    return before ? orderOfEncodings(before, element) : -1;
  });
  if (order.some((difference) => difference > 0)) tell("setOrder", "is not sorted as DER sorts a SET OF.");
  if (order.includes(0)) tell("setDuplicate", "holds the same element twice.");
}

function isString(tagNumber: number): boolean {
  return tagNumber === Tag.bitString || tagNumber === Tag.octetString || isCharacterString(tagNumber);
}
