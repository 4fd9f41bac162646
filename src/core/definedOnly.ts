/** An object without the fields that are undefined, as `exactOptionalPropertyTypes` wants optional ones to be: absent. */
export function definedOnly<T extends object>(fields: { [K in keyof T]: T[K] | undefined }): T {
  const defined: Partial<T> = {};
  // A loop, for every message's facts pass here.
  for (const name in fields) {
    const value = fields[name];
    if (value !== undefined) defined[name] = value;
  }
  return defined as T;
}
