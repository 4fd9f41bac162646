import { readBase64 } from "../asn1/base64.js";

/** The octets of a body that a HAR file keeps, and in sentences what became of them there. */
export interface HarBody {
  readonly bytes: Uint8Array;
  readonly problems: readonly string[];
}

/**
 * The octets of a `postData` or a `content` of HAR 1.2, which keeps text: base64 where it says so (for requests that is no
 * standard), characters below U+0100 as the octets that some programs mean by them, and else the text in UTF-8. U+FFFD
 * stands where an octet was lost.
 */
export function harBody(body: Readonly<Record<string, unknown>>, part: "request" | "response"): HarBody {
  const text = body["text"];
  if (typeof text !== "string" || text === "") return { bytes: new Uint8Array(), problems: [] };
  const encoding = body["encoding"];
  if (typeof encoding === "string" && encoding.toLowerCase() === "base64") {
    const { bytes, badAt } = readBase64(text);
    if (badAt === undefined) return { bytes, problems: [] };
    // Firefox writes base64 as the encoding of bodies that it keeps as text.
    const plain = textBody(text, part);
    return {
      ...plain,
      problems: [`The ${part}'s body is said to be base64 and is none; it is taken as text.`, ...plain.problems],
    };
  }
  return textBody(text, part);
}

function textBody(text: string, part: "request" | "response"): HarBody {
  const lost = text.split("\ufffd").length - 1;
  if (lost > 0) {
    const how = `The ${part}'s body was destroyed when the file was written: ${lost.toLocaleString("en-US")} of its characters are U+FFFD, which stands for octets that are lost for good.`;
    return { bytes: new TextEncoder().encode(text), problems: [how] };
  }
  if (isBinary(text)) {
    return {
      bytes: Uint8Array.from(text, (character) => character.charCodeAt(0)),
      problems: [
        `The ${part}'s body is binary, written one character for each octet (Latin-1), which HAR does not provide for; it was taken back.`,
      ],
    };
  }
  return { bytes: new TextEncoder().encode(text), problems: [] };
}

/** Characters that are octets: none above U+00FF, and control characters that no text has. */
function isBinary(text: string): boolean {
  return /[\u0000-\u0008\u000e-\u001a\u0080-\u009f]/.test(text) && !/[^\u0000-\u00ff]/.test(text);
}
