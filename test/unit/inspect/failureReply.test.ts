import { beforeAll, describe, expect, it } from "vitest";
import { characterString } from "../../../src/core/asn1/buildValue.js";
import { toHex } from "../../../src/core/asn1/hex.js";
import { oid } from "../../../src/core/asn1/oids.js";
import { buildSignedData } from "../../../src/core/cms/buildSignedData.js";
import type { InspectContext } from "../../../src/core/inspect/context.js";
import { buildRequest } from "../../../src/core/pkcs10/buildRequest.js";
import { buildWrongRequest, wrongRequests } from "../../../src/core/pkcs10/wrongRequests.js";
import { parseDistinguishedName } from "../../../src/core/x509/buildName.js";
import { nodeCrypto } from "../../../src/node/nodeCrypto.js";
import { clientKey } from "../../support/clientMessage.js";
import { codesOf, inspectOne, nodeNamed } from "../../support/inspection.js";
import { ndesFailure, type NdesSite, ndesSite, requestNonce, transactionID } from "../../support/ndesReply.js";

let site: NdesSite;

beforeAll(async () => {
  site = await ndesSite();
});

const request = { transactionID, senderNonce: toHex(requestNonce) };

/** A request with that challenge, as the client that was refused knows it. */
async function refused(
  stringType: "UTF8String" | "PrintableString" | "IA5String" | undefined,
  bits = 2048,
): Promise<Partial<InspectContext>> {
  const key = await clientKey(bits);
  const pkcs10 = await buildRequest(nodeCrypto, {
    subject: parseDistinguishedName("CN=dev7.example.com"),
    spki: key.spki,
    key: key.pkcs8,
    digest: "SHA-256",
    ...(stringType && { challengePassword: { text: "8CE317021F690069", stringType } }),
  });
  return { certificates: site.certificates, request: { ...request, pkcs10 } };
}

