/** Requests made by programs: OpenSSL, strongSwan's pki, GnuTLS's certtool, Java's keytool. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pem } from "./der.mjs";

/** Where keys and configurations are while requests are made; nothing of it is kept. */
export const folder = mkdtempSync(path.join(tmpdir(), "requests-"));

/** @param {string} program @param {readonly string[]} args @param {{ input?: string }} [options] */
export function run(program, args, options = {}) {
  return execFileSync(program, args, { cwd: folder, stdio: ["pipe", "pipe", "pipe"], ...options });
}

/** Makes a key once. @param {readonly string[]} options of openssl genpkey @returns {string} its file */
export function keyFile(options) {
  const file = `${options
    .join("-")
    .replaceAll(/[^\w]+/g, "-")
    .slice(1)}.key`;
  if (!existsSync(path.join(folder, file))) run("openssl", ["genpkey", ...options, "-out", file]);
  return file;
}

/** @param {number} size @param {string} [exponent] */
export const rsa = (size, exponent) => [
  "-algorithm",
  "RSA",
  "-pkeyopt",
  `rsa_keygen_bits:${size}`,
  ...(exponent === undefined ? [] : ["-pkeyopt", `rsa_keygen_pubexp:${exponent}`]),
];

/**
 * @typedef {object} OpensslWish
 * @property {readonly string[]} [key] options of openssl genpkey
 * @property {readonly string[]} [dn] lines of the distinguished name's section; empty for an empty subject
 * @property {string} [mask] string_mask
 * @property {string | null} [challenge] null leaves it out
 * @property {readonly string[]} [attributes] more lines of the attributes' section
 * @property {readonly string[]} [extensions] lines of the extensions' section; empty for none at all
 * @property {readonly string[]} [options] of openssl req
 */

/**
 * A request by `openssl req -new`.
 *
 * @param {OpensslWish} wish
 * @returns {{ made: string, text: string }}
 */
export function openssl({
  key = rsa(2048),
  dn = ["CN = dev7.example.com"],
  mask = "nombstr",
  challenge = "8CE317021F690069",
  attributes = [],
  extensions = ["subjectAltName = DNS:dev7.example.com"],
  options = ["-sha256"],
}) {
  const attributeLines = [...(challenge === null ? [] : [`challengePassword = ${challenge}`]), ...attributes];
  const lines = [
    "[ req ]",
    "prompt = no",
    "distinguished_name = dn",
    ...(mask === "" ? [] : [`string_mask = ${mask}`]),
    ...(attributeLines.length > 0 ? ["attributes = attributes"] : []),
    ...(extensions.length > 0 ? ["req_extensions = extensions"] : []),
    "[ dn ]",
    ...(dn.length > 0 ? dn : ["CN = left out by -subj /"]),
    "[ attributes ]",
    ...attributeLines,
    "[ extensions ]",
    ...extensions,
  ];
  writeFileSync(path.join(folder, "req.cnf"), `${lines.join("\n")}\n`);
  const empty = dn.length === 0 ? ["-subj", "/"] : [];
  const args = ["req", "-new", "-config", "req.cnf", "-key", keyFile(key), ...empty, ...options];
  const text = run("openssl", args).toString("utf8");
  const made = [
    `openssl genpkey ${key.join(" ")}`,
    `openssl ${args.join(" ")}`,
    "with req.cnf:",
    ...lines.map((l) => `  ${l}`),
  ];
  return { made: made.join("\n"), text: text.slice(text.indexOf("-----BEGIN")) };
}

/** A request by strongSwan. @param {readonly string[]} args @param {readonly string[]} [key] */
export function pki(args, key = rsa(2048)) {
  const all = ["--req", "--in", keyFile(key), "--type", "priv", ...args, "--outform", "pem"];
  return { made: `pki ${all.join(" ")}`, text: run("pki", all).toString("utf8") };
}

/** A request by GnuTLS. @param {readonly string[]} template @param {readonly string[]} [args] @param {readonly string[]} [key] */
export function certtool(template, args = [], key = rsa(2048)) {
  writeFileSync(path.join(folder, "certtool.cfg"), `${template.join("\n")}\n`);
  const all = ["--generate-request", "--load-privkey", keyFile(key), "--template", "certtool.cfg", ...args];
  const text = run("certtool", all).toString("utf8");
  const made = [`certtool ${all.join(" ")}`, "with certtool.cfg:", ...template.map((line) => `  ${line}`)].join("\n");
  return { made, text: text.slice(text.indexOf("-----BEGIN")) };
}

/** A request by Java. @param {readonly string[]} generate options of -genkeypair @param {readonly string[]} [certreq] */
export function keytool(generate, certreq = []) {
  const store = [
    "-keystore",
    `store-${Math.random().toString(36).slice(2)}.p12`,
    "-storepass",
    "changeit",
    "-alias",
    "dev",
  ];
  const first = ["-genkeypair", ...store, ...generate];
  run("keytool", first);
  const second = ["-certreq", ...store, ...certreq];
  const hidden = store[1] ?? "";
  const made = `keytool ${first.join(" ")}\nkeytool ${second.join(" ")}`.replaceAll(hidden, "store.p12");
  return { made, text: run("keytool", second).toString("utf8") };
}

/** A request that was put together by hand. @param {string} made @param {Uint8Array} der */
export function byHand(made, der) {
  return { made: `by hand: ${made}`, text: pem("CERTIFICATE REQUEST", der) };
}
