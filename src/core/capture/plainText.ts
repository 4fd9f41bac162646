import { readBase64 } from "../asn1/base64.js";
import { fromHex } from "../asn1/hex.js";

/** Bytes that a text spells, and how. */
export interface SpelledBytes {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly spelling: "base64" | "hex" | "the message parameter of a GET request";
  /** What had to be put right on the way, in sentences, with the index in the text. */
  readonly problems: readonly { readonly message: string; readonly offset: number }[];
}

/**
 * The bytes that a text without any armour spells: hexadecimal (`30 82`, `30:82`, `0x30, 0x82`), base64 in either
 * alphabet, or the `message=` of a SCEP GET URL (RFC 8894 §4.1). Undefined where it spells none. Whether the bytes make
 * sense is for the caller to see.
 */
export function readSpelledBytes(text: string): SpelledBytes | undefined {
  return readGetMessage(text) ?? readHexText(text) ?? readBase64Text(text);
}

function readHexText(text: string): SpelledBytes | undefined {
  if (!/^\s*(?:0x)?[0-9a-f]{2}/i.test(text.slice(0, 200))) return undefined;
  const bytes = fromHex(text.replaceAll(/0x|[,;{}]/gi, ""));
  return bytes && bytes.length > 0 ? { bytes, spelling: "hex", problems: [] } : undefined;
}

/** The shortest base64 text that is taken for one; a shorter word is more likely to be just a word. */
const shortestBase64 = 24;

function readBase64Text(text: string): SpelledBytes | undefined {
  if (!/^[A-Za-z0-9+/=_\-\s]{1,200}/.test(text) || text.length < shortestBase64) return undefined;
  const { bytes, badAt } = readBase64(text);
  if (badAt === undefined) return { bytes, spelling: "base64", problems: [] };
  // Broken near its end it is still worth showing; broken at the beginning it was no base64.
  if (badAt < text.length / 2) return undefined;
  const line = text.slice(0, badAt).split("\n").length;
  const problem = {
    message: `Line ${line} of the base64 text holds ${JSON.stringify(text[badAt])}, which is no base64; the text is read up to there.`,
    offset: badAt,
  };
  return { bytes, spelling: "base64", problems: [problem] };
}

function readGetMessage(text: string): SpelledBytes | undefined {
  const operation = /[?&]operation=PKIOperation\b/i.exec(text.slice(0, 4096));
  if (!operation) return undefined;
  const key = /[?&]message=/i.exec(text);
  if (!key) return undefined;
  const offset = key.index + key[0].length;
  const value = /^[^\s&#"'<>]*/.exec(text.slice(offset))?.[0] ?? "";
  const problems: { message: string; offset: number }[] = [];
  const unescaped = value.replaceAll(/%([0-9a-f]{2})/gi, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
  if (value.includes("+")) {
    problems.push({
      message:
        'The message parameter holds a bare "+"; a server that decodes it as a form reads a blank there. It has to be written %2B (RFC 8894 §4.1).',
      offset: offset + value.indexOf("+"),
    });
  }
  // A blank stands where some front end has turned a "+" into one already.
  const { bytes, badAt } = readBase64(unescaped.replaceAll(" ", "+"));
  if (badAt !== undefined) {
    problems.push({
      message: `The message parameter holds ${JSON.stringify(unescaped[badAt])}, which is no base64; it is read up to there.`,
      offset: offset + badAt,
    });
  }
  return { bytes, spelling: "the message parameter of a GET request", problems };
}
