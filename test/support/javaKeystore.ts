/** An entry of a keystore: a key with the chain of its certificate, or a certificate. DER. */
export type KeystoreEntry =
  | { readonly alias: string; readonly key: Uint8Array; readonly chain: readonly Uint8Array[] }
  | { readonly alias: string; readonly certificate: Uint8Array };

/** A keystore as Java writes it; `version` 1 has no types before its certificates, and `count` may be a lie. */
export function javaKeystore(
  format: "JKS" | "JCEKS",
  entries: readonly KeystoreEntry[],
  { version = 2, count = entries.length }: { readonly version?: number; readonly count?: number } = {},
): Uint8Array {
  const number = (value: number): Buffer => Buffer.from(value.toString(16).padStart(8, "0"), "hex");
  const string = (text: string): Buffer =>
    Buffer.concat([number(Buffer.byteLength(text)).subarray(2), Buffer.from(text)]);
  const value = (bytes: Uint8Array): Buffer => Buffer.concat([number(bytes.length), bytes]);
  const certificate = (der: Uint8Array): Buffer =>
    Buffer.concat([version === 1 ? Buffer.of() : string("X.509"), value(der)]);
  const date = Buffer.from("00000199a214bf78", "hex");
  const digest = Buffer.alloc(20, 0xd1);
  const written = entries.map((entry) =>
    "key" in entry
      ? Buffer.concat([
          ...[number(1), string(entry.alias), date, value(entry.key), number(entry.chain.length)],
          ...entry.chain.map(certificate),
        ])
      : Buffer.concat([number(2), string(entry.alias), date, certificate(entry.certificate)]),
  );
  const magic = format === "JKS" ? 0xfeedfeed : 0xcececece;
  return new Uint8Array(Buffer.concat([number(magic), number(version), number(count), ...written, digest]));
}
