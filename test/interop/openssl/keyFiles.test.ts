import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { InspectContext } from "../../../src/core/inspect/context.js";
import type { Report } from "../../../src/core/inspect/report.js";
import { inspectAll, inspectOne, nodeNamed } from "../../support/inspection.js";
import { hasOpenssl, legacy, OpensslFolder } from "../../support/opensslProgram.js";
import { isInstalled, runProgram } from "../../support/programs.js";

const passphrase = "grün & geheim";
const right: Partial<InspectContext> = { passwords: [{ name: "the passphrase", password: passphrase }] };
const wrong: Partial<InspectContext> = { passwords: [{ name: "the passphrase", password: "another" }] };

describe.skipIf(!hasOpenssl)("key files of the openssl program (needs openssl)", () => {
  let folder: OpensslFolder;
  beforeAll(() => {
    folder = new OpensslFolder();
    folder.write("passphrase", passphrase);
    const files = ["-keyout", "rsa.key", "-out", "rsa.pem"];
    folder.run("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=dev7", "-days", "9", ...files);
    folder.run("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", "ec.key");
    folder.run("genpkey", "-algorithm", "ed25519", "-out", "ed25519.key");
    folder.run("dsaparam", "-genkey", "-noout", "-out", "dsa.key", "1024");
  });
  afterAll(() => folder.remove());

  async function key(name: string, known: Partial<InspectContext> = {}): Promise<Report> {
    const reports = await inspectAll(folder.read(name), name, known);
    const found = reports.find(({ facts }) => facts.kind === "privateKey");
    if (!found) throw new Error(`${name} holds no private key.`);
    return found;
  }

  describe("in clear", () => {
    const forms: readonly (readonly [string, string, readonly string[], object])[] = [
      ["RSA in PKCS#8", "PKCS#8", ["pkcs8", "-topk8", "-nocrypt", "-in", "rsa.key"], { algorithm: "RSA", bits: 2048 }],
      ["RSA in PKCS#1", "PKCS#1", ["rsa", "-traditional", "-in", "rsa.key"], { algorithm: "RSA", bits: 2048 }],
      ["EC in PKCS#8", "PKCS#8", ["pkcs8", "-topk8", "-nocrypt", "-in", "ec.key"], { curve: "P-256" }],
      ["EC in SEC 1", "SEC 1", ["ec", "-in", "ec.key"], { curve: "P-256" }],
      ["Ed25519", "PKCS#8", ["pkcs8", "-topk8", "-nocrypt", "-in", "ed25519.key"], { algorithm: "Ed25519" }],
      ["DSA in its old form", "DSA", ["dsa", "-in", "dsa.key"], { algorithm: "DSA" }],
    ];
    for (const [title, format, command, publicKey] of forms) {
      for (const outform of ["PEM", "DER"]) {
        it(`${title}, ${outform}`, async () => {
          folder.run(...command, "-outform", outform, "-out", "out.key");
          expect((await key("out.key")).facts).toMatchObject({ kind: "privateKey", format, publicKey });
        });
      }
    }
  });

  describe("encrypted PKCS#8 opens with its passphrase and says when it is the wrong one", () => {
    const schemes: readonly (readonly [string, readonly string[], string])[] = [
      ["PBKDF2", ["-v2", "aes-256-cbc"], "PBES2 (PBKDF2 with HMAC-SHA-256, 2048 iterations, AES-256-CBC)"],
      ["PBKDF2 with SHA-512", ["-v2", "aes-128-cbc", "-v2prf", "hmacWithSHA512"], "PBES2 (PBKDF2 with HMAC-SHA-512"],
      ["triple DES", ["-v2", "des3"], "DES-EDE3-CBC)"],
      ["scrypt", ["-scrypt"], "PBES2 (scrypt, N 16384, AES-256-CBC)"],
      ["PBES1 with MD5 and DES", ["-v1", "PBE-MD5-DES", ...legacy], "pbeWithMD5AndDES-CBC"],
      ["PBES1 with SHA-1 and RC2", ["-v1", "PBE-SHA1-RC2-64", ...legacy], "pbeWithSHA1AndRC2-CBC"],
      ["PKCS #12's triple DES", ["-v1", "PBE-SHA1-3DES"], "pbeWithSHAAnd3-KeyTripleDES-CBC"],
      ["PKCS #12's two-key triple DES", ["-v1", "PBE-SHA1-2DES"], "pbeWithSHAAnd2-KeyTripleDES-CBC"],
      ["PKCS #12's RC2", ["-v1", "PBE-SHA1-RC2-40", ...legacy], "pbeWithSHAAnd40BitRC2-CBC"],
      ["PKCS #12's RC4", ["-v1", "PBE-SHA1-RC4-128", ...legacy], "pbeWithSHAAnd128BitRC4"],
      ["PKCS #12's RC4 with 40 bits", ["-v1", "PBE-SHA1-RC4-40", ...legacy], "pbeWithSHAAnd40BitRC4"],
      ["PBES2 with Camellia", ["-v2", "camellia-256-cbc"], "Camellia-256-CBC)"],
      ["PKCS #12's long RC2", ["-v1", "PBE-SHA1-RC2-128", ...legacy], "pbeWithSHAAnd128BitRC2-CBC"],
    ];
    for (const [title, options, encryption] of schemes) {
      it(title, async () => {
        const files = ["-in", "rsa.key", "-out", "out.key", "-passout", "file:passphrase"];
        folder.run("pkcs8", "-topk8", ...files, ...options);
        const opened = await key("out.key", right);
        expect(opened.facts).toMatchObject({
          format: "encrypted PKCS#8",
          encryption: expect.stringContaining(encryption),
          decrypted: true,
          publicKey: { algorithm: "RSA", bits: 2048 },
        });
        expect(nodeNamed(opened, "encryption").value).toMatch(/opened with the passphrase$/);
        const closed = await key("out.key", wrong);
        expect(closed.facts).toMatchObject({ decrypted: false });
        expect(closed.verdict.sentence).toContain("none of the passphrases that are known opens it");
        expect((await key("out.key")).verdict.sentence).toContain("and none is given");
      });
    }
  });

  describe("traditionally encrypted PEM opens with its passphrase", () => {
    for (const cipher of ["-des3", "-aes128", "-aes192", "-aes256"]) {
      it(cipher, async () => {
        const files = ["-in", "rsa.key", "-out", "out.key", "-passout", "file:passphrase"];
        folder.run("rsa", "-traditional", cipher, ...files);
        expect((await key("out.key", right)).facts).toMatchObject({
          format: "encrypted",
          decrypted: true,
          publicKey: { bits: 2048 },
        });
        expect((await key("out.key", wrong)).facts).toMatchObject({ decrypted: false });
      });
    }
  });

  describe("PKCS #12", () => {
    const forms: readonly (readonly [string, readonly string[]])[] = [
      ["as it is today", []],
      ["as it was: RC2 with 40 bits and triple DES", ["-legacy"]],
      ["as some were: RC4", ["-legacy", "-certpbe", "PBE-SHA1-RC4-40", "-keypbe", "PBE-SHA1-RC4-128"]],
      ["with Camellia", ["-certpbe", "camellia-128-cbc", "-keypbe", "camellia-256-cbc"]],
      ["with scrypt's cousin of today in other sizes", ["-keypbe", "AES-128-CBC", "-certpbe", "AES-256-CBC"]],
      ["with a MAC over SHA-512", ["-macalg", "sha512"]],
      ["without a MAC", ["-nomac"]],
      ["with certificates in clear", ["-certpbe", "NONE"]],
    ];
    for (const [title, options] of forms) {
      it(title, async () => {
        container("out.p12", ["-name", "Device 7", ...options]);
        const report = await inspectOne(folder.read("out.p12"), "out.p12", right);
        expect(report.facts).toMatchObject({
          kind: "pkcs12",
          mac: options[0] === "-nomac" ? "absent" : "valid",
          bags: expect.arrayContaining([
            expect.objectContaining({ type: "certBag", friendlyName: "Device 7" }),
            expect.objectContaining({
              type: "pkcs8ShroudedKeyBag",
              localKeyID: expect.stringMatching(/^[0-9a-f]{40}$/),
            }),
          ]),
        });
        expect(report.verdict.status).toBe("ok");
        const inside = report.contains.map(({ facts }) => facts);
        expect(inside).toContainEqual(expect.objectContaining({ kind: "certificate", subject: "CN=dev7" }));
        expect(inside).toContainEqual(
          expect.objectContaining({ kind: "privateKey", belongsTo: ["the certificate of CN=dev7"] }),
        );
      });
    }

    it("with an empty passphrase opens by itself", async () => {
      folder.run("pkcs12", "-export", "-in", "rsa.pem", "-inkey", "rsa.key", "-out", "out.p12", "-passout", "pass:");
      const report = await inspectOne(folder.read("out.p12"), "out.p12");
      expect(report.facts).toMatchObject({ mac: "valid" });
      expect(report.verdict.sentence).toContain("an empty passphrase");
    });

    it("with a wrong passphrase, or none, says so", async () => {
      container("out.p12", []);
      for (const known of [wrong, {}]) {
        const report = await inspectOne(folder.read("out.p12"), "out.p12", known);
        expect(report.facts).toMatchObject({ mac: "wrong" });
        expect(report.verdict).toMatchObject({
          status: "warning",
          sentence: "The container does not open: none of the passphrases that are known is the right one.",
        });
      }
    });

    it("of Windows' makes says the provider", async () => {
      container("out.p12", ["-CSP", "Microsoft Strong Cryptographic Provider"]);
      const report = await inspectOne(folder.read("out.p12"), "out.p12", right);
      expect(nodeNamed(report, "cspName").value).toBe("Microsoft Strong Cryptographic Provider");
    });

    function container(name: string, options: readonly string[]): void {
      const files = ["-in", "rsa.pem", "-inkey", "rsa.key", "-out", name, "-passout", "file:passphrase"];
      folder.run("pkcs12", "-export", ...files, ...options);
    }
  });

  describe.skipIf(!isInstalled("certtool"))("PKCS #12 of GnuTLS (needs certtool)", () => {
    // GnuTLS makes 600,000 rounds, which its old ciphers take several times over.
    for (const cipher of ["aes-128"]) {
      it(`with ${cipher}`, async () => {
        const args = ["--to-p12", "--load-privkey", "rsa.key", "--load-certificate", "rsa.pem", "--outder"];
        const more = [
          "--p12-name",
          "Device 7",
          "--password",
          passphrase,
          "--pkcs-cipher",
          cipher,
          "--outfile",
          "g.p12",
        ];
        const { status, stderr } = await runProgram("certtool", [...args, ...more], { cwd: folder.path });
        expect(status, stderr).toBe(0);
        const report = await inspectOne(folder.read("g.p12"), "g.p12", right);
        expect(report.facts).toMatchObject({ mac: "valid" });
        expect(report.contains.map(({ facts }) => facts.kind).toSorted((a, b) => a.localeCompare(b))).toEqual([
          "certificate",
          "privateKey",
        ]);
      });
    }
  });

  describe.skipIf(!isInstalled("ssh-keygen"))("SSH keys (needs ssh-keygen)", () => {
    const kinds: readonly (readonly [string, readonly string[], object])[] = [
      ["ssh-rsa", ["-t", "rsa", "-b", "3072"], { algorithm: "ssh-rsa", bits: 3072 }],
      ["ecdsa-sha2-nistp256", ["-t", "ecdsa"], { algorithm: "ecdsa-sha2-nistp256" }],
      ["ssh-ed25519", ["-t", "ed25519"], { algorithm: "ssh-ed25519" }],
    ];
    for (const [type, options, publicKey] of kinds) {
      it(`${type} is named, in clear, encrypted, and its public half`, async () => {
        for (const [name, phrase] of [
          [`${type}-clear`, ""],
          [`${type}-closed`, "secret"],
        ] as const) {
          const args = [...options, "-f", name, "-N", phrase, "-C", "me@host"];
          const { status, stderr } = await runProgram("ssh-keygen", args, { cwd: folder.path });
          expect(status, stderr).toBe(0);
          const report = await key(name);
          expect(report.facts).toMatchObject({
            format: "OpenSSH",
            publicKey,
            ...(phrase === "" ? { comment: "me@host" } : { encryption: "aes256-ctr" }),
          });
          expect(report.verdict.sentence).toContain("ssh-keygen -p -m PKCS8");
        }
        expect((await inspectOne(folder.read(`${type}-clear.pub`), "id.pub")).facts).toMatchObject({
          kind: "sshPublicKey",
          publicKey,
          comment: "me@host",
        });
      });
    }
  });
});

it("a key of PuTTY's is named", async () => {
  const text = [
    "PuTTY-User-Key-File-3: ssh-ed25519",
    "Encryption: aes256-cbc",
    "Comment: me@host",
    "Public-Lines: 2",
    "AAAAC3NzaC1lZDI1NTE5AAAAIBMyPVZ7ubqVpOAhO9K0Ylp6n2KFmXNPOAXaVWHJ",
    "kBpM",
    "Key-Derivation: Argon2id",
    "",
  ].join("\r\n");
  const report = await inspectOne(new TextEncoder().encode(text), "id.ppk");
  expect(report.facts).toMatchObject({
    kind: "privateKey",
    format: "PuTTY",
    encryption: "aes256-cbc",
    comment: "me@host",
    publicKey: { algorithm: "ssh-ed25519" },
  });
});
