import { describe, expect, it } from "vitest";
import { reportsToJson } from "../../src/core/inspect/json.js";
import { recognise } from "../../src/core/inspect/recognise.js";
import type { InspectContext } from "../../src/core/inspect/context.js";
import { corpusFile, hasCorpus } from "../support/corpus.js";
import { inspectAll } from "../support/inspection.js";

/** What `decode --json` says of a file. */
async function decoded(path: string, known: Partial<InspectContext> = {}) {
  const name = path.split("/").at(-1) ?? path;
  return reportsToJson(await inspectAll(corpusFile(path), name, known), { showSecrets: false }).artifacts;
}

function codes(artifact: Awaited<ReturnType<typeof decoded>>[number] | undefined): string[] {
  return ((artifact?.["findings"] ?? []) as { code: string }[]).map(({ code }) => code);
}

describe.skipIf(!hasCorpus)("what decode says of the SCEP messages that others wrote (needs ../shared/corpus)", () => {
  it("jscep/scep_req2.der, a PKCSReq by RFC 8894's author", async () => {
    const [message] = await decoded("jscep/scep_req2.der");
    expect(message).toMatchObject({
      source: "scep_req2.der",
      kind: "pkiMessage",
      offset: 0,
      length: 2545,
      encoding: "DER",
      messageType: { value: "19", name: "PKCSReq" },
      transactionID: "7XXEY-ERLPU-2JDR9",
      senderNonce: "e8c57d516909026f3463f8e907fc9856",
      digestAlgorithm: "SHA-256",
      signature: "valid",
      envelope: {
        contentEncryptionAlgorithm: "AES-128-CBC",
        decrypted: false,
        recipients: [
          { type: "keyTrans", serialNumber: "24cc285c1674f207", keyEncryptionAlgorithm: "RSAES-PKCS1-v1_5" },
        ],
      },
    });
    expect(message).not.toHaveProperty("pkiStatus");
    expect(codes(message)).toEqual([]);
  });

  it("jscep/scep_resp2.der, its CertRep without a senderNonce", async () => {
    const [message] = await decoded("jscep/scep_resp2.der");
    expect(message).toMatchObject({
      kind: "pkiMessage",
      messageType: { value: "3", name: "CertRep" },
      pkiStatus: { value: "0", name: "SUCCESS" },
      transactionID: "7XXEY-ERLPU-2JDR9",
      recipientNonce: "e8c57d516909026f3463f8e907fc9856",
      digestAlgorithm: "SHA-256",
      signature: "valid",
      envelope: { contentEncryptionAlgorithm: "AES-128-CBC" },
    });
    expect(message).not.toHaveProperty("senderNonce");
    expect(message?.["findings"]).toMatchObject([
      { code: "scep.attribute.missing", message: "The message has no senderNonce; every message must have one." },
    ]);
  });

  it("micromdm-scep/PKCSReq.der, of macOS, opened with the CA's key", async () => {
    const [key] = recognise(corpusFile("micromdm-scep/ca-plain.key"), "ca-plain.key");
    const [ca] = recognise(corpusFile("micromdm-scep/ca.pem"), "ca.pem");
    if (!key || !ca) throw new Error("The CA's key and certificate cannot be read.");
    const [message] = await decoded("micromdm-scep/PKCSReq.der", {
      keys: [{ name: "ca-plain.key", pkcs8: key.bytes }],
      certificates: [ca.bytes],
    });
    expect(message).toMatchObject({
      kind: "pkiMessage",
      messageType: { value: "19", name: "PKCSReq" },
      transactionID: "A13090761A30F66664F85D37433D2065E1112BA1",
      senderNonce: "ae7fe8816cc6bedd",
      digestAlgorithm: "SHA-1",
      signature: "valid",
      envelope: { contentEncryptionAlgorithm: "DES-EDE3-CBC", decrypted: true },
      contains: [
        {
          kind: "request",
          subject: "CN=com.apple.security.scep.063D7953-1338-4BF0-8F99-913382996224",
          publicKey: { algorithm: "RSA", bits: 1024 },
          signature: "valid",
        },
        { kind: "certificate", subject: "C=US,CN=MDM SCEP SIGNER" },
      ],
    });
    expect(codes(message)).toContain("scep.nonce.length");
    expect(codes(message)).toContain("scep.digest.weak");
    // What was decrypted is, byte for byte, what its authors say that it is.
    const [opened] = (message?.["contains"] ?? []) as { length: number }[];
    expect(opened?.length).toBe(corpusFile("micromdm-scep/csr.der").length);
  });

  it("micromdm-scep/PKCSReq.der says why it stays closed without a key", async () => {
    const [message] = await decoded("micromdm-scep/PKCSReq.der");
    expect(message).toMatchObject({ envelope: { decrypted: false, reason: expect.stringContaining("private key") } });
  });

  it("go-pkcs7/smallstep+pkcs7/parse_go1_f063236b399c.der, a PKCSReq in a test of Go's pkcs7", async () => {
    const [message] = await decoded("go-pkcs7/smallstep+pkcs7/parse_go1_f063236b399c.der");
    expect(message).toMatchObject({
      kind: "pkiMessage",
      messageType: { value: "19", name: "PKCSReq" },
      transactionID: "252e27f890ea721a5a5790225ce6b42a02d14fbf",
      senderNonce: "28b08c77524a9856ab3a22fa889ea86d",
      digestAlgorithm: "SHA-1",
    });
  });
});

describe.skipIf(!hasCorpus)("the levels inside jscep's samples (needs ../shared/corpus)", () => {
  it.each([
    ["jscep/scep_req0.der", "request"],
    ["jscep/scep_req1.der", "envelopedData"],
    ["jscep/scep_req2.der", "pkiMessage"],
    ["jscep/scep_resp0.der", "certsOnly"],
    ["jscep/scep_resp1.der", "envelopedData"],
    ["jscep/scep_resp2.der", "pkiMessage"],
    ["micromdm-scep/csr.der", "request"],
    ["micromdm-scep/env.der", "envelopedData"],
    ["micromdm-scep/ca.pem", "certificate"],
    ["micromdm-scep/ca-plain.key", "privateKey"],
  ])("%s is a %s", async (path, kind) => {
    expect(await decoded(path)).toMatchObject([{ kind }]);
  });

  it("masks the challenge of the request, and tells its type", async () => {
    const [request] = await decoded("jscep/scep_req0.der");
    expect(request).toMatchObject({ challengePassword: { stringType: "PrintableString", value: "•••" } });
    expect(JSON.stringify(request)).not.toContain("NQ3C6");
    const shown = reportsToJson(await inspectAll(corpusFile("jscep/scep_req0.der"), "req"), { showSecrets: true });
    expect(shown.artifacts[0]).toMatchObject({ challengePassword: { value: "NQ3C6-GS3ZN-2XPGL-SEJTQ" } });
  });
});
