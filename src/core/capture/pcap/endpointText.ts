import type { Endpoint } from "./tcpConnection.js";

/** `10.0.0.1:80`, `[2001:db8::1]:80`. */
export function endpointText({ words, version, port }: Endpoint): string {
  return version === 4 ? `${ipv4Text(words[3])}:${port}` : `[${ipv6Text(words)}]:${port}`;
}

function ipv4Text(word: number): string {
  return [word >>> 24, (word >>> 16) & 0xff, (word >>> 8) & 0xff, word & 0xff].join(".");
}

/** RFC 5952: groups without leading zeros, the longest run of zeros left out. */
function ipv6Text(words: Endpoint["words"]): string {
  const groups = words.flatMap((word) => [word >>> 16, word & 0xffff]);
  let longest = { at: -1, length: 1 };
  for (let at = 0; at < 8; at++) {
    let length = 0;
    while (at + length < 8 && groups[at + length] === 0) length++;
    if (length > longest.length) longest = { at, length };
  }
  const hex = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(":");
  if (longest.at < 0) return hex(groups);
  return `${hex(groups.slice(0, longest.at))}::${hex(groups.slice(longest.at + longest.length))}`;
}
