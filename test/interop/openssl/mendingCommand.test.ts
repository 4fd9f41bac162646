import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readPem } from "../../../src/core/asn1/pem.js";
import { lint } from "../../../src/core/inspect/lint.js";
import { challengePlaceholder, opensslCommand } from "../../../src/core/pkcs10/opensslCommand.js";
import { readRequest } from "../../../src/core/pkcs10/request.js";
import { contextWith } from "../../support/inspection.js";
import { hasOpenssl, OpensslFolder } from "../../support/opensslProgram.js";

const corpus = path.join(import.meta.dirname, "../../corpus/requests");

/** The requests of a folder of the corpus that can be read. */
function requestsIn(folder: string): [string, Uint8Array][] {
  return readdirSync(path.join(corpus, folder))
    .filter((file) => file.endsWith(".csr"))
    .flatMap((file) => {
      const der = readPem(readFileSync(path.join(corpus, folder, file), "latin1"))[0]?.der;
      return der && readRequest(der) ? [[`${folder}/${file}`, der] as [string, Uint8Array]] : [];
    });
}

/** What the command makes right; what it leaves is the person's to decide. */
const mended =
  /^csr\.(?:key|signature|challenge\.(?!characters)|subject\.(?:blanks|stringType|malformed)|san\.(?:critical|missing|commonName))/;

describe.skipIf(!hasOpenssl)("the command that makes a request right (needs openssl and a shell)", () => {
  let folder: OpensslFolder;
  beforeAll(() => {
    folder = new OpensslFolder();
    folder.run("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", "dev.key");
  });
  afterAll(() => folder.remove());

  it.each([
    ...requestsIn("challenge"),
    ...requestsIn("mkrequest"),
    ...requestsIn("strongswan"),
    ...requestsIn("signature"),
    ...requestsIn("sid"),
  ])("%s", async (_, der) => {
    const view = readRequest(der);
    if (!view) throw new Error("The request cannot be read.");
    const command = opensslCommand(view, { key: "dev.key", newKey: "new.key", request: "new.csr" });
    expect(command).toContain(challengePlaceholder);
    execFileSync("/bin/sh", ["-c", command], { cwd: folder.path, stdio: "pipe" });
    const { artifacts } = await lint(folder.read("new.csr"), "new.csr", contextWith());
    const codes = artifacts.flatMap(({ findings }) => findings.map(({ code }) => code));
    expect(codes.filter((code) => mended.test(code))).toEqual([]);
    const made = readRequest(readPem(new TextDecoder().decode(folder.read("new.csr")))[0]?.der ?? new Uint8Array());
    expect(made?.challengePassword).toMatchObject({ stringType: "PrintableString", text: challengePlaceholder });
  });

  it("makes a new key where the old one will not do, and keeps hostile names inside the configuration", async () => {
    const { buildRequest } = await import("../../../src/core/pkcs10/buildRequest.js");
    const { parseDistinguishedName } = await import("../../../src/core/x509/buildName.js");
    const { nodeCrypto } = await import("../../../src/node/nodeCrypto.js");
    const key = await nodeCrypto.generateRsaKeyPair(1024);
    const hostile = `CN=$(touch pwned) \`x\` \\"q\\" ${String.raw`\\`} \\#1 $ENV::PATH EOF`;
    const der = await buildRequest(nodeCrypto, {
      subject: parseDistinguishedName(hostile),
      spki: key.spki,
      key: key.pkcs8,
      digest: "SHA-1",
    });
    const view = readRequest(der);
    if (!view) throw new Error("The request cannot be read.");
    const command = opensslCommand(view, { newKey: "new.key", request: "new.csr" });
    execFileSync("/bin/sh", ["-c", command], { cwd: folder.path, stdio: "pipe" });
    expect(readdirSync(folder.path)).not.toContain("pwned");
    const made = readRequest(readPem(new TextDecoder().decode(folder.read("new.csr")))[0]?.der ?? new Uint8Array());
    expect(made?.publicKey.bits).toBe(2048);
    expect(made?.subject.text).toBe(view.subject.text);
  });
});
