import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reportsToJson } from "../../../src/core/inspect/json.js";
import type { Report } from "../../../src/core/inspect/report.js";
import { inspectTransaction } from "../../../src/core/inspect/transaction.js";
import { hresult } from "../../../src/core/ndes/hresult.js";
import { readAdminPage } from "../../../src/core/ndes/adminPage.js";
import { enroll } from "../../../src/core/scep/client.js";
import type { NewRequest } from "../../../src/core/scep/enrollmentRequest.js";
import { type ScepServer, serverWithDefaults } from "../../../src/core/scep/server.js";
import { createHttpTransport } from "../../../src/node/http/httpTransport.js";
import { nodeCrypto } from "../../../src/node/nodeCrypto.js";
import { type RunningResponder, startResponder } from "../../../src/responder/responder.js";
import { clientKey } from "../../support/clientMessage.js";
import { get } from "../../support/httpExchange.js";
import { contextWith, nodeNamed, nodesOf } from "../../support/inspection.js";

let responder: RunningResponder;
beforeAll(async () => {
  responder = await startResponder({ port: 0, caKeyBits: 2048 });
});
afterAll(() => responder.stop());

/** An enrolment against the responder, and the report on it. */
async function enrolled(
  challenge: NewRequest["challenge"] | undefined,
  server: Partial<ScepServer> = {},
): Promise<Report> {
  const outcome = await enroll(
    {
      server: { ...serverWithDefaults(responder.url, "NDES Lab"), ...server },
      request: {
        kind: "new",
        subject: "CN=dev7.example.com",
        key: (await clientKey()).pkcs8,
        ...(challenge && { challenge }),
      },
    },
    { transport: createHttpTransport(), crypto: nodeCrypto, explainHresult: hresult },
  );
  return inspectTransaction({ outcome, serverName: "NDES Lab" }, contextWith());
}

async function oneTimePassword(): Promise<string> {
  return readAdminPage((await get(responder.adminUrl)).body)?.password ?? "";
}

const labels = (report: Report): string[] => report.root.children.map(({ label }) => label);

describe("an enrolment that is issued", () => {
  it("is one report: request, reply, HTTP, GetCACert, GetCACaps", async () => {
    const report = await enrolled({ text: await oneTimePassword() });
    expect(report.title).toBe("Enroll dev7.example.com → NDES Lab");
    expect(report.verdict).toMatchObject({
      status: "ok",
      headline: expect.stringMatching(/^SUCCESS · until \d{4}-\d\d-\d\d$/),
      sentence: expect.stringMatching(/^Issued: CN=dev7\.example\.com, serial 61:/),
    });
    expect(labels(report)).toEqual(["↑ PKCSReq", "↓ CertRep", "HTTP", "GetCACert", "GetCACaps"]);
    expect(report.facts).toMatchObject({
      kind: "transaction",
      operation: "PKCSReq",
      server: "NDES Lab",
      status: "issued",
      subject: "CN=dev7.example.com",
    });
  });

  it("explains request and reply by one another", async () => {
    const report = await enrolled({ text: await oneTimePassword() });
    const [sent, reply] = report.root.children;
    expect(sent?.value).toMatch(/^POST [\d,]+ bytes$/);
    expect(reply?.value).toMatch(/^200 · [\d,]+ bytes$/);
    expect(nodeNamed(report, "recipientNonce")).toMatchObject({
      value: "matches the request's senderNonce",
      status: "ok",
    });
    expect(reply?.children.find(({ label }) => label === "signature")?.value).toBe(
      "valid, NDES01-MSCEP-RA (RA signing)",
    );
    expect(sent?.children.find(({ label }) => label === "envelope")?.value).toMatch(
      /for NDES01-MSCEP-RA \(RA encryption\)$/,
    );
    expect(sent?.children.find(({ label }) => label === "signer")?.value).toBe("self-signed, CN=dev7.example.com");
    // The server alone could open the request, and yet it is shown: the client made it.
    expect(nodeNamed(report, "challengePassword").value).toBe("PrintableString  •••");
    expect(reply?.children.find(({ label }) => label === "envelope")).toMatchObject({ status: "ok" });
  });

  it("by GET is the same", async () => {
    const report = await enrolled({ text: await oneTimePassword() }, { method: "get" });
    expect(report.root.children[0]?.value).toMatch(/^GET [\d,]+ characters$/);
    expect(report.verdict.status).toBe("ok");
  });

  it("has ids that are unique and the same for every node", async () => {
    const ids = nodesOf(await enrolled({ text: await oneTimePassword() })).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe("an enrolment that NDES refuses", () => {
  it("says why at its top, and why is the challenge in a UTF8String", async () => {
    const report = await enrolled({ text: await oneTimePassword(), stringType: "UTF8String" });
    expect(labels(report)).toEqual(["Why", "↑ PKCSReq", "↓ CertRep", "HTTP", "GetCACert", "GetCACaps"]);
    expect(report.root.children[0]).toMatchObject({
      value: "the challenge is a UTF8String (likely)",
      status: "warning",
      explanation: expect.stringContaining("string_mask = nombstr"),
    });
    expect(report.verdict).toMatchObject({ status: "error", headline: "FAILURE badRequest · 0x80070490" });
    expect(nodeNamed(report, "challengePassword")).toMatchObject({
      status: "error",
      findings: [{ code: "csr.challenge.stringType", severity: "error" }],
    });
    expect(nodeNamed(report, "NDES error").status).toBe("error");
  });

  it("a wrong password is another cause", async () => {
    const report = await enrolled({ text: "0123456789ABCDEF" });
    expect(nodeNamed(report, "Why").value).toBe(
      "the challenge password is wrong, expired or was used already (likely)",
    );
  });

  it("never writes the challenge unless it is asked for", async () => {
    const password = await oneTimePassword();
    const report = await enrolled({ text: password, stringType: "UTF8String" });
    const masked = JSON.stringify(reportsToJson([report], { showSecrets: false }));
    expect(masked).not.toContain(password);
    expect(JSON.stringify(reportsToJson([report], { showSecrets: true }))).toContain(password);
    const values = nodesOf(report).flatMap(({ value, copyValue, label, explanation }) => [
      value,
      copyValue,
      label,
      explanation,
    ]);
    expect(values.filter((value) => value?.includes(password))).toEqual([]);
  });
});

describe("an enrolment that does not come to an answer", () => {
  it("keeps what was exchanged and says where it stopped", async () => {
    const report = await enrolled(undefined, { url: responder.url.replace("mscep.dll", "nothing.dll") });
    expect(report.verdict.status).toBe("error");
    expect(report.facts).toMatchObject({ kind: "transaction", status: "failed" });
    expect(labels(report)).toContain("GetCACert");
    expect(report.verdict.sentence).toMatch(/GetCACert|web page/);
  });
});
