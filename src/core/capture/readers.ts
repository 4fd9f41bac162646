import type { CaptureReader } from "./captureInput.js";
import { readBase64Text, readEmbeddedBase64 } from "./base64Text.js";
import { readByteLists } from "./byteList.js";
import { readGetMessages } from "./getMessage.js";
import { readHexDumps } from "./hexDump.js";
import { readEmbeddedHex, readHexText } from "./hexText.js";
import { looksLikeHttp, readHttpText } from "./http/readHttpText.js";
import { readPemArmour } from "./pemArmour.js";

/**
 * The readers of what can be told for what it is: a log by its words, a mail by its headers, PEM by its armour. They are
 * asked in this order, the most particular first, and the first that finds something is believed.
 */
export const containerReaders: readonly CaptureReader[] = [
  ({ bytes }) => (looksLikeHttp(bytes) ? readHttpText(bytes) : []),
  readPemArmour,
  readGetMessages,
];

/**
 * The readers of bytes that a text may spell. Words can look like base64 and tables like hex, so each is believed only if
 * something known comes of it.
 */
export const spellingReaders: readonly CaptureReader[] = [
  readHexDumps,
  readHexText,
  readByteLists,
  readBase64Text,
  readEmbeddedBase64,
  readEmbeddedHex,
];