describe("a FAILURE of NDES", () => {
  it("says first what matters most: status, failInfo, the HRESULT, why", async () => {
    const report = await inspectOne(await ndesFailure(site, { scepError: -2147023728 }), "reply.der");
    expect(report.root.children.slice(0, 4).map(({ label, value, status }) => [label, value, status])).toEqual([
      ["pkiStatus", "2 FAILURE", "error"],
      ["failInfo", "2 badRequest: NDES says this for nearly every cause", "error"],
      [
        "NDES error",
        expect.stringMatching(/^0x80070490 ERROR_NOT_FOUND: The challenge password is not among/),
        "error",
      ],
      ["Why", expect.stringContaining("(likely)"), "warning"],
    ]);
    expect(report.verdict).toMatchObject({ status: "error", headline: "FAILURE badRequest · 0x80070490" });
  });

  it("names the HRESULT in a finding with meaning and remedy, and in the facts", async () => {
    const report = await inspectOne(await ndesFailure(site, { scepError: -2147024809 }), "reply.der");
    expect(report.facts).toMatchObject({
      scepError: { value: -2147024809, hex: "0x80070057", name: "E_INVALIDARG" },
      failInfo: { value: "2", name: "badRequest" },
      pkiStatus: { value: "2", name: "FAILURE" },
    });
    const finding = report.findings.find(({ code }) => code === "ndes.scepError");
    expect(finding?.message).toContain("0x80070057 (-2147024809) E_INVALIDARG");
    expect(nodeNamed(report, "NDES error").findings).toEqual([finding]);
  });

  it("tells that the content is one 00 byte, which is no cause of anything", async () => {
    const report = await inspectOne(await ndesFailure(site), "reply.der");
    expect(nodeNamed(report, "content")).toMatchObject({
      value: "one 00 byte; RFC 8894 §3.3.2 wants none",
      status: "warning",
      findings: [{ code: "scep.content.notOmitted" }],
    });
    const empty = await inspectOne(await ndesFailure(site, { content: new Uint8Array() }), "reply.der");
    expect(nodeNamed(empty, "content").value).toBe("zero-length; RFC 8894 §3.3.2 wants none");
    const omitted = await inspectOne(await ndesFailure(site, { content: undefined }), "reply.der");
    expect(codesOf(omitted)).not.toContain("scep.content.notOmitted");
  });

  it("shows signed attributes that only others set", async () => {
    const time = characterString("PrintableString", "soon", "The time");
    const { signing } = site;
    const reply = await buildSignedData(nodeCrypto, {
      digest: "SHA-256",
      signerCertificate: signing.der,
      signerKey: signing.pkcs8,
      signedAttributes: [
        { oid: oid.messageType, valueDer: [characterString("PrintableString", "3", "The type")] },
        { oid: oid.signingTime, valueDer: [time] },
      ],
      certificates: [],
    });
    expect(nodeNamed(await inspectOne(reply, "reply.der"), "signedAttrs").children).toMatchObject([
      { label: "signingTime", value: "soon (PrintableString)" },
    ]);
    const { root } = await inspectOne(await ndesFailure(site), "reply.der");
    expect(root.children.map(({ label }) => label)).not.toContain("signedAttrs");
  });

  it("has its signature verified with the RA's certificate of GetCACert, and asks for it where it is unknown", async () => {
    const reply = await ndesFailure(site);
    const known = await inspectOne(reply, "reply.der", { certificates: site.certificates });
    expect(nodeNamed(known, "signature")).toMatchObject({
      status: "ok",
      value: "valid, NDES01-MSCEP-RA (RA signing)",
    });
    expect(known.facts).toMatchObject({ signature: "valid" });
    const unknown = await inspectOne(reply, "reply.der");
    expect(unknown.facts).toMatchObject({ signature: "signerCertificateMissing" });
    expect(unknown.findings).toContainEqual(
      expect.objectContaining({
        code: "scep.signer.missing",
        severity: "info",
        remedy: expect.stringContaining("--cert"),
      }),
    );
  });

  it("is compared with its request", async () => {
    const reply = await ndesFailure(site);
    const right = await inspectOne(reply, "reply.der", { request });
    expect(nodeNamed(right, "recipientNonce")).toMatchObject({
      value: "matches the request's senderNonce",
      status: "ok",
    });
    expect(nodeNamed(right, "transactionID")).toMatchObject({ value: `${transactionID}, the request's`, status: "ok" });
    const wrong = await inspectOne(reply, "reply.der", {
      request: { transactionID: "other", senderNonce: "00".repeat(16) },
    });
    expect(codesOf(wrong)).toEqual(expect.arrayContaining(["scep.nonce.mismatch", "scep.transactionId.mismatch"]));
    expect(nodeNamed(wrong, "recipientNonce").status).toBe("error");
  });
});

