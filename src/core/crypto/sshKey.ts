import { readBase64 } from "../asn1/base64.js";
import { latin1 } from "../asn1/strings.js";

/** A key in a form of SSH's: what it is called there, and whether it is encrypted. */
export interface SshKey {
  readonly format: "OpenSSH" | "OpenSSH public key" | "PuTTY";
  /** `ssh-rsa`, `ecdsa-sha2-nistp256`, `ssh-ed25519`. */
  readonly type: string;
  /** Of an RSA key, the bits of its modulus. */
  readonly bits?: number;
  readonly comment?: string;
  /** The cipher, where a private key is encrypted. */
  readonly cipher?: string;
  readonly isPrivate: boolean;
}

/** What OpenSSH's own format of private keys begins with (PROTOCOL.key). */
const magic = "openssh-key-v1\0";

/** Reads an OpenSSH private key (PROTOCOL.key) out of what its PEM block holds; undefined where the bytes are none. */
export function readOpensshPrivateKey(bytes: Uint8Array): SshKey | undefined {
  if (latin1(bytes.subarray(0, magic.length)) !== magic) return undefined;
  const reader = new SshReader(bytes, magic.length);
  const cipher = reader.text();
  reader.bytes();
  reader.bytes();
  reader.number();
  const publicKey = readPublicBlob(reader.bytes());
  if (!publicKey) return undefined;
  const isEncrypted = cipher !== "none";
  const comment = isEncrypted ? undefined : commentOf(reader.bytes(), publicKey.type);
  return {
    format: "OpenSSH",
    ...publicKey,
    ...(comment !== undefined && { comment }),
    ...(isEncrypted && { cipher }),
    isPrivate: true,
  };
}

/** Reads a line of an `authorized_keys` or `.pub` file (RFC 4253 §6.6); undefined where the text is none. */
export function readSshPublicKey(text: string): SshKey | undefined {
  const match =
    /^\s*((?:ssh|ecdsa|sk)-[a-z0-9@.-]{2,60})\s+([A-Za-z0-9+/]{16,20000}={0,2})(?:[ \t]+([^\r\n]{0,500}))?\s*$/.exec(
      text.slice(0, 30_000),
    );
  const [, type = "", base64 = "", comment = ""] = match ?? [];
  const publicKey = match ? readPublicBlob(readBase64(base64).bytes) : undefined;
  if (!publicKey || publicKey.type !== type) return undefined;
  return { format: "OpenSSH public key", ...publicKey, ...(comment !== "" && { comment }), isPrivate: false };
}

/** Reads a PuTTY private key file (.ppk); undefined where the text is none. */
export function readPuttyKey(text: string): SshKey | undefined {
  const head = text.slice(0, 100_000);
  const type = /^PuTTY-User-Key-File-[1-3]: *([^\r\n]{1,100})/.exec(head)?.[1];
  if (type === undefined) return undefined;
  const cipher = /^Encryption: *([^\r\n]{1,100})/m.exec(head)?.[1];
  const comment = /^Comment: *([^\r\n]{1,500})/m.exec(head)?.[1];
  const lines = /^Public-Lines: *\d{1,4}\r?\n((?:[A-Za-z0-9+/=]+\r?\n)+)/m.exec(head)?.[1];
  const bits = lines === undefined ? undefined : readPublicBlob(readBase64(lines).bytes)?.bits;
  return {
    format: "PuTTY",
    type,
    ...(bits !== undefined && { bits }),
    ...(comment !== undefined && { comment }),
    ...(cipher !== undefined && cipher !== "none" && { cipher }),
    isPrivate: true,
  };
}

/** The public half as SSH sends it (RFC 4253 §6.6): its type, then its numbers. */
function readPublicBlob(blob: Uint8Array): { type: string; bits?: number } | undefined {
  const reader = new SshReader(blob, 0);
  const type = reader.text();
  if (!/^[a-z0-9@.-]{4,60}$/.test(type)) return undefined;
  if (type !== "ssh-rsa") return { type };
  reader.bytes();
  const modulus = reader.bytes();
  const first = modulus.findIndex((octet) => octet !== 0);
  if (first < 0) return { type };
  return { type, bits: (modulus.length - first) * 8 - Math.clz32(modulus[first] ?? 0) + 24 };
}

/** The comment behind the numbers of an unencrypted private key, whose count depends on the type. */
function commentOf(section: Uint8Array, type: string): string | undefined {
  const numbers =
    type === "ssh-rsa"
      ? 6
      : type === "ssh-dss"
        ? 5
        : type.startsWith("ecdsa-")
          ? 3
          : type === "ssh-ed25519"
            ? 2
            : undefined;
  if (numbers === undefined) return undefined;
  const reader = new SshReader(section, 8);
  reader.text();
  for (let i = 0; i < numbers; i++) reader.bytes();
  return reader.text().slice(0, 500) || undefined;
}

/** Reads the strings and numbers of SSH's encoding (RFC 4251 §5); past the end everything is empty. */
class SshReader {
  constructor(
    private readonly source: Uint8Array,
    private offset: number,
  ) {}

  number(): number {
    const [a = 0, b = 0, c = 0, d = 0] = this.source.subarray(this.offset, this.offset + 4);
    this.offset += 4;
    return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
  }

  bytes(): Uint8Array {
    const length = this.number();
    const value = this.source.subarray(this.offset, this.offset + length);
    this.offset += length;
    return value;
  }

  text(): string {
    return latin1(this.bytes().subarray(0, 2000));
  }
}
