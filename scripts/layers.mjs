/**
 * The rooms of the house and which of them each may import from: the one table behind the lint rules
 * (oxlint.config.ts) and the architecture test (test/unit/architecture.test.ts).
 *
 * A folder may always import from itself. What is not listed is not allowed: nothing imports upwards.
 */

const asn1 = ["src/core"];
const crypto = [...asn1, "src/core/asn1"];
const x509 = [...crypto, "src/core/crypto"];
const messages = [...x509, "src/core/x509"];
const scep = [...messages, "src/core/pkcs10", "src/core/cms"];
const sources = [...scep, "src/core/scep"];
const inspect = [...sources, "src/core/ndes", "src/core/capture", "src/core/config"];
const core = [...inspect, "src/core/inspect"];

/**
 * Folder → folders it may import from. "src/core" stands for the files directly in it (what every layer needs, such as
 * the error a person reads); the other names stand for everything below them.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const layers = {
  "src/core": [],
  "src/core/asn1": asn1,
  "src/core/crypto": crypto,
  "src/core/x509": x509,
  "src/core/pkcs10": messages,
  "src/core/cms": messages,
  "src/core/scep": scep,
  "src/core/ndes": sources,
  "src/core/capture": sources,
  "src/core/config": x509,
  "src/core/inspect": inspect,
  "src/node": core,
  "src/responder": [...core, "src/node"],
  "src/cli": [...core, "src/node", "src/responder"],
  "src/webview": core,
  "src/vscode": [...core, "src/node", "src/responder", "src/webview"],
  // extension.ts alone.
  src: [...core, "src/node", "src/responder", "src/webview", "src/vscode"],
};

/** Libraries that take 15 ms and 210 KB to load: no file that is loaded at start may import them. */
export const heavyLibraries = ["pkijs", "asn1js"];

/**
 * The room a source file belongs to.
 *
 * @param {string} file path from the project's root, with forward slashes
 * @returns {string | undefined} a key of {@link layers}; undefined for a file outside src
 */
export function layerOf(file) {
  const folder = file.slice(0, Math.max(0, file.lastIndexOf("/")));
  if (folder === "src/core" || folder === "src") {
    return folder;
  }
  return Object.keys(layers).find(
    (name) => name !== "src" && name !== "src/core" && `${folder}/`.startsWith(`${name}/`),
  );
}
