/** An object without the fields that are undefined, as `exactOptionalPropertyTypes` wants optional ones to be: absent. */
export function definedOnly<T extends object>(fields: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
