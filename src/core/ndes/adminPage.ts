import { decodeText } from "../asn1/byteText.js";

/** Which of its pages mscep_admin served; the status is 200 for all of them. */
export type AdminPageName = "password" | "cacheFull" | "noPermission" | "noPassword" | "unknown";

/** What a page of NDES's mscep_admin says. */
export interface AdminPage {
  readonly page: AdminPageName;
  /** Which encoding the page came in, whatever it says of itself. */
  readonly encoding: "UTF-8" | "UTF-16LE" | "UTF-16BE";
  /** Fingerprint of a CA certificate, lower-case hex without blanks: 32 digits are MD5, 40 SHA-1. */
  readonly thumbprint?: string;
  /** The challenge password. A secret. */
  readonly password?: string;
  /** Minutes for which a one-time password holds; absent where it does not expire. */
  readonly validityMinutes?: number;
  /** The page says that the password may be used many times (UseSinglePassword). */
  readonly reusable: boolean;
  /** The page as text. */
  readonly text: string;
}

/** Pages are some 2 KB; what is longer than this is no admin page, and is not searched. */
const longestPage = 256 * 1024;

const thumbprintPattern = /^(?:[0-9a-f]{8} ){3,7}[0-9a-f]{8}$/i;
const passwordPattern = /^[0-9a-f]{8,64}$/i;
const ownWords = /Network Device Enrollment Service|\bSCEP\b|mscep/i;

/**
 * Reads a page of NDES's `mscep_admin`. What matters is told by the page's shape, so that a page in another language is
 * read as well: hex in groups of eight is the thumbprint, one run of hex in bold the password, the number behind it the
 * minutes. Undefined where the bytes are no page of NDES; the plain page of `mscep.dll` is `unknown`.
 */
export function readAdminPage(bytes: Uint8Array): AdminPage | undefined {
  if (bytes.length > longestPage) return undefined;
  const { text, encoding } = decodeText(bytes);
  if (!/<html|<head|<body/i.test(text) || !ownWords.test(text)) return undefined;
  const bold = [...text.matchAll(/<b>([^<]{0,200})<\/b>/gi)].map((match) => ({
    text: (match[1] ?? "").trim().replaceAll(/\s+/g, " "),
    end: match.index + match[0].length,
  }));
  const thumbprint = bold.find((run) => thumbprintPattern.test(run.text));
  const password = bold.find((run) => passwordPattern.test(run.text));
  const after = password ? text.slice(password.end, password.end + 600).replaceAll(/<[^>]{0,200}>/g, " ") : "";
  const minutes = /\b(\d{1,6})\b/.exec(after)?.[1];
  return {
    page: pageName(text, thumbprint !== undefined, password !== undefined),
    encoding,
    ...(thumbprint && { thumbprint: thumbprint.text.replaceAll(" ", "").toLowerCase() }),
    ...(password && { password: password.text }),
    ...(password && minutes !== undefined && { validityMinutes: Number(minutes) }),
    reusable: password !== undefined && (minutes === undefined || /will not expire/i.test(after)),
    text,
  };
}

function pageName(text: string, hasThumbprint: boolean, hasPassword: boolean): AdminPageName {
  if (hasPassword) return "password";
  if (/password cache is full/i.test(text)) return "cacheFull";
  if (/do not have sufficient permission/i.test(text)) return "noPermission";
  if (hasThumbprint) return "noPassword";
  // Only the page about the full cache has a list, of three ways out; this holds in every language.
  if ((text.match(/<li>/gi) ?? []).length === 3) return "cacheFull";
  return "unknown";
}
