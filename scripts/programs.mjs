/** Programs of the machine that the tests work with, and installing them where that is possible. */
import { existsSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import { run } from "./processes.mjs";

/** The peers of the interoperability tests and what isolation needs: a file of it, and Debian's package that holds it. */
const debianPrograms = {
  scepserver: "scep",
  scepclient: "scep",
  "/usr/lib/certmonger/scep-submit": "certmonger",
  pki: "strongswan-pki",
  // Without it strongSwan can compute, but not talk HTTP.
  "/usr/lib/ipsec/plugins/libstrongswan-curl.so": "libstrongswan-extra-plugins",
  openssl: "openssl",
  xxd: "xxd",
  hexdump: "bsdextrautils",
  curl: "curl",
  python3: "python3-minimal",
  tcpdump: "tcpdump",
  tshark: "tshark",
  // editcap, reordercap and mergecap, with which captures are cut, put out of order and converted.
  editcap: "wireshark-common",
  ip: "iproute2",
};

/**
 * Finds a program.
 *
 * @param {string} name as on PATH, or an absolute path
 * @returns {string | undefined} its absolute path
 */
export function onPath(name) {
  if (isAbsolute(name)) {
    return existsSync(name) ? name : undefined;
  }
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter(Boolean);
  // An ordinary user's PATH may lack these two, in which Debian keeps `ip`.
  return [...folders, "/usr/sbin", "/sbin"].map((folder) => join(folder, name)).find((file) => existsSync(file));
}

/**
 * Installs the Debian packages of the programs that are missing, and others, in one go, where that is possible.
 *
 * @param {readonly string[]} others names of packages
 */
export async function ensureDebianPrograms(others) {
  const missing = Object.entries(debianPrograms).flatMap(([program, name]) =>
    onPath(program) === undefined ? [name] : [],
  );
  const packages = [...new Set([...missing, ...others])];
  if (packages.length > 0) {
    await installDebianPackages(packages);
  }
}

/**
 * Installs packages where that is possible: as root, where there is apt-get. Elsewhere nothing happens.
 *
 * @param {readonly string[]} packages
 * @returns {Promise<boolean>} whether they are installed now
 */
export async function installDebianPackages(packages) {
  const aptGet = onPath("apt-get");
  if (aptGet === undefined || process.getuid?.() !== 0) {
    return false;
  }
  console.log(`Installing ${packages.join(", ")} with apt-get …`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const options = ["-qq", "-y", "--no-install-recommends", "-o", "Dpkg::Use-Pty=0"];
  return (
    (await run(aptGet, ["update", "-qq"], { env })) === 0 &&
    (await run(aptGet, ["install", ...options, ...packages], { env })) === 0
  );
}
