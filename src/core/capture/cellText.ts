import { bytesPart, type CaptureReader } from "./captureInput.js";
import { cellOctets } from "./dumpCells.js";
import { OctetList } from "./octetList.js";
import { lineEnd } from "./textLines.js";

/**
 * A text that is cells from its beginning to its end, without addresses: `od -An -c`, `od -An -b`. Blanks that were trimmed
 * at the ends of lines are put back. Whether the bytes make sense is for the caller to see.
 */
export const readCellText: CaptureReader = (input) => {
  const { text } = input;
  const octets = new OctetList();
  const end = text.trimEnd().length;
  let width: number | undefined;
  let missing = 0;
  for (let start = 0; start < end;) {
    const stop = Math.min(lineEnd(text, start), end);
    const row = cellOctets(text, start, text.charCodeAt(stop - 1) === 0x0d ? stop - 1 : stop);
    if (!row) return [];
    for (; missing > 0; missing--) octets.push(0x20);
    for (const octet of row) octets.push(octet);
    width ??= row.length;
    missing = width - row.length;
    start = stop + 1;
  }
  return octets.length < 2 ? [] : [bytesPart(input, "", { start: 0, end }, octets.toBytes())];
};
