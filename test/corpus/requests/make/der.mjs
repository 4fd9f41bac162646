/** DER, written without the project's own code, so that a mistake there does not hide itself here. */

/** @typedef {Buffer} Der */

/**
 * One value: identifier octet, length, contents.
 *
 * @param {number} tag
 * @param {readonly Uint8Array[]} parts
 * @returns {Der}
 */
export function tlv(tag, ...parts) {
  const content = Buffer.concat(parts);
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  const hex = length.toString(16);
  const octets = Buffer.from(hex.length % 2 ? `0${hex}` : hex, "hex");
  return Buffer.concat([Buffer.from([tag, 0x80 | octets.length]), octets, content]);
}

/** @param {readonly Uint8Array[]} parts */
export const seq = (...parts) => tlv(0x30, ...parts);
/** @param {readonly Uint8Array[]} parts */
export const set = (...parts) => tlv(0x31, ...parts);
/** @param {Uint8Array} content */
export const octets = (content) => tlv(0x04, content);
/** @param {Uint8Array} content */
export const bits = (content) => tlv(0x03, Buffer.from([0]), content);
export const nothing = Buffer.from([5, 0]);
export const yes = Buffer.from([1, 1, 255]);

/** @param {string} dotted */
export function oid(dotted) {
  const [a = 0, b = 0, ...rest] = dotted.split(".").map(Number);
  const body = [40 * a + b, ...rest].flatMap((arc) => {
    const sevens = [arc & 0x7f];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128))
      sevens.unshift((left & 0x7f) | 0x80);
    return sevens;
  });
  return tlv(0x06, Buffer.from(body));
}

/**
 * An INTEGER of any sign.
 *
 * @param {bigint | number} value
 */
export function int(value) {
  let number = BigInt(value);
  if (number >= 0n) {
    let hex = number.toString(16);
    if (hex.length % 2) hex = `0${hex}`;
    const body = Buffer.from(hex, "hex");
    return tlv(0x02, (body[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.from([0]), body]) : body);
  }
  let length = 1;
  while (-number > 1n << BigInt(8 * length - 1)) length++;
  number += 1n << BigInt(8 * length);
  return tlv(0x02, Buffer.from(number.toString(16).padStart(2 * length, "0"), "hex"));
}

/** @param {string} text */
export const printable = (text) => tlv(0x13, Buffer.from(text, "latin1"));
/** @param {string} text */
export const utf8 = (text) => tlv(0x0c, Buffer.from(text, "utf8"));
/** @param {string} text */
export const ia5 = (text) => tlv(0x16, Buffer.from(text, "latin1"));
/** @param {string} text */
export const teletex = (text) => tlv(0x14, Buffer.from(text, "latin1"));
/** @param {string} text */
export const bmp = (text) => tlv(0x1e, Buffer.from(text, "utf16le").swap16());
/** @param {string} text */
export const universal = (text) =>
  tlv(
    0x1c,
    ...Array.from(text, (character) => {
      const four = Buffer.alloc(4);
      four.writeUInt32BE(character.codePointAt(0) ?? 0);
      return four;
    }),
  );

/**
 * A PEM block.
 *
 * @param {string} label
 * @param {Uint8Array} der
 */
export function pem(label, der) {
  const lines =
    Buffer.from(der)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}
