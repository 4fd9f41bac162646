/**
 * Makes every request of this folder anew, and beside each the file that says how it was made and what is expected of it:
 *
 *   node test/corpus/requests/make/make.mjs [NAME...]
 *
 * Needs openssl, pki (strongswan-pki), certtool (gnutls-bin) and keytool (a JRE). Keys are made on the way and thrown away.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { cases } from "./cases.mjs";
import { folder } from "./programs.mjs";

const out = path.resolve(import.meta.dirname, "..");
const wanted = process.argv.slice(2);
const names = new Set();
for (const { name, request, both = [], ndes = [], rfc8894 = [], near = [] } of cases) {
  if (names.has(name)) throw new Error(`There are two cases called ${name}.`);
  names.add(name);
  if (wanted.length > 0 && !wanted.some((one) => name.startsWith(one))) continue;
  const { made, text } = request();
  const file = path.join(out, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(`${file}.csr`, text);
  const lines = [
    "# made",
    ...made.split("\n").map((line) => `# ${line}`.trimEnd()),
    ...[...both, ...ndes].toSorted().map((finding) => `ndes: ${finding}`),
    ...[...both, ...rfc8894].toSorted().map((finding) => `rfc8894: ${finding}`),
    ...near.map((code) => `near: ${code}`),
  ];
  writeFileSync(`${file}.txt`, `${lines.join("\n")}\n`);
}
rmSync(folder, { recursive: true, force: true });
console.log(`${names.size} cases`);
