import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { codesOf, inspectAll, inspectOne } from "../../support/inspection.js";

const folder = join(import.meta.dirname, "../../../samples/workspace");
const sample = (name: string): Uint8Array => new Uint8Array(readFileSync(join(folder, name)));

describe("the files of the sample workspace are what its README says", () => {
  it("a request whose challenge is a UTF8String", async () => {
    const report = await inspectOne(sample("request-utf8-challenge.csr"), "request-utf8-challenge.csr");
    expect(report.facts).toMatchObject({ kind: "request", challengePassword: { stringType: "UTF8String" } });
    expect(codesOf(report)[0]).toBe("csr.challenge.stringType");
  });

  it("the four certificates by their roles", async () => {
    const [bundle] = await inspectAll(sample("GetCACert.p7b"), "GetCACert.p7b");
    const roles = bundle?.contains.map(({ facts }) => (facts.kind === "certificate" ? facts.role : facts.kind));
    expect(roles).toEqual(["raSigning", "raEncryption", "rootCa", "issuingCa"]);
  });

  it("the refusal, signed by one of them", async () => {
    const [bundle] = await inspectAll(sample("GetCACert.p7b"), "GetCACert.p7b");
    const certificates = bundle?.contains.map(({ bytes, root }) => bytes.subarray(root.range?.start, root.range?.end));
    const report = await inspectOne(sample("refused-CertRep.der"), "refused-CertRep.der", {
      certificates: certificates ?? [],
    });
    expect(report.facts).toMatchObject({
      kind: "pkiMessage",
      pkiStatus: { name: "FAILURE" },
      failInfo: { name: "badRequest" },
      scepError: { hex: "0x80070490" },
      signature: "valid",
    });
  });
});
