/**
 * RC4, which encrypts and decrypts alike: for the old PKCS #12 files and messages that have it; hosts of today no longer do.
 * The key has 1 to 256 octets.
 */
export function rc4(key: Uint8Array, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const state = Uint8Array.from({ length: 256 }, (_, index) => index);
  const swap = (i: number, j: number): void => {
    [state[i], state[j]] = [state[j] as number, state[i] as number];
  };
  for (let i = 0, j = 0; i < 256; i++) {
    j = (j + (state[i] as number) + (key[i % key.length] as number)) & 0xff;
    swap(i, j);
  }
  let i = 0;
  let j = 0;
  return Uint8Array.from(data, (octet) => {
    i = (i + 1) & 0xff;
    j = (j + (state[i] as number)) & 0xff;
    swap(i, j);
    return octet ^ (state[((state[i] as number) + (state[j] as number)) & 0xff] as number);
  });
}
