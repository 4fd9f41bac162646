import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CertificateFacts, CrlFacts } from "../../../src/core/inspect/facts/x509Facts.js";
import type { Report } from "../../../src/core/inspect/report.js";
import { codesOf, inspectOne, nodeNamed, nodesOf } from "../../support/inspection.js";
import { hasOpenssl, OpensslFolder } from "../../support/opensslProgram.js";

/** Extensions of the certificates below, by the name of each. */
const extensions = `
[root]
basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign,cRLSign
subjectKeyIdentifier=hash
[issuing]
basicConstraints=critical,CA:TRUE,pathlen:0
keyUsage=critical,keyCertSign,cRLSign
nameConstraints=permitted;DNS:example.com
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid
[below]
basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid
[leaf]
subjectAltName=DNS:dev7.example.com
authorityKeyIdentifier=keyid
[foreign]
subjectAltName=DNS:dev7.example.org
authorityKeyIdentifier=keyid
`;

describe.skipIf(!hasOpenssl)("the path of a certificate that openssl issued (needs openssl)", () => {
  let folder: OpensslFolder;

  beforeAll(() => {
    folder = new OpensslFolder();
    folder.write("ext.cnf", extensions);
    issue("root", "root", "root");
    issue("issuing", "issuing", "root");
    issue("below", "below", "issuing");
    issue("leaf", "leaf", "issuing");
    issue("foreign", "foreign", "issuing");
    issue("deep", "leaf", "below");
    revoke();
  });

  afterAll(() => folder.remove());

  function issue(name: string, section: string, issuer: string): void {
    folder.run(
      "req",
      "-new",
      "-newkey",
      "rsa:2048",
      "-nodes",
      "-subj",
      `/CN=${name}`,
      "-keyout",
      `${name}.key`,
      "-out",
      `${name}.csr`,
    );
    const signer = name === issuer ? ["-key", `${name}.key`] : ["-CA", `${issuer}.pem`, "-CAkey", `${issuer}.key`];
    const extend = ["-extfile", "ext.cnf", "-extensions", section];
    folder.run("x509", "-req", "-in", `${name}.csr`, ...signer, ...extend, "-days", "30", "-out", `${name}.pem`);
    folder.run("x509", "-in", `${name}.pem`, "-outform", "DER", "-out", `${name}.der`);
  }

  /** A list of the root's with three entries: with a reason, with an invalidity date, with neither. */
  function revoke(): void {
    folder.write("index.txt", "");
    folder.write("crlnumber", "1a2b\n");
    folder.write(
      "ca.cnf",
      "[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\ncrlnumber=crlnumber\ndefault_md=sha256\ndefault_crl_days=30\ncrl_extensions=x\n[x]\nauthorityKeyIdentifier=keyid\nissuingDistributionPoint=critical,@idp\nfreshestCRL=URI:http://ca.example.com/delta.crl\n[idp]\nfullname=URI:http://ca.example.com/ca.crl\nonlyuser=TRUE\nonlysomereasons=keyCompromise,CACompromise\n",
    );
    const ca = ["ca", "-config", "ca.cnf", "-cert", "root.pem", "-keyfile", "root.key"];
    folder.run(...ca, "-revoke", "leaf.pem", "-crl_reason", "keyCompromise");
    folder.run(...ca, "-revoke", "foreign.pem", "-crl_compromise", "20260101120000Z");
    folder.run(...ca, "-revoke", "deep.pem");
    folder.run(...ca, "-gencrl", "-out", "root.crl.pem");
    folder.run("crl", "-in", "root.crl.pem", "-outform", "DER", "-out", "root.crl");
  }

  const known = (...names: string[]): Uint8Array[] => names.map((name) => folder.read(`${name}.der`));
  const report = (name: string, ...beside: string[]): Promise<Report> =>
    inspectOne(folder.read(`${name}.der`), `${name}.der`, { certificates: known(...beside) });

  it("leads to the root where all issuers are known, as openssl verify says", async () => {
    const { facts, root } = await report("leaf", "issuing", "root");
    expect((facts as CertificateFacts).signature).toBe("valid");
    expect((facts as CertificateFacts).chain).toEqual({ issuers: ["CN=issuing", "CN=root"], complete: true });
    const chain = root.children.find(({ label }) => label === "chain");
    expect(chain).toMatchObject({ status: "ok", value: "3 certificates up to the self-signed CN=root" });
    expect(folder.try("verify", "-CAfile", "root.pem", "-untrusted", "issuing.pem", "leaf.pem").status).toBe(0);
  });

  it("ends where the next issuer is not known", async () => {
    const { facts, root } = await report("leaf", "issuing");
    expect((facts as CertificateFacts).chain).toEqual({ issuers: ["CN=issuing"], complete: false });
    expect(root.children.find(({ label }) => label === "chain")?.value).toBe(
      "2 certificates; the issuer CN=root is not among what is known here",
    );
    const alone = await report("leaf");
    expect(alone.facts).not.toHaveProperty("signature");
    expect(alone.facts).not.toHaveProperty("chain");
  });

  it("says that a name is outside the issuer's name constraints, as openssl verify does", async () => {
    const foreign = await report("foreign", "issuing", "root");
    expect(codesOf(foreign)).toContain("cert.chain.nameConstraints");
    expect(nodeNamed(foreign, "nameConstraints").value).toBe("it does not allow the name DNS:dev7.example.org");
    const { output } = folder.try("verify", "-CAfile", "root.pem", "-untrusted", "issuing.pem", "foreign.pem");
    expect(output).toContain("permitted subtree violation");
  });

  it("says that there are more CAs than pathLenConstraint allows, as openssl verify does", async () => {
    expect(codesOf(await report("deep", "below", "issuing", "root"))).toContain("cert.chain.pathLength");
    folder.write(
      "chain.pem",
      ["issuing", "below"].map((name) => new TextDecoder().decode(folder.read(`${name}.pem`))).join(""),
    );
    const { output } = folder.try("verify", "-CAfile", "root.pem", "-untrusted", "chain.pem", "deep.pem");
    expect(output).toContain("path length constraint exceeded");
  });

  it("finds a signature that is not the issuer's", async () => {
    const der = folder.read("leaf.der").slice();
    const last = der.length - 1;
    der[last] = (der[last] ?? 0) ^ 1;
    const changed = await inspectOne(der, "changed.der", { certificates: known("issuing", "root") });
    expect(changed.facts).toMatchObject({ signature: "invalid" });
    expect(codesOf(changed)).toContain("cert.signature.invalid");
    expect(codesOf(await report("leaf", "issuing"))).not.toContain("cert.signature.invalid");
  });

  it("verifies a revocation list, and words its entries and extensions", async () => {
    const list = await inspectOne(folder.read("root.crl"), "root.crl", { certificates: known("root") });
    expect(list.facts as CrlFacts).toMatchObject({
      version: 2,
      crlNumber: String(0x1a2b),
      signature: "valid",
      revokedCount: 3,
    });
    expect(nodeNamed(list, "issuingDistributionPoint").value).toBe(
      "critical: only end entities' certificates; only for keyCompromise, cACompromise; at http://ca.example.com/ca.crl",
    );
    expect(nodeNamed(list, "freshestCRL").value).toBe("http://ca.example.com/delta.crl");
    const entries = nodesOf(list).filter(({ value }) => value?.startsWith("revoked "));
    // The list is in the order of the serial numbers, which are random.
    const reasons = entries
      .map(({ value }) => value?.replace(/^.*UTC/, "") ?? "")
      .toSorted((a, b) => a.localeCompare(b));
    expect(reasons).toEqual(["", " · keyCompromise", " · keyCompromise"]);
    expect(nodeNamed(list, "invalidityDate").value).toBe("2026-01-01 12:00:00 UTC");
    expect(nodeNamed(list, "reasonCode").value).toBe("1 keyCompromise");
    const foreign = await inspectOne(folder.read("root.crl"), "root.crl");
    expect(foreign.facts).not.toHaveProperty("signature");
  });

  it("finds a revocation list whose signature is not its issuer's", async () => {
    const der = folder.read("root.crl").slice();
    const last = der.length - 1;
    der[last] = (der[last] ?? 0) ^ 1;
    expect(codesOf(await inspectOne(der, "changed.crl", { certificates: known("root") }))).toContain(
      "crl.signature.invalid",
    );
  });
});
