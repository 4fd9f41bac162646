/** Which messages a stream holds: a direction of a connection holds one kind, a file may hold both. */
export type ExpectedMessages = "request" | "response" | "either";

/** Where a start line begins in some bytes, or where it may once more bytes are there. */
export interface StartLineSearch {
  readonly found?: number;
  /** Everything before this offset can be forgotten: no start line that ends later begins in it. */
  readonly searched: number;
}

const latin1 = new TextDecoder("latin1");

/** Methods whose name is believed behind bytes that are no line end, as the rest of a cut body leaves them. */
const knownMethods = /(?:GET|POST|HEAD|PUT|OPTIONS|DELETE|PATCH|CONNECT|TRACE|PROPFIND)(?= \S)/g;

const requestLine = /^([A-Z][A-Z_-]{0,31}) (\S.*) HTTP\/(\d\.\d)\s*$/;
const statusLine = /^HTTP\/(\d\.\d) (\d{3})(?: (.*))?$/;

/** Method, target and version of a request line (RFC 9112 §3); blanks inside the target are taken as they are. */
export function readRequestLine(line: string): { method: string; target: string; version: string } | undefined {
  const [, method, target, version] = requestLine.exec(line) ?? [];
  if (method === undefined || target === undefined || version === undefined) return undefined;
  return { method, target: target.trimEnd(), version };
}

/** Version, status and reason phrase of a status line (RFC 9112 §4). */
export function readStatusLine(line: string): { version: string; status: number; reasonPhrase: string } | undefined {
  const [, version, status, reasonPhrase = ""] = statusLine.exec(line) ?? [];
  if (version === undefined || status === undefined) return undefined;
  return { version, status: Number(status), reasonPhrase };
}

/**
 * Whether some bytes begin as a start line does, as far as they go: `no` as soon as they cannot, `yes` when it cannot be
 * anything else, `maybe` while too few are there to tell.
 */
export function beginsMessage(bytes: Uint8Array, expects: ExpectedMessages): "yes" | "no" | "maybe" {
  const asResponse = expects === "request" ? "no" : beginsWith(bytes, "HTTP/1.");
  if (asResponse === "yes" || expects === "response") return asResponse;
  const asRequest = beginsRequest(bytes);
  return asRequest === "no" ? asResponse : asRequest;
}

function beginsWith(bytes: Uint8Array, text: string): "yes" | "no" | "maybe" {
  const length = Math.min(bytes.length, text.length);
  for (let i = 0; i < length; i++) if (bytes[i] !== text.charCodeAt(i)) return "no";
  return length === text.length ? "yes" : "maybe";
}

/** A method in capitals and a blank, behind which a path, a URL or an asterisk begins. */
function beginsRequest(bytes: Uint8Array): "yes" | "no" | "maybe" {
  let i = 0;
  while (i < bytes.length && i <= 32 && isMethodOctet(bytes[i] as number)) i++;
  if (i === bytes.length && i <= 32) return "maybe";
  if (i === 0 || i > 32 || bytes[i] !== 0x20) return "no";
  const next = bytes[i + 1];
  if (next === undefined) return "maybe";
  return next > 0x20 && next < 0x7f ? "yes" : "no";
}

function isMethodOctet(octet: number): boolean {
  return (octet >= 0x41 && octet <= 0x5a) || octet === 0x2d || octet === 0x5f;
}

/** Looks for the next start line in bytes that are no message: what a lost packet or a foreign protocol left. */
export function findStartLine(bytes: Uint8Array, expects: ExpectedMessages, from = 0): StartLineSearch {
  for (let at = bytes.indexOf(0x48, from); at >= 0; at = bytes.indexOf(0x48, at + 1)) {
    // "HTTP/1." stands at the beginning of a response and at the end of a request line.
    const begins = beginsWith(bytes.subarray(at, at + 7), "HTTP/1.");
    if (begins === "no") continue;
    const rest = latin1.decode(bytes.subarray(at, at + 13));
    if (expects !== "request" && /^HTTP\/1\.\d \d{3}[ \r\n]/.test(rest)) return { found: at, searched: at };
    if (expects !== "response" && /^HTTP\/1\.\d *\r?\n/.test(rest)) {
      const start = requestStart(bytes, at);
      if (start !== undefined) return { found: start, searched: start };
    }
    if (rest.length < 13) return { searched: searchedUpTo(bytes, at, expects) };
  }
  return { searched: searchedUpTo(bytes, bytes.length, expects) };
}

/** The beginning of the line that `at` stands in: a request line that is not there in whole may begin with it. */
function searchedUpTo(bytes: Uint8Array, at: number, expects: ExpectedMessages): number {
  if (expects === "response") return at;
  const lineStart = at === 0 ? 0 : bytes.lastIndexOf(0x0a, at - 1) + 1;
  return lineStart;
}

function requestStart(bytes: Uint8Array, at: number): number | undefined {
  const lineStart = at === 0 ? 0 : bytes.lastIndexOf(0x0a, at - 1) + 1;
  const line = latin1.decode(bytes.subarray(lineStart, at));
  if (/^[A-Z][A-Z_-]{0,31} \S.* $/.test(line)) return lineStart;
  let last: number | undefined;
  for (const match of line.matchAll(knownMethods)) last = match.index;
  return last === undefined ? undefined : lineStart + last;
}