describe("why NDES refused", () => {
  it("a challenge in a UTF8String is likely the cause, with the remedy of string_mask", async () => {
    const report = await inspectOne(
      await ndesFailure(site, { scepError: -2147023728 }),
      "reply.der",
      await refused("UTF8String"),
    );
    expect(nodeNamed(report, "Why")).toMatchObject({ value: "the challenge is a UTF8String (likely)" });
    expect(report.verdict).toMatchObject({
      sentence: "The server refused the request, most likely because the challenge is a UTF8String.",
      remedy: expect.stringContaining("string_mask = nombstr"),
    });
  });

  it("of other string types nobody has shown that NDES refuses them", async () => {
    const report = await inspectOne(
      await ndesFailure(site, { scepError: -2147023728 }),
      "reply.der",
      await refused("IA5String"),
    );
    expect(nodeNamed(report, "Why").value).toBe("the challenge is an IA5String (possible)");
  });

  it("behind a PrintableString the password itself is in doubt, and its type is not", async () => {
    const report = await inspectOne(
      await ndesFailure(site, { scepError: -2147023728 }),
      "reply.der",
      await refused("PrintableString"),
    );
    const why = nodeNamed(report, "Why");
    expect(why.value).toBe("the challenge password is wrong, expired or was used already (likely)");
    expect(why.explanation).toContain("its type is not the cause");
  });

  it("without a challenge, what NDES says of a missing signature of a renewal", async () => {
    const report = await inspectOne(
      await ndesFailure(site, { scepError: -2146869244 }),
      "reply.der",
      await refused(undefined),
    );
    expect(nodeNamed(report, "Why").value).toBe("the request has no challengePassword (likely)");
  });

  it("a key that is too short is certain where NDES says so, and only then", async () => {
    const known = await refused("PrintableString", 1024);
    const said = await inspectOne(await ndesFailure(site, { scepError: -2146875375 }), "reply.der", known);
    expect(nodeNamed(said, "Why").value).toBe("the RSA key has only 1024 bits (certain)");
    const unsaid = await inspectOne(await ndesFailure(site), "reply.der", known);
    expect(nodeNamed(unsaid, "Why").value).toBe("the RSA key has only 1024 bits (possible)");
    const other = await inspectOne(await ndesFailure(site, { scepError: -2147023174 }), "reply.der", known);
    expect(nodeNamed(other, "Why").value).toContain("0x800706ba RPC_S_SERVER_UNAVAILABLE");
  });

  it.each([
    ["signature-invalid", -2146893818, "the proof of possession fails (likely)"],
    ["digest-md5", -2146893816, "the request is signed with MD5 (md5WithRSAEncryption) (likely)"],
    ["subject-empty", -2146877439, "the request has neither a subject nor a subjectAltName (likely)"],
    ["subject-too-long", -2146877439, "CN in the subject is 65 characters long (likely)"],
    ["subject-t61", -2146877439, "CN in the subject is a TeletexString (likely)"],
    ["challenge-thumbprint", -2147023728, "the challengePassword is written like the thumbprint"],
    ["challenge-blank", -2147023728, "white space stands behind the challengePassword"],
  ])(
    "what is found wrong with the request comes before what the HRESULT says alone: %s",
    async (name, scepError, words) => {
      const wrong = wrongRequests.find((one) => one.name === name);
      const key = await clientKey(2048);
      const wishes = { subject: "CN=dev7.example.com", challengePassword: { text: "8CE317021F690069" } };
      const pkcs10 = wrong && (await buildWrongRequest(nodeCrypto, wrong, wishes, key.pkcs8));
      const known = { certificates: site.certificates, request: { ...request, ...(pkcs10 && { pkcs10 }) } };
      const report = await inspectOne(await ndesFailure(site, { scepError }), "reply.der", known);
      expect(nodeNamed(report, "Why").value).toContain(words);
      expect(report.verdict.sentence).toContain(words.replace(" (likely)", ""));
      const other = await inspectOne(await ndesFailure(site, { scepError: -2147023174 }), "reply.der", known);
      expect(nodeNamed(other, "Why").value).toContain("0x800706ba RPC_S_SERVER_UNAVAILABLE");
    },
  );

  it.each(["0", "1", "2", "3", "4"])("failInfo %s alone names no cause", async (failInfo) => {
    const report = await inspectOne(
      await ndesFailure(site, { failInfo }),
      "reply.der",
      await refused("PrintableString"),
    );
    expect(nodeNamed(report, "Why")).toMatchObject({
      value: "the reply does not say; failInfo alone decides nothing",
      status: "info",
    });
    expect(report.verdict.sentence).toBe(
      "The server refused the request and does not say why; failInfo alone decides nothing.",
    );
  });

  it("failInfoText is what the server itself says", async () => {
    const failInfoText = "challenge\u202epassword did not match";
    const report = await inspectOne(await ndesFailure(site, { failInfoText }), "reply.der");
    expect(report.root.children.map(({ label }) => label).slice(0, 4)).toEqual([
      "pkiStatus",
      "failInfo",
      "failInfoText",
      "Why",
    ]);
    expect(nodeNamed(report, "failInfoText").value).toBe("challenge\\u{202e}password did not match");
    expect(report.verdict.sentence).toBe(
      'The server refused the request: the server says "challenge\\u{202e}password did not match".',
    );
  });
});

describe("a PENDING", () => {
  it("waits, and its content is to be omitted as well", async () => {
    const reply = await ndesFailure(site, { pkiStatus: "3", failInfo: undefined as never });
    const report = await inspectOne(reply, "reply.der");
    expect(report.verdict).toMatchObject({
      status: "warning",
      headline: "PENDING",
      sentence: "The request waits for approval at the CA.",
    });
    expect(codesOf(report)).toContain("scep.content.notOmitted");
    expect(codesOf(report)).not.toContain("scep.attribute.missing");
  });
});
