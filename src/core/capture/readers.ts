import { readAccessLog } from "./accessLog.js";
import { readBase64Text, readEmbeddedBase64 } from "./base64Text.js";
import { readByteLists } from "./byteList.js";
import type { CaptureInput, CaptureReader } from "./captureInput.js";
import { readCellText } from "./cellText.js";
import { readCertmongerLog } from "./certmongerLog.js";
import { readCiscoLog } from "./ciscoLog.js";
import { readCurlTrace, readCurlVerbose } from "./curlVerbose.js";
import { readGetMessages } from "./getMessage.js";
import { readHar } from "./har.js";
import { readHexDumps } from "./hexDump.js";
import { readEmbeddedHex, readHexText } from "./hexText.js";
import { looksLikeHttp, readHttpText } from "./http/readHttpText.js";
import { readIisLog } from "./iisLog.js";
import { readJscepLog } from "./jscepLog.js";
import { readMime } from "./mime.js";
import { readPemArmour } from "./pemArmour.js";
import { readSscepLog } from "./sscepLog.js";
import { readStrongswanLog } from "./strongswanLog.js";
import { readUuencode } from "./uuencode.js";

/** A reader, and whether it is believed. */
export interface RankedReader {
  readonly read: CaptureReader;
  /**
   * Its finds are told for what they are (a mail by its headers, PEM by its armour) and are shown whatever is in them.
   * Else it gives bytes that a text may spell (words can look like base64 and tables like hex), of which only those are
   * shown that make sense.
   */
  readonly sure: boolean;
}

const sure = (read: CaptureReader): RankedReader => ({ read, sure: true });
const guess = (read: CaptureReader): RankedReader => ({ read, sure: false });

/** The readers of containers, asked in this order, the most particular first; the first that finds something has it. */
export const containerReaders: readonly RankedReader[] = [
  sure(({ bytes }: CaptureInput) => (looksLikeHttp(bytes) ? readHttpText(bytes) : [])),
  sure(readHar),
  sure(readSscepLog),
  sure(readCertmongerLog),
  guess(readStrongswanLog),
  guess(readCiscoLog),
  sure(readIisLog),
  sure(readCurlTrace),
  sure(readCurlVerbose),
  guess(readMime),
  sure(readAccessLog),
  sure(readJscepLog),
  sure(readPemArmour),
  sure(readUuencode),
  sure(readGetMessages),
];

/** The readers of what a text may spell, asked where it is no container and nothing else that is known. */
export const spellingReaders: readonly RankedReader[] = [
  guess(readHexDumps),
  guess(readHexText),
  guess(readCellText),
  guess(readByteLists),
  guess(readBase64Text),
  guess(readEmbeddedBase64),
  guess(readEmbeddedHex),
];
