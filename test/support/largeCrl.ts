import { bitStringValue, derValue, sequence } from "../../src/core/asn1/derWriter.js";

/** sha256WithRSAEncryption with NULL. */
const algorithm = Buffer.from("300d06092a864886f70d01010b0500", "hex");

/** `CN=Large CA` */
const issuer = Buffer.from("30133111300f06035504030c084c61726765204341", "hex");

const time = (text: string): Uint8Array => derValue(0x17, Buffer.from(text, "latin1"));

/** The DER of a CRL with so many entries of 38 octets each (RFC 5280 §5); its signature is none. */
export function largeCrl(count: number): Uint8Array {
  const revoked = time("261122000000Z");
  const entries: Uint8Array[] = [];
  for (let i = 0; i < count; i++) {
    const serial = Buffer.alloc(19, 0x5a);
    serial.writeUInt32BE(i, 15);
    entries.push(sequence(derValue(0x02, serial), revoked));
  }
  const list = derValue(0x30, Buffer.concat(entries));
  const tbs = sequence(
    derValue(0x02, Uint8Array.of(1)),
    algorithm,
    issuer,
    time("261122000000Z"),
    time("271122000000Z"),
    list,
  );
  return sequence(tbs, algorithm, bitStringValue(new Uint8Array(256)));
}
