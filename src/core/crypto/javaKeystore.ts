/** A keystore in a format of Java's own, whose keys are not opened here. */
export interface JavaKeystore {
  readonly format: "JKS" | "JCEKS";
  /** See {@link toPkcs12}. */
  readonly remedy: string;
}

/** What the formats begin with, big-endian; a version, 1 or 2, comes behind it. */
const formats: ReadonlyMap<number, JavaKeystore["format"]> = new Map([
  [0xfeedfeed, "JKS"],
  [0xcececece, "JCEKS"],
]);

/** What keystore of Java's some bytes are, by how they begin; undefined for any other, PKCS #12 that Java wrote among them. */
export function javaKeystoreIn(bytes: Uint8Array): JavaKeystore | undefined {
  if (bytes.length < 8) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, 8);
  const format = formats.get(view.getUint32(0));
  const version = view.getUint32(4);
  if (!format || version < 1 || version > 2) return undefined;
  return { format, remedy: toPkcs12(format) };
}

/** In a sentence, how a PKCS #12 container is made of a keystore, with the file's name left open. */
export function toPkcs12(format: JavaKeystore["format"]): string {
  return `Make a PKCS #12 container of it, which can be opened: keytool -importkeystore -srckeystore FILE -srcstoretype ${format} -destkeystore keystore.p12 -deststoretype PKCS12, and open that.`;
}
