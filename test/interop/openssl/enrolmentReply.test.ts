import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toHex } from "../../../src/core/asn1/hex.js";
import type { InspectContext } from "../../../src/core/inspect/context.js";
import type { EnvelopeFacts } from "../../../src/core/inspect/facts/cmsFacts.js";
import { buildRequest } from "../../../src/core/pkcs10/buildRequest.js";
import { buildPkiMessage } from "../../../src/core/scep/buildPkiMessage.js";
import { parseDistinguishedName } from "../../../src/core/x509/buildName.js";
import { nodeCrypto } from "../../../src/node/nodeCrypto.js";
import { clientKey } from "../../support/clientMessage.js";
import { inspectOne } from "../../support/inspection.js";
import { type NdesSite, ndesSite, requestNonce, transactionID } from "../../support/ndesReply.js";
import { hasOpenssl, legacy, OpensslFolder } from "../../support/opensslProgram.js";

describe.skipIf(!hasOpenssl)("a SUCCESS whose envelope openssl made (needs openssl)", () => {
  let folder: OpensslFolder;
  let site: NdesSite;

  beforeAll(async () => {
    folder = new OpensslFolder();
    site = await ndesSite();
    folder.write("issued", site.ca.certificate.der);
    const files = ["-keyout", "client.key", "-out", "client.pem"];
    folder.run("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "9", "-subj", "/CN=dev7", ...files);
  });
  afterAll(() => folder.remove());

  /** What a report says of the envelope in a reply that openssl made with these options. */
  async function envelope(options: readonly string[], known: Partial<InspectContext>): Promise<EnvelopeFacts> {
    const files = ["-in", "issued", "-outform", "DER", "-out", "enveloped.der"];
    folder.run("cms", "-encrypt", "-binary", ...files, ...options);
    const reply = await buildPkiMessage(nodeCrypto, {
      messageType: "3",
      pkiStatus: "0",
      transactionID,
      senderNonce: nodeCrypto.randomBytes(16),
      recipientNonce: requestNonce,
      content: folder.read("enveloped.der"),
      signerCertificate: site.signing.der,
      signerKey: site.signing.pkcs8,
      digest: "SHA-256",
      certificates: [],
    });
    const { facts } = await inspectOne(reply, "reply.der", known);
    if (facts.kind !== "pkiMessage" || !facts.envelope) throw new Error("The reply is none with an envelope.");
    return facts.envelope;
  }

  it("for the challenge password, which the request's maker knows, is opened with it (RFC 8894 §3.1)", async () => {
    const key = await clientKey();
    const pkcs10 = await buildRequest(nodeCrypto, {
      subject: parseDistinguishedName("CN=dev7.example.com"),
      spki: key.spki,
      key: key.pkcs8,
      digest: "SHA-256",
      challengePassword: { text: "8CE317021F690069", stringType: "PrintableString" },
    });
    const request = { transactionID, senderNonce: toHex(requestNonce), pkcs10 };
    const options = ["-aes128", "-pwri_password", "8CE317021F690069"];
    expect(await envelope(options, { request })).toMatchObject({
      decrypted: true,
      openedWith: "the request's challengePassword",
    });
    expect(await envelope(options, {})).toMatchObject({
      decrypted: false,
      reason: "The envelope opens with a password, and none is given.",
    });
  });

  it("with a cipher that is not supported says which, whether or not there is a key", async () => {
    const options = ["-cast5-cbc", ...legacy, "client.pem"];
    const reason = "The content is encrypted with CAST5-CBC, which is not supported.";
    expect(await envelope(options, {})).toMatchObject({ decrypted: false, reason });
    const keys = [{ name: "other.key", pkcs8: site.encryption.pkcs8 }];
    expect(await envelope(options, { keys })).toMatchObject({ decrypted: false, reason });
  });
});
