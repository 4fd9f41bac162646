import { hresults } from "./hresultTable.js";

/** An HRESULT ([MS-ERREF] §2.1) with its name, the system's text for it, and what it says when NDES sends it. */
export interface Hresult {
  /** The signed 32-bit number, as it stands in the SCEP_ERROR attribute. */
  readonly value: number;
  /** `0x80070490`: eight lower-case hex digits. */
  readonly hex: string;
  /** The symbolic name of winerror.h, or `unknown`. */
  readonly name: string;
  /** The system's English text; where it is not on record, how to find it. */
  readonly text: string;
  /** What it means when it comes from NDES, in whole sentences, where that is on record. */
  readonly meaning?: string;
  /** What to do, in whole sentences, where that is on record. */
  readonly remedy?: string;
  /** Who says what it means; absent where `meaning` is. */
  readonly source?: string;
}

/**
 * Names an HRESULT. Takes the signed 32-bit decimal of the attribute 1.3.6.1.4.1.311.21.33, and the unsigned form of
 * the same bits just as well; whatever lies beyond 32 bits is cut off. Never throws.
 */
export function hresult(value: number): Hresult {
  const signed = value | 0;
  const hex = hresultHex(signed);
  const known = hresults.get(hex);
  const lookUp = `"certutil -error ${hex}" shows it on Windows.`;
  if (known) return { text: `The text of this code is not on record; ${lookUp}`, ...known, value: signed, hex };
  return { value: signed, hex, name: "unknown", text: `This code is not in the table; ${lookUp}` };
}

/** The eight hex digits that people search for: -2147024809 → `0x80070057`. */
export function hresultHex(value: number): string {
  return `0x${(value >>> 0).toString(16).padStart(8, "0")}`;
}
