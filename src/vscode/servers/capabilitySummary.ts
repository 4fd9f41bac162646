import type { Capabilities } from "../../core/scep/capabilities.js";

const digests = ["SHA-512", "SHA-384", "SHA-256", "SHA-224", "SHA-1"] as const;
const ciphers = ["AES", "DES3"] as const;

/** The capabilities that decide how a request is sent, in one line: `POST · SHA-512 SHA-256 SHA-1 · DES3`. */
export function capabilitySummary(capabilities: Capabilities): string {
  const method = capabilities.has("POSTPKIOperation") ? "POST" : "GET";
  const named = (words: readonly (typeof digests | typeof ciphers)[number][]): string =>
    words.filter((word) => capabilities.has(word)).join(" ");
  return [method, named(digests) || "MD5", named(ciphers) || "DES"].join(" · ");
}
