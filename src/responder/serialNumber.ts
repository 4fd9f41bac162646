import { toHex } from "../core/asn1/hex.js";
import type { CryptoPort } from "../core/crypto/cryptoPort.js";

/** A serial number of 16 octets in hex, positive and without a sign octet. */
export function randomSerialNumber(port: CryptoPort): string {
  return `5d${toHex(port.randomBytes(15))}`;
}

/**
 * A serial number of 19 octets in hex that holds a running number in front and at the end, as Microsoft's CA likes it,
 * and eight random octets between, so that no two are alike even where the running number was lost.
 *
 * @param number 1 and above
 */
export function runningSerialNumber(port: CryptoPort, number: number): string {
  const running = (number >>> 0).toString(16).padStart(8, "0");
  return `61${running}${toHex(port.randomBytes(8))}0000${running}`;
}
