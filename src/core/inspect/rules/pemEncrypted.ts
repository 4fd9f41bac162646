import { wrappingRules } from "./wrappingRule.js";

/** `pem.encrypted` */
export const pemEncrypted = wrappingRules("pem.encrypted", {
  severity: "warning",
  title: "A private key that is encrypted with a passphrase",
  why: "The key cannot be used to open envelopes as it is.",
  remedy: "Decrypt it first, for instance with openssl pkey -in key.pem -out plain.pem, and guard the result.",
  citation: "RFC 1421 §4.6.1.1",
});
