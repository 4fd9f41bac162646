import { uint16, uint32, uint32Swapped } from "./octetOrder.js";

/** LINKTYPE numbers of tcpdump.org; raw IP and loopback have several, for operating systems numbered them differently. */
const linkTypes = {
  null: 0,
  ethernet: 1,
  ppp: 9,
  rawOfBsd: 12,
  rawOfOpenBsd: 14,
  pppHdlc: 50,
  pppoe: 51,
  ciscoHdlc: 104,
  raw: 101,
  loop: 108,
  linuxCooked: 113,
  ipv4: 228,
  ipv6: 229,
  linuxCooked2: 276,
} as const;

const etherType = {
  ipv4: 0x0800,
  ipv6: 0x86dd,
  vlan: 0x8100,
  providerVlan: 0x88a8,
  oldProviderVlan: 0x9100,
  mpls: 0x8847,
  mplsMulticast: 0x8848,
  pppoeSession: 0x8864,
} as const;

/** What {@link networkLayer} says of a packet without IP in it, and of a link type that it does not know. */
export const notIp = -1;
export const unknownLinkType = -2;

/** Tags and labels in front of one packet. */
const mostTags = 8;

/**
 * Where the IP packet begins in a frame: behind Ethernet with its VLAN tags and MPLS labels, PPP and PPPoE, the Linux
 * cooked captures, loopback and raw IP. {@link notIp} for other protocols, {@link unknownLinkType} for other links.
 */
export function networkLayer(bytes: Uint8Array, start: number, end: number, linkType: number): number {
  switch (linkType) {
    case linkTypes.ethernet:
      return behindEtherType(bytes, start + 12, end);
    case linkTypes.linuxCooked:
      return behindEtherType(bytes, start + 14, end);
    case linkTypes.linuxCooked2:
      return end - start < 20 ? notIp : ofEtherType(bytes, uint16(bytes, start), start + 20, end);
    case linkTypes.null:
    case linkTypes.loop:
      return behindFamily(bytes, start, end);
    case linkTypes.raw:
    case linkTypes.rawOfBsd:
    case linkTypes.rawOfOpenBsd:
    case linkTypes.ipv4:
    case linkTypes.ipv6:
      return ipAt(bytes, start, end);
    case linkTypes.ppp:
    case linkTypes.pppHdlc:
      return behindPpp(bytes, start, end);
    case linkTypes.pppoe:
      return behindPpp(bytes, start + 6, end);
    case linkTypes.ciscoHdlc:
      return behindEtherType(bytes, start + 2, end);
    default:
      return unknownLinkType;
  }
}

function ipAt(bytes: Uint8Array, at: number, end: number): number {
  const version = at < end ? (bytes[at] as number) >> 4 : 0;
  return version === 4 || version === 6 ? at : notIp;
}

function behindEtherType(bytes: Uint8Array, at: number, end: number): number {
  return at + 2 > end ? notIp : ofEtherType(bytes, uint16(bytes, at), at + 2, end);
}

function ofEtherType(bytes: Uint8Array, firstType: number, from: number, end: number): number {
  let type = firstType;
  let at = from;
  for (let tags = 0; tags < mostTags && at + 4 <= end; tags++) {
    switch (type) {
      case etherType.ipv4:
      case etherType.ipv6:
        return ipAt(bytes, at, end);
      case etherType.vlan:
      case etherType.providerVlan:
      case etherType.oldProviderVlan:
        type = uint16(bytes, at + 2);
        at += 4;
        break;
      case etherType.mpls:
      case etherType.mplsMulticast:
        return behindLabels(bytes, at, end);
      case etherType.pppoeSession:
        return behindPpp(bytes, at + 6, end);
      default:
        return type <= 1500 ? behindSnap(bytes, at, end) : notIp;
    }
  }
  return notIp;
}

/** A length in place of a type: IEEE 802.2 with SNAP says the type behind it (RFC 1042). */
function behindSnap(bytes: Uint8Array, at: number, end: number): number {
  const snap = at + 8 <= end && uint32(bytes, at) === 0xaaaa0300 && bytes[at + 4] === 0;
  return snap ? ofEtherType(bytes, uint16(bytes, at + 6), at + 8, end) : notIp;
}

/** The label stack of MPLS (RFC 3032) does not say what is below its bottom: IP where it looks like it. */
function behindLabels(bytes: Uint8Array, from: number, end: number): number {
  for (let at = from; at + 4 <= end; at += 4) {
    if (((bytes[at + 2] as number) & 1) === 1) return ipAt(bytes, at + 4, end);
  }
  return notIp;
}

/** PPP (RFC 1661), with or without address and control field, its protocol in one or two octets. */
function behindPpp(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  if (at + 2 <= end && bytes[at] === 0xff && bytes[at + 1] === 0x03) at += 2;
  if (at + 2 > end) return notIp;
  const compressed = ((bytes[at] as number) & 1) === 1;
  const protocol = compressed ? (bytes[at] as number) : uint16(bytes, at);
  return protocol === 0x21 || protocol === 0x57 ? ipAt(bytes, at + (compressed ? 1 : 2), end) : notIp;
}

/** The address family of the machine that captured, in its byte order; IPv6 has another number on each system. */
function behindFamily(bytes: Uint8Array, start: number, end: number): number {
  if (start + 4 > end) return notIp;
  const family = Math.min(uint32(bytes, start), uint32Swapped(bytes, start));
  return [2, 10, 24, 28, 30].includes(family) ? ipAt(bytes, start + 4, end) : notIp;
}
