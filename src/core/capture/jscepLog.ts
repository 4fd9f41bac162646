import { type CaptureInput, exchangePart } from "./captureInput.js";
import type { CapturedPart } from "./capturedPart.js";
import { captureLimits } from "./limits.js";
import { loggedExchange } from "./loggedExchange.js";

const sending =
  /Sending (GetCACaps|GetCACert|GetNextCACert|PKIOperation|PkiOperation)\b[^\r\n]*? to (https?:\/\/[^\s,'"]+)/g;
const received = /Received '(\d{3}) ([^'\r\n]*)' when sending/;

/**
 * The exchanges that jscep logs at DEBUG: what was sent where, and with what status it was answered. It does not log the
 * messages themselves.
 */
export const readJscepLog = (input: CaptureInput): readonly CapturedPart[] => {
  const { text } = input;
  if (!received.test(text)) return [];
  const requests = [...text.matchAll(sending)].slice(0, captureLimits.parts + 1);
  return requests.map((match, index) => {
    const end = requests[index + 1]?.index ?? text.length;
    const answer = received.exec(text.slice(match.index, end));
    const operation = match[1] === "PkiOperation" ? "PKIOperation" : (match[1] as string);
    const url = match[2] as string;
    const exchange = loggedExchange({
      method: "?",
      url: url.includes("operation=") ? url : `${url}${url.includes("?") ? "&" : "?"}operation=${operation}`,
      status: answer ? Number(answer[1]) : undefined,
      reasonPhrase: answer?.[2],
    });
    const told = answer ? match.index + answer.index + answer[0].length : match.index + match[0].length;
    const message = "jscep does not log the messages themselves; only where they went and how the server answered.";
    return exchangePart(input, `#${index + 1} ${operation}`, { start: match.index, end: told }, exchange, [
      { code: "log.message", message, index: match.index },
    ]);
  });
};
