import { wrappingRules } from "./wrappingRule.js";

/** `pem.trusted` */
export const pemTrusted = wrappingRules("pem.trusted", {
  severity: "info",
  title: "OpenSSL's settings of trust behind a certificate",
  why: "A TRUSTED CERTIFICATE holds the certificate and, behind it, what its owner trusts it for. Other programs refuse the block for its trailing data.",
  remedy: "openssl x509 -in trusted.pem -out plain.pem writes the certificate alone.",
  citation: "OpenSSL x509(1)",
});
