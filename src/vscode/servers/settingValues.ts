/** The values of `method` in the setting `scepWorkbench.servers`. */
export const methods = ["auto", "get", "post"] as const;

/** The values of `contentEncryption`, strongest first behind `auto`. */
export const contentEncryptions = [
  "auto",
  "AES-256-CBC",
  "AES-192-CBC",
  "AES-128-CBC",
  "DES-EDE3-CBC",
  "DES-CBC",
] as const;

/** The values of `digest`, strongest first behind `auto`. */
export const digests = ["auto", "SHA-512", "SHA-384", "SHA-256", "SHA-224", "SHA-1", "MD5"] as const;

/** The values of `target`. */
export const targets = ["ndes", "rfc8894"] as const;
