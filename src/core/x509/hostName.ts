/** Whether a text looks like the name of a host with its domain: `dev7.example.com`, `*.example.com`. */
export function looksLikeHostName(text: string): boolean {
  return (
    text.length <= 253 &&
    /^(?:\*\.)?(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/i.test(text)
  );
}

/** Whether a text is an IPv4 address in dotted form, or looks like an IPv6 address. */
export function looksLikeIpAddress(text: string): boolean {
  return /^\d{1,3}(?:\.\d{1,3}){3}$/.test(text) || (/^[0-9a-f:]+$/i.test(text) && text.split(":").length > 2);
}

/**
 * What is wrong with a dNSName (RFC 5280 §4.2.1.6: the preferred name syntax of RFC 1034 §3.5, with the digits of RFC
 * 1123), in the end of a sentence that begins with the name; undefined where nothing is. An asterisk is not looked at.
 */
export function dnsNameProblem(text: string): string | undefined {
  if (text === "") return "is empty";
  if (text === " ") return "is a blank, which stands for nothing (RFC 5280 §4.2.1.6)";
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return "is a URL; a DNS name has no scheme and no path";
  if (looksLikeIpAddress(text)) return "is an IP address, which belongs into an entry of the kind IP";
  if (/:\d+$/.test(text)) return "ends with a port";
  if (text.includes("@")) return "is an e-mail address or a user name";
  if (/\s/.test(text)) return "holds white space";
  if (/[^\u0021-\u007e]/.test(text)) return "holds characters beyond ASCII; an international name is written as xn--…";
  if (text.length > 253) return `is ${text.length} characters long; 253 are allowed`;
  const labels = text.replace(/\.$/, "").split(".");
  if (text.endsWith(".")) return "ends with a dot";
  if (labels.some((label) => label === "")) return "has an empty label";
  if (labels.some((label) => label.length > 63)) return "has a label of more than 63 characters";
  if (labels.some((label) => /^-|-$/.test(label))) return "has a label that begins or ends with a hyphen";
  const foreign = /[^a-z0-9*_-]/i.exec(labels.join(""))?.[0];
  if (foreign !== undefined) return `holds ${JSON.stringify(foreign)}`;
  return undefined;
}
