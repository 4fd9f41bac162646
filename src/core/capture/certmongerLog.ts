import { readBase64 } from "../asn1/base64.js";
import { type CaptureInput, exchangePart, type TextProblem } from "./captureInput.js";
import type { CapturedPart } from "./capturedPart.js";
import { captureLimits } from "./limits.js";
import { loggedExchange, operationIn } from "./loggedExchange.js";

const request = /^(?:\S{1,60}: )?(GET|POST) "(https?:\/\/[^"\r\n]+)"/gm;

/**
 * The exchanges that certmonger's `scep-submit -v` prints: `GET "URL"`, `response_code = 200`, `content-type = "…"`,
 * `results = "base64 of the whole response"`.
 */
export const readCertmongerLog = (input: CaptureInput): readonly CapturedPart[] => {
  const { text } = input;
  if (!text.includes("code = ") || !/^\S*\s?response_code = |^(?:\S+: )?code = -?\d/m.test(text)) return [];
  const requests = [...text.matchAll(request)].slice(0, captureLimits.parts + 1);
  return requests.map((match, index) => {
    const end = requests[index + 1]?.index ?? text.length;
    const [, method, url] = match as unknown as [string, string, string];
    const told = text.slice(match.index, end);
    const results = /results = "([^"]*)("?)/.exec(told);
    const reading = results?.[1] === undefined ? undefined : readBase64(results[1]);
    const status = /response_code = (\d{3})/.exec(told)?.[1];
    const problems: TextProblem[] = [];
    if (results && (results[2] === "" || reading?.badAt !== undefined)) {
      const message =
        "The log breaks off within the base64 of the response, or holds something else there; the response is read up to that.";
      problems.push({ code: "log.message", message, index: match.index + results.index });
    }
    const exchange = loggedExchange({
      method,
      url,
      status: status === undefined ? undefined : Number(status),
      contentType: /content-type = "([^"\r\n]*)"/.exec(told)?.[1],
      body: reading?.bytes,
    });
    const code = /^(?:\S+: )?code = (-?\d+)/m.exec(told)?.[1];
    const words = /code_text = "([^"\r\n]*)"/.exec(told)?.[1] ?? "";
    const failed = exchange.failure && code !== undefined && code !== "0";
    const sentence = `certmonger got no answer: ${words} (libcurl's error ${code}). Look at the address, the network and what stands between.`;
    return exchangePart(
      input,
      `#${index + 1} ${operationIn(url)}`,
      { start: match.index, end },
      failed ? { ...exchange, failure: { code: "other", sentence, detail: words } } : exchange,
      problems,
    );
  });
};
