import { toHex } from "../asn1/hex.js";

/** The 4 or 16 octets of an IP address in text (RFC 791, RFC 4291 §2.2); undefined where the text is none. */
export function parseIpAddress(text: string): Uint8Array<ArrayBuffer> | undefined {
  return text.includes(":") ? parseIpv6(text) : parseIpv4(text);
}

function parseIpv4(text: string): Uint8Array<ArrayBuffer> | undefined {
  const parts = text.split(".");
  const octets = parts.map((part) => (/^(?:0|[1-9]\d{0,2})$/.test(part) ? Number(part) : 256));
  return octets.length === 4 && octets.every((octet) => octet < 256) ? Uint8Array.from(octets) : undefined;
}

function parseIpv6(text: string): Uint8Array<ArrayBuffer> | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const groups = halves.map(parseGroups);
  const [head, tail = []] = groups;
  if (!head || groups.includes(undefined)) return undefined;
  const missing = 16 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 2) return undefined;
  return Uint8Array.from([...head, ...Array.from({ length: missing }, () => 0), ...tail]);
}

/** The octets of groups with colons between them, the last of which may be an IPv4 address. */
function parseGroups(text: string): number[] | undefined {
  if (text === "") return [];
  const octets: number[] = [];
  const groups = text.split(":");
  for (const [i, group] of groups.entries()) {
    const ipv4 = i === groups.length - 1 && group.includes(".") ? parseIpv4(group) : undefined;
    if (ipv4) octets.push(...ipv4);
    else if (/^[0-9a-fA-F]{1,4}$/.test(group)) {
      const value = Number.parseInt(group, 16);
      octets.push(value >> 8, value & 0xff);
    } else return undefined;
  }
  return octets;
}

/** An address of 4 or 16 octets, or an address with its mask of 8 or 32 (RFC 5280 §4.2.1.10). */
export function ipAddressText(octets: Uint8Array): string {
  switch (octets.length) {
    case 4:
      return octets.join(".");
    case 8:
      return `${octets.subarray(0, 4).join(".")}/${octets.subarray(4).join(".")}`;
    case 16:
      return ipv6Text(octets);
    case 32:
      return `${ipv6Text(octets.subarray(0, 16))}/${ipv6Text(octets.subarray(16))}`;
    default:
      return `#${toHex(octets)}`;
  }
}

/** RFC 5952: lower case, no leading zeros, the longest run of zero groups shortened. */
function ipv6Text(octets: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, i) => ((octets[2 * i] as number) << 8) | (octets[2 * i + 1] as number));
  let best = { start: 0, length: 0 };
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (start + length < 8 && groups[start + length] === 0) length++;
    if (length > best.length) best = { start, length };
  }
  const hex = (part: number[]): string => part.map((group) => group.toString(16)).join(":");
  if (best.length < 2) return hex(groups);
  return `${hex(groups.slice(0, best.start))}::${hex(groups.slice(best.start + best.length))}`;
}
