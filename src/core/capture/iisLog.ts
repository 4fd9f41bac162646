import { type CaptureInput, exchangePart } from "./captureInput.js";
import type { CapturedPart } from "./capturedPart.js";
import { captureLimits } from "./limits.js";
import { loggedExchange, operationIn } from "./loggedExchange.js";
import { textLines } from "./textLines.js";

/**
 * The SCEP exchanges in a log of IIS in the W3C's format: whatever goes to mscep or has an operation in its query. The
 * line `#Fields:` says which column holds what; it may come again. Times are UTC there, `time-taken` is in milliseconds.
 */
export const readIisLog = (input: CaptureInput): readonly CapturedPart[] => {
  const { text } = input;
  if (!/^#Fields: .*\bcs-uri-stem\b/m.test(text)) return [];
  const parts: CapturedPart[] = [];
  let fields: readonly string[] = [];
  for (const { text: line, start } of textLines(text)) {
    if (parts.length > captureLimits.parts) break;
    if (line.startsWith("#")) {
      if (line.startsWith("#Fields:")) fields = line.slice(8).trim().split(/\s+/);
      continue;
    }
    if (!/operation=|mscep|pkiclient/i.test(line)) continue;
    const values = line.split(" ");
    const row = new Map(fields.map((name, index) => [name, values[index] === "-" ? undefined : values[index]]));
    const url = urlOf(row);
    const status = Number(row.get("sc-status"));
    if (url === undefined || !(status >= 100)) continue;
    const exchange = loggedExchange({
      method: row.get("cs-method") ?? "?",
      url,
      status,
      reasonPhrase: detail(row),
      startedAt: new Date(`${row.get("date")}T${row.get("time")}Z`),
      durationMs: Number(row.get("time-taken") ?? 0) || 0,
    });
    parts.push(
      exchangePart(input, `#${parts.length + 1} ${operationIn(url)}`, { start, end: start + line.length }, exchange),
    );
  }
  return parts;
};

function urlOf(row: ReadonlyMap<string, string | undefined>): string | undefined {
  const stem = row.get("cs-uri-stem");
  if (stem === undefined) return undefined;
  const port = row.get("s-port") ?? "80";
  const host = row.get("cs-host") ?? row.get("s-ip") ?? "unknown";
  const named = host.includes(":") && !host.startsWith("[") && !/:\d{1,5}$/.test(host) ? `[${host}]` : host;
  const scheme = port === "443" ? "https" : "http";
  const shownPort = port === "80" || port === "443" || /:\d{1,5}$/.test(host) ? "" : `:${port}`;
  const query = row.get("cs-uri-query");
  return `${scheme}://${named}${shownPort}${stem}${query === undefined ? "" : `?${query}`}`;
}

/** What IIS tells beyond the status: 404.15, and an error of Windows. */
function detail(row: ReadonlyMap<string, string | undefined>): string {
  const status = row.get("sc-status") ?? "";
  const substatus = row.get("sc-substatus");
  const windows = row.get("sc-win32-status");
  return [
    ...(substatus !== undefined && substatus !== "0" ? [`${status}.${substatus}`] : []),
    ...(windows !== undefined && windows !== "0" ? [`sc-win32-status ${windows}`] : []),
  ].join(", ");
}
