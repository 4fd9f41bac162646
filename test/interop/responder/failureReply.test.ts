import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toHex } from "../../../src/core/asn1/hex.js";
import type { DigestName } from "../../../src/core/crypto/cryptoPort.js";
import { type RunningResponder, startResponder } from "../../../src/responder/responder.js";
import { type ClientMessage, clientMessage } from "../../support/clientMessage.js";
import { type Answer, postMessage } from "../../support/httpExchange.js";
import { OpensslFiles } from "../../support/opensslFiles.js";

let responder: RunningResponder;
let files: OpensslFiles;
beforeAll(async () => {
  files = await OpensslFiles.create();
  responder = await startResponder({ port: 0, caKeyBits: 1024 });
});
afterAll(async () => {
  await responder.stop();
  await files.remove();
});

/** The reply to a GetCRL, which a real NDES of 2012 is on record to have refused as this one does. */
async function refuse(digest: DigestName): Promise<{ message: ClientMessage; answer: Answer }> {
  const message = await clientMessage(responder.certificates.raEncryption, { messageType: "22", digest });
  const answer = await postMessage(responder.url, message.der);
  await files.write("reply.der", answer.body);
  return { message, answer };
}

/** openssl's outline, each value as depth, type and content, without offsets and lengths. */
async function outline(): Promise<string[]> {
  const text = await files.run("asn1parse", "-inform", "DER", "-in", "reply.der");
  return text
    .trimEnd()
    .split("\n")
    .map((line) =>
      line
        .replace(/^ *\d+:d=(\d+) +hl=\d+ +l= *(?:\d+|inf) +(?:prim|cons): +/, "$1 ")
        .replaceAll(/ +/g, " ")
        .trim(),
    );
}

describe.each<[DigestName, string, number]>([
  ["SHA-1", "sha1", 20],
  ["SHA-256", "sha256", 32],
])("the failure reply to a request signed with %s", (digest, opensslName, digestLength) => {
  it("has every field of NDES's, in NDES's order, and no other", async () => {
    const { message, answer } = await refuse(digest);
    expect(answer.headers["content-type"]).toBe("application/x-pki-message");
    const attribute = (type: string, value: unknown): unknown[] => ["6 SEQUENCE", `7 OBJECT :${type}`, "7 SET", value];
    const octets = (length: number): unknown =>
      expect.stringMatching(new RegExp(`^\\d OCTET STRING \\[HEX DUMP\\]:[0-9A-F]{${length * 2}}$`));
    expect(await outline()).toEqual([
      "0 SEQUENCE",
      "1 OBJECT :pkcs7-signedData",
      "1 cont [ 0 ]",
      "2 SEQUENCE",
      "3 INTEGER :01",
      "3 SET",
      "4 SEQUENCE",
      `5 OBJECT :${opensslName}`,
      "5 NULL",
      "3 SEQUENCE",
      "4 OBJECT :pkcs7-data",
      "4 cont [ 0 ]",
      "5 OCTET STRING [HEX DUMP]:00",
      // Here certificates and CRLs would stand, tagged [0] and [1].
      "3 SET",
      "4 SEQUENCE",
      "5 INTEGER :01",
      "5 SEQUENCE",
      "6 SEQUENCE",
      "7 SET",
      "8 SEQUENCE",
      "9 OBJECT :commonName",
      "9 PRINTABLESTRING :Lab Issuing CA",
      `6 INTEGER :${responder.certificates.raSigning.serialNumber.toUpperCase()}`,
      "5 SEQUENCE",
      `6 OBJECT :${opensslName}`,
      "6 NULL",
      "5 cont [ 0 ]",
      ...attribute("2.16.840.1.113733.1.9.2", "8 PRINTABLESTRING :3"),
      ...attribute("2.16.840.1.113733.1.9.3", "8 PRINTABLESTRING :2"),
      ...attribute("2.16.840.1.113733.1.9.4", "8 PRINTABLESTRING :2"),
      ...attribute("contentType", "8 OBJECT :pkcs7-data"),
      ...attribute("1.3.6.1.4.1.311.21.33", "8 PRINTABLESTRING :-2147024809"),
      ...attribute("2.16.840.1.113733.1.9.5", octets(16)),
      ...attribute("2.16.840.1.113733.1.9.6", `8 OCTET STRING [HEX DUMP]:${toHex(message.senderNonce).toUpperCase()}`),
      ...attribute("messageDigest", octets(digestLength)),
      ...attribute("2.16.840.1.113733.1.9.7", `8 PRINTABLESTRING :${message.transactionID}`),
      "5 SEQUENCE",
      "6 OBJECT :rsaEncryption",
      "6 NULL",
      octets(128),
    ]);
  });

  it("is verified by openssl with the RA signing certificate, which it does not bring", async () => {
    await refuse(digest);
    const { raSigning, issuingCa, rootCa } = responder.certificates;
    await files.writeCertificates("signer.pem", [raSigning.der]);
    await files.writeCertificates("cas.pem", [issuingCa.der, rootCa.der]);
    const verify = ["cms", "-verify", "-inform", "DER", "-in", "reply.der", "-CAfile", "cas.pem", "-purpose", "any"];
    await files.run(...verify, "-certfile", "signer.pem", "-binary", "-out", "content");
    expect([...(await files.read("content"))]).toEqual([0]);
    await expect(files.run(...verify)).rejects.toThrow("signer certificate not found");
  });
});
