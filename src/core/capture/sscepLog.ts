import { bytesAt, bytesPart, type CaptureInput, exchangePart } from "./captureInput.js";
import type { CapturedPart } from "./capturedPart.js";
import { captureLimits } from "./limits.js";
import { loggedExchange } from "./loggedExchange.js";
import { type ArmouredBlock, armouredBlocks } from "./pemArmour.js";

/** What sscep says before it prints a block, and what the block is then; the last of them counts. */
const announcements: readonly (readonly [words: RegExp, role: string])[] = [
  [/request data dump/g, "certificate request"],
  [/creating inner PKCS#7|successfully encrypted payload/g, "envelope of the request"],
  [/creating outer PKCS#7/g, "request"],
  [/reading outer PKCS#7/g, "reply"],
  [/verifying signature|signature ok|pkistatus:|decrypting inner PKCS#7 ?$/g, "envelope of the reply"],
];

/** The order of the four blocks of an enrolment, where nothing but their heading tells them. */
const roles = ["envelope of the request", "request", "reply", "envelope of the reply"] as const;

/**
 * What sscep prints with `-v -d`, under whatever name it was started: the certificate request, and of each message the
 * PEM in its order (envelope of the request, request, reply, envelope of the reply; a failure has no fourth, polling
 * repeats them), the capabilities, the certificate, and of a response that brought no message its status.
 */
export const readSscepLog = (input: CaptureInput): readonly CapturedPart[] => {
  const { text } = input;
  if (!/printing PEM fomatted PKCS#7|SCEP_OPERATION_[A-Z]+|: starting sscep, version/.test(text)) return [];
  const blocks = armouredBlocks(text);
  const found = [...messages(input, blocks), ...capabilities(input), ...lostResponses(input, blocks)];
  return found
    .toSorted((a, b) => a.offset - b.offset)
    .map((part, index) => ({ ...part, label: `#${index + 1} ${part.label}` }));
};

function messages(input: CaptureInput, blocks: readonly ArmouredBlock[]): CapturedPart[] {
  let unannounced = 0;
  return blocks.slice(0, captureLimits.parts).map((block, index) => {
    const before = input.text.slice(blocks[index - 1]?.end ?? 0, block.start);
    const announced = roleAnnounced(before);
    const isMessage = /PKCS ?#?7|CMS/.test(block.label);
    const role = isMessage
      ? (announced ?? roles[unannounced++ % 4] ?? block.label)
      : announced === "certificate request"
        ? announced
        : block.label.toLowerCase();
    return { ...bytesPart(input, role, block, block.der, block.problems), claim: block.label };
  });
}

function roleAnnounced(before: string): string | undefined {
  let last = -1;
  let role: string | undefined;
  for (const [words, name] of announcements) {
    for (const { index } of before.matchAll(words)) {
      if (index < last) continue;
      last = index;
      role = name;
    }
  }
  return role;
}

/** The answer to GetCACaps that `-d` prints between the status and the bitmask. */
function capabilities(input: CaptureInput): CapturedPart[] {
  const { text } = input;
  const parts: CapturedPart[] = [];
  for (const match of text.matchAll(/SCEP_OPERATION_GETCAPS/g)) {
    // Not in all that is behind it: of a long log that has none this would be a search for each of them.
    const length = text.slice(match.index, match.index + 8192).indexOf("scep caps bitmask");
    if (length < 0) continue;
    const end = match.index + length;
    const told = text.slice(match.index, end);
    const status = /server (?:response|returned) status code:? 200[^\r\n]*\r?\n/.exec(told);
    if (!status) continue;
    const start = match.index + status.index + status[0].length;
    // The name of the program stands before "scep caps bitmask".
    const stop = Math.max(start, text.lastIndexOf("\n", end) + 1);
    const span = { start, end: stop };
    if (stop > start) parts.push(bytesPart(input, "capabilities", span, bytesAt(input, span)));
  }
  return parts;
}

/** Responses of which the log has no message: sscep prints none that does not say application/x-pki-message. */
function lostResponses(input: CaptureInput, blocks: readonly ArmouredBlock[]): CapturedPart[] {
  const { text } = input;
  const statuses = [
    ...text.matchAll(/server (?:response|returned) status code:? (\d{3})(?:,? MIME header: ([^\s,]+))?[^\r\n]*/g),
  ];
  const serverAt = serverNames(text);
  return statuses.slice(0, captureLimits.parts).flatMap((match, index) => {
    const before = text.slice(statuses[index - 1]?.index ?? 0, match.index);
    const operation = [...before.matchAll(/SCEP_OPERATION_([A-Z]+)/g)].at(-1)?.[1] ?? "";
    const status = Number(match[1]);
    const until = statuses[index + 1]?.index ?? text.length;
    const replied = blocks.some(({ start }) => start > match.index && start < until);
    if (replied || (status === 200 && /^GET(?:CAPS|CA|NEXTCA)$/.test(operation))) return [];
    const asked = /scep (?:request|msg): ?\s*(GET|POST) (\S+)/.exec(before.slice(-65_536));
    const sent = blocks.findLast(({ start, end }) => start > (statuses[index - 1]?.index ?? -1) && end < match.index);
    const isPost = asked?.[1] === "POST" || (!asked && sent !== undefined);
    const span = { start: match.index, end: match.index + match[0].length };
    const exchange = loggedExchange({
      method: asked?.[1] ?? (sent ? "POST" : "?"),
      url: `${serverAt(match.index)}${pathOf(asked?.[2], operation)}`,
      status,
      contentType: match[2],
      requestBody: isPost ? sent?.der : undefined,
    });
    return [exchangePart(input, "response", span, exchange)];
  });
}

function pathOf(target: string | undefined, operation: string): string {
  if (target === undefined) return `/?operation=${operation === "ENROLL" ? "PKIOperation" : operation}`;
  return /^https?:/.test(target) ? new URL(target).pathname + new URL(target).search : target.replace(/^(?!\/)/, "/");
}

/** Tells the server that the log spoke of last, before an index. The text is read once. */
function serverNames(text: string): (index: number) => string {
  const hosts = [...text.matchAll(/hostname: ([\w.-]+)/g)];
  const ports = [...text.matchAll(/(?:^|\s)port: (\d+)/g)];
  const lastBefore = (found: readonly RegExpExecArray[], index: number): string | undefined =>
    found.findLast((match) => match.index < index)?.[1];
  return (index) => {
    const port = lastBefore(ports, index);
    return `http://${lastBefore(hosts, index) ?? "unknown"}${port === undefined || port === "80" ? "" : `:${port}`}`;
  };
}
