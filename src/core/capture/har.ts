import { decodeText } from "../asn1/byteText.js";
import type { HttpExchange, HttpResponse } from "../scep/transport.js";
import { type CaptureInput, exchangePart, type TextProblem } from "./captureInput.js";
import type { CapturedPart } from "./capturedPart.js";
import { harBody, type HarBody } from "./harBody.js";
import { captureLimits } from "./limits.js";

type Json = Readonly<Record<string, unknown>>;

/**
 * The exchanges of a HAR 1.2 file, as browsers and proxies save them, those that have to do with SCEP: all of them where
 * none has. Bodies that the file has destroyed are told.
 */
export const readHar = (input: CaptureInput): readonly CapturedPart[] => {
  if (!/^\s*\{/.test(input.text.slice(0, 100)) || !/"entries"\s*:/.test(input.text)) return [];
  const entries = entriesOf(parsed(decodeText(input.bytes).text));
  const scep = entries.filter(({ entry }) => isScep(entry));
  const shown = scep.length > 0 ? scep : entries;
  const places = entryPlaces(input.text, entries.length);
  return shown.slice(0, captureLimits.parts + 1).map(({ entry, index }) => {
    const start = places[index] ?? 0;
    const end = places[index + 1] ?? input.text.length;
    const { exchange, problems } = exchangeOf(entry);
    const told = problems.map((message): TextProblem => ({ code: "har.body", message, index: start }));
    return exchangePart(input, entries.length === 1 ? "" : `#${index + 1}`, { start, end }, exchange, told);
  });
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    // Text that is no JSON is no HAR; what else it may be is for others to say.
    return undefined;
  }
}

function entriesOf(document: unknown): { entry: Json; index: number }[] {
  const log = isObject(document) && isObject(document["log"]) ? document["log"] : undefined;
  const entries = log?.["entries"];
  if (!Array.isArray(entries)) return [];
  return entries.flatMap((entry: unknown, index) =>
    isObject(entry) && isObject(entry["request"]) ? [{ entry, index }] : [],
  );
}

/** Where each entry begins: its `startedDateTime` is the one member that no other object has. */
function entryPlaces(text: string, count: number): number[] {
  const places: number[] = [];
  for (let at = text.indexOf('"startedDateTime"'); at >= 0; at = text.indexOf('"startedDateTime"', at + 1))
    places.push(at);
  return places.length === count ? places : [];
}

function isScep(entry: Json): boolean {
  const request = object(entry["request"]);
  const content = object(object(entry["response"])["content"]);
  return (
    /[?&]operation=(?:PKIOperation|GetCA|GetNextCA)|mscep|pkiclient/i.test(string(request["url"])) ||
    /x-pki-message|x-x509-/i.test(string(content["mimeType"]) + string(object(request["postData"])["mimeType"]))
  );
}

function exchangeOf(entry: Json): { exchange: HttpExchange; problems: string[] } {
  const request = object(entry["request"]);
  const sent = harBody(object(request["postData"]), "request");
  const received = responseOf(object(entry["response"]));
  const startedAt = string(entry["startedDateTime"]);
  const wait = object(entry["timings"])["wait"];
  const server = string(entry["serverIPAddress"]);
  return {
    exchange: {
      request: {
        method: string(request["method"]) || "?",
        url: string(request["url"]),
        headers: Object.fromEntries(headersOf(request)),
        ...(sent.bytes.length > 0 && { body: sent.bytes }),
      },
      ...(server !== "" && { remoteAddress: server }),
      ...(received.response
        ? { response: received.response }
        : {
            failure: {
              code: "notCaptured",
              sentence: "The HAR file holds no answer to this request. Look at what the browser or proxy says of it.",
              detail: string(object(entry["response"])["_error"]),
            },
          }),
      ...(!Number.isNaN(Date.parse(startedAt)) && {
        timings: {
          startedAt: new Date(startedAt).toISOString(),
          ...(typeof wait === "number" && wait >= 0 && { firstByteMs: wait }),
          totalMs: typeof entry["time"] === "number" ? Math.max(0, entry["time"]) : 0,
        },
      }),
    },
    problems: [...sent.problems, ...received.problems],
  };
}

function responseOf(response: Json): { response?: HttpResponse; problems: readonly string[] } {
  const status = response["status"];
  // Browsers write 0 where no answer came.
  if (typeof status !== "number" || status === 0) return { problems: [] };
  const content = object(response["content"]);
  const body: HarBody = harBody(content, "response");
  const size = content["size"];
  const left = body.bytes.length === 0 && typeof size === "number" && size > 0;
  const headers = headersOf(response);
  const type = string(content["mimeType"]);
  const hasType = headers.some(([name]) => name.toLowerCase() === "content-type");
  return {
    response: {
      status,
      reasonPhrase: string(response["statusText"]),
      headers: hasType || type === "" ? headers : [...headers, ["Content-Type", type]],
      body: body.bytes,
      ...(left && { bodyUnknown: true }),
    },
    problems: left
      ? [...body.problems, `The file says that the response had ${size} bytes and does not hold them.`]
      : body.problems,
  };
}

function headersOf(message: Json): [string, string][] {
  const headers: unknown = message["headers"];
  if (!Array.isArray(headers)) return [];
  return headers
    .filter((header: unknown) => isObject(header))
    .map((header: Json): [string, string] => [string(header["name"]), string(header["value"])]);
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function object(value: unknown): Json {
  return isObject(value) ? value : {};
}

function string(value: unknown): string {
  return typeof value === "string" ? value : "";
}
