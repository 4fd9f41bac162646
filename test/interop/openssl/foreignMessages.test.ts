import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { integerValue } from "../../../src/core/asn1/buildValue.js";
import { contextConstructed, sequence } from "../../../src/core/asn1/derWriter.js";
import type { Report } from "../../../src/core/inspect/report.js";
import { codesOf, inspectOne, nodesOf } from "../../support/inspection.js";
import { hasOpenssl, OpensslFolder } from "../../support/opensslProgram.js";
import { isInstalled, runProgram } from "../../support/programs.js";

describe.skipIf(!hasOpenssl)("messages of other protocols that openssl made (needs openssl)", () => {
  let folder: OpensslFolder;

  beforeAll(() => {
    folder = new OpensslFolder();
    folder.write("req.cnf", "[req]\ndistinguished_name=dn\n[dn]\n[x]\nextendedKeyUsage=critical,timeStamping\n");
    folder.write(
      "ts.cnf",
      "[tsa]\ndefault_tsa=t\n[t]\nserial=serial\nsigner_cert=tsa.pem\nsigner_key=tsa.key\nsigner_digest=sha256\ndefault_policy=1.2.3.4\ndigests=sha256\naccuracy=secs:1\nordering=yes\n",
    );
    folder.write("serial", "01\n");
    folder.write("data", "what is stamped\n");
    const key = ["-newkey", "rsa:2048", "-nodes", "-keyout", "tsa.key"];
    folder.run("req", "-x509", "-config", "req.cnf", "-extensions", "x", "-subj", "/CN=tsa", ...key, "-out", "tsa.pem");
    for (const digest of ["sha256", "sha1"]) {
      const query = `${digest}.tsq`;
      folder.run("ts", "-query", "-data", "data", `-${digest}`, "-cert", "-out", query);
      // It says with its exit status too that a request is rejected.
      folder.try("ts", "-reply", "-config", "ts.cnf", "-queryfile", query, "-out", `${digest}.tsr`);
    }
    folder.run("ts", "-reply", "-config", "ts.cnf", "-queryfile", "sha256.tsq", "-token_out", "-out", "token.p7s");
  });

  afterAll(() => folder.remove());

  const report = (name: string): Promise<Report> => inspectOne(folder.read(name), name);
  const values = ({ root }: Report, ...labels: readonly string[]): (string | undefined)[] => {
    const nodes = nodesOf({ root } as Report);
    return labels.map((label) => nodes.find((node) => node.label === label)?.value);
  };

  it("a time-stamp request", async () => {
    const request = await report("sha256.tsq");
    expect(request).toMatchObject({ title: "Time-stamp request", findings: [] });
    const [nonce, certReq, digest] = values(request, "nonce", "certReq", "hashAlgorithm");
    expect([certReq, digest]).toEqual(["TRUE", "SHA-256"]);
    const text = folder.run("ts", "-query", "-in", "sha256.tsq", "-text").toLowerCase();
    expect(text).toContain(`nonce: 0x${nonce?.replace(/^00/, "")}`);
  });

  it("a response that grants it, and its token", async () => {
    const response = await report("sha256.tsr");
    expect(response.title).toBe("Time-stamp response (granted)");
    expect(values(response, "policy", "ordering")).toEqual(["1.2.3.4", "TRUE"]);
    const token = await report("token.p7s");
    expect(token).toMatchObject({ title: "Time-stamp token", verdict: { status: "ok" } });
    // The token inside is the same message, reported on in the same way, with the authority's certificate in it.
    const [inside] = response.contains;
    expect(response.contains).toHaveLength(1);
    expect(inside).toMatchObject({ title: "Time-stamp token", verdict: token.verdict });
    expect(inside?.facts).toMatchObject({ kind: "signedData", signature: "valid" });
    const text = folder.run("ts", "-reply", "-in", "sha256.tsr", "-text");
    expect(values(response, "genTime")).toEqual([
      new Date(/Time stamp: (.+)/.exec(text)?.[1] ?? "").toISOString().replace("T", " ").replace(".000Z", " UTC"),
    ]);
    const [, offset, header, length] =
      /^ *(\d+):d=1 +hl=(\d+) l= *(\d+) cons: SEQUENCE *\n *\d+:d=2.*pkcs7-signedData/m.exec(
        folder.run("asn1parse", "-inform", "DER", "-in", "sha256.tsr"),
      ) as RegExpExecArray;
    expect(inside?.facts).toMatchObject({ offset: Number(offset), length: Number(header) + Number(length) });
    expect(inside?.contains.map(({ facts }) => facts)).toMatchObject([{ kind: "certificate", subject: "CN=tsa" }]);
  });

  it("a token that is damaged inside a response is told of by the response", async () => {
    const bytes = Uint8Array.from(folder.read("sha256.tsr"));
    bytes[bytes.length - 1] = (bytes.at(-1) as number) ^ 1;
    const response = await inspectOne(bytes, "damaged.tsr");
    expect(response.verdict.status).toBe("error");
    expect(response.verdict.sentence).toContain("Inside: Time-stamp token · invalid");
  });

  it("a response that rejects it", async () => {
    const response = await report("sha1.tsr");
    expect(response.title).toBe("Time-stamp response (rejection)");
    expect(nodesOf(response).map(({ value }) => value)).toContain(
      "Message digest algorithm is not supported. (UTF8String)",
    );
  });

  it("messages of CMP, and the CRMF in one of them", async () => {
    folder.run("genrsa", "-out", "new.key", "2048");
    // The mock server answers with a certificate that the client does not want, which takes nothing from the messages.
    folder.try(
      ...["cmp", "-use_mock_srv", "-srv_ref", "x", "-srv_secret", "pass:abc", "-rsp_cert", "tsa.pem"],
      ...["-cmd", "ir", "-newkey", "new.key", "-subject", "/CN=new", "-ref", "x", "-secret", "pass:abc"],
      ...["-rsp_extracerts", "tsa.pem", "-rsp_capubs", "tsa.pem"],
      ...["-reqout", "ir.der,certConf.der", "-rspout", "ip.der,pkiconf.der", "-certout", "new.pem"],
    );
    const ir = await report("ir.der");
    expect(ir.title).toBe("CMP initialization request (ir)");
    expect(values(ir, "pvno", "certReqId")).toEqual(["2 cmp2000", "0"]);
    expect(nodesOf(ir).map(({ label }) => label)).toEqual(
      expect.arrayContaining(["transactionID (CMP)", "body ir", "certTemplate", "publicKey", "popo signature"]),
    );
    expect(codesOf(ir)).toEqual([]);
    const ip = await report("ip.der");
    expect(ip.title).toBe("CMP initialization response (ip)");
    const serialNumber = /serial=(\w+)/.exec(folder.run("x509", "-in", "tsa.pem", "-noout", "-serial"))?.[1];
    // What was issued and the CA's certificates; OpenSSL puts those of its extraCerts last.
    expect(ip.contains.map(({ root }) => root.label)).toEqual(["certificate", "caPubs", "extraCerts"]);
    for (const { facts } of ip.contains) {
      expect(facts).toMatchObject({ kind: "certificate", serialNumber: serialNumber?.toLowerCase() });
    }
    expect((await report("certConf.der")).title).toBe("CMP certificate confirmation (certConf)");
    expect((await report("pkiconf.der")).title).toBe("CMP confirmation (pkiconf)");

    const content = nodesOf(ir).find(({ label }) => label === "CertReqMessages");
    const crmf = folder.read("ir.der").subarray(content?.range?.start, content?.range?.end);
    expect((await inspectOne(crmf, "crmf.der")).title).toBe("CRMF certificate request messages");
  });

  it("a request of PKCS #10 in CMP is reported on with what counts there, without what SCEP alone wants", async () => {
    folder.run("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "ec.key");
    const request = ["req", "-new", "-config", "req.cnf", "-key", "ec.key", "-subj", "/CN=new"];
    folder.run(...request, "-outform", "DER", "-out", "new.csr");
    folder.try(
      ...["cmp", "-use_mock_srv", "-srv_ref", "x", "-srv_secret", "pass:abc", "-rsp_cert", "tsa.pem"],
      ...["-cmd", "p10cr", "-csr", "new.csr", "-ref", "x", "-secret", "pass:abc"],
      ...["-reqout", "p10cr.der", "-certout", "new.pem"],
    );
    const alone = await report("new.csr");
    expect(codesOf(alone)).toEqual(expect.arrayContaining(["csr.challenge.missing", "csr.key.unsupported"]));
    const [carried] = (await report("p10cr.der")).contains;
    expect(carried?.facts).toMatchObject({ kind: "request", subject: "CN=new", signature: "valid" });
    expect(carried && codesOf(carried)).toEqual(["csr.san.missing"]);
  });

  it("requests and messages in CMC", async () => {
    const request = folder.read("new.csr");
    const tagged = contextConstructed(0, Buffer.concat([integerValue(1), request]));
    const content = sequence(integerValue(2), folder.read("token.p7s"));
    folder.write("full", sequence(sequence(), sequence(tagged), sequence(content), sequence()));
    const signing = ["-signer", "tsa.pem", "-inkey", "tsa.key", "-binary", "-nodetach", "-outform", "DER"];
    folder.run("cms", "-sign", ...signing, "-econtent_type", "1.3.6.1.5.5.7.12.2", "-in", "full", "-out", "full.p7m");
    const message = await report("full.p7m");
    expect(message.title).toBe("CMC full PKI request");
    const [pkiData, signer] = message.contains;
    expect(signer?.facts).toMatchObject({ kind: "certificate", subject: "CN=tsa" });
    expect(pkiData?.facts).toMatchObject({ kind: "asn1", description: "CMC full PKI request (PKIData)" });
    expect(pkiData?.verdict.sentence).toContain("Inside: Request CN=new; Time-stamp token · valid.");
    expect(pkiData?.contains.map(({ facts }) => facts)).toMatchObject([
      { kind: "request", subject: "CN=new", length: request.length },
      { kind: "signedData", signature: "valid", length: folder.read("token.p7s").length },
    ]);
    expect(nodesOf(message).map(({ id }) => id)).toHaveLength(new Set(nodesOf(message).map(({ id }) => id)).size);
  });

  it("a signed request of CMC", async () => {
    // PKIData (RFC 5272 §3.2.1) whose one control is a transactionId of 5.
    const control = "301202010106082b060105050707053103020105";
    folder.write("pkiData", Buffer.from(`301c3014${control}300030003000`, "hex"));
    const signer = ["-signer", "tsa.pem", "-inkey", "tsa.key"];
    const content = ["-binary", "-nodetach", "-econtent_type", "1.3.6.1.5.5.7.12.2", "-in", "pkiData"];
    folder.run("cms", "-sign", ...signer, ...content, "-outform", "DER", "-out", "cmc.p7m");
    const request = await report("cmc.p7m");
    expect(request).toMatchObject({ title: "CMC full PKI request", verdict: { status: "ok" } });
    expect(nodesOf(request).map(({ label }) => label)).toEqual(
      expect.arrayContaining(["PKIData", "controlSequence", "attrType", "reqSequence"]),
    );
    expect((await report("pkiData")).title).toBe("CMC full PKI request (PKIData)");
  });

  it("an attribute certificate that strongSwan made", async (context) => {
    context.skip(!isInstalled("pki"), "pki is not installed.");
    const files = ["--issuercert", "tsa.pem", "--issuerkey", "tsa.key", "--in", "tsa.pem"];
    const { status, stdout, stderr } = await runProgram("pki", ["--acert", ...files, "--group", "admins"], {
      cwd: folder.path,
    });
    expect(status, stderr).toBe(0);
    const certificate = await inspectOne(new Uint8Array(stdout), "tsa.ac");
    expect(certificate).toMatchObject({ title: "Attribute certificate", findings: [] });
    expect(values(certificate, "version", "signature", "directoryName")).toContain("1 v2");
    expect(nodesOf(certificate).map(({ value }) => value)).toContain("admins (UTF8String)");
  });
});
