import { generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { toBase64 } from "../../../src/core/asn1/base64.js";
import { fromHex, toHex } from "../../../src/core/asn1/hex.js";
import { readAdminPage } from "../../../src/core/ndes/adminPage.js";
import { type PkiMessageView, readPkiMessage } from "../../../src/core/scep/pkiMessage.js";
import { parseDistinguishedName } from "../../../src/core/x509/buildName.js";
import type { ResponderEvent } from "../../../src/responder/responderEvent.js";
import { type RunningResponder, startResponder } from "../../../src/responder/responder.js";
import {
  type ClientMessage,
  clientKey,
  clientMessage,
  type Peculiarities,
  selfSigned,
} from "../../support/clientMessage.js";
import { type Answer, get, postMessage } from "../../support/httpExchange.js";

/** One with one-time passwords; and one with a single password, for all that is not about challenges. */
let oneTime: RunningResponder;
let responder: RunningResponder;
let clock = new Date();
const singlePassword = "NDES single password";
const lines: string[] = [];
const events: ResponderEvent[] = [];
const handedOut: string[] = [];

beforeAll(async () => {
  const log = (line: string): unknown => lines.push(line);
  oneTime = await startResponder({ port: 0, caKeyBits: 1024, now: () => clock, log });
  responder = await startResponder({ port: 0, caKeyBits: 1024, challenge: singlePassword, log });
  oneTime.onEvent((event) => events.push(event));
  responder.onEvent((event) => events.push(event));
});
beforeEach(() => {
  clock = new Date();
  events.length = 0;
});
afterAll(() => Promise.all([oneTime.stop(), responder.stop()]));

async function oneTimePassword(): Promise<string> {
  const password = readAdminPage((await get(oneTime.adminUrl)).body)?.password ?? "";
  handedOut.push(password);
  events.length = 0;
  return password;
}

/** Sends a message that is faultless but for its peculiarities. */
async function send(
  odd: Peculiarities = {},
  to: RunningResponder = responder,
): Promise<{ message: ClientMessage; answer: Answer; reply?: PkiMessageView }> {
  const challenge = { text: singlePassword, stringType: "PrintableString" } as const;
  const message = await clientMessage(to.certificates.raEncryption, { challenge, ...odd });
  const answer = await postMessage(to.url, message.der);
  const reply = readPkiMessage(answer.body);
  return { message, answer, ...(reply && { reply }) };
}

/** Sends a faultless request with this challenge to the responder that has one-time passwords. */
async function sendChallenge(
  text: string,
  stringType: "PrintableString" | "UTF8String" = "PrintableString",
): Promise<PkiMessageView | undefined> {
  return (await send({ challenge: { text, stringType } }, oneTime)).reply;
}

function expectRefusal(reply: PkiMessageView | undefined, failInfo: string, hresult: string, ndesEvent?: number): void {
  expect(reply?.messageType?.value).toBe("3");
  expect(reply?.pkiStatus?.value).toBe("2");
  expect(reply?.failInfo?.value).toBe(failInfo);
  expect(reply?.scepError?.value).toBe(String(Number(hresult) | 0));
  expect(events).toMatchObject([{ level: "warning", hresult: { hex: hresult } }]);
  expect(events[0]?.ndesEvent).toBe(ndesEvent);
}

describe("a challenge", () => {
  it("that was never handed out is not found", async () => {
    expectRefusal(await sendChallenge("0123456789ABCDEF"), "2", "0x80070490", 29);
  });

  it("in a UTF8String is not found either, and is not used up by that", async () => {
    const password = await oneTimePassword();
    expectRefusal(await sendChallenge(password, "UTF8String"), "2", "0x80070490", 29);
    expect(events[0]?.sentence).toContain("UTF8String");
    expect((await sendChallenge(password))?.pkiStatus?.value).toBe("0");
  });

  it("that was used already is named so", async () => {
    const password = await oneTimePassword();
    expect((await sendChallenge(password))?.pkiStatus?.value).toBe("0");
    events.length = 0;
    expectRefusal(await sendChallenge(password), "2", "0x800b0110", 29);
  });

  it("that is older than an hour is not found", async () => {
    const password = await oneTimePassword();
    clock = new Date(clock.getTime() + 61 * 60_000);
    expectRefusal(await sendChallenge(password), "2", "0x80070490", 29);
    expect(events[0]?.sentence).toContain("expired");
  });

  it("that is missing is asked for", async () => {
    const { der } = await clientMessage(oneTime.certificates.raEncryption);
    expectRefusal(readPkiMessage((await postMessage(oneTime.url, der)).body), "2", "0x80096004");
  });

  it("is good for one of two requests that come at once", async () => {
    const password = await oneTimePassword();
    const replies = await Promise.all([sendChallenge(password), sendChallenge(password)]);
    expect(new Set(replies.map((reply) => reply?.pkiStatus?.value))).toEqual(new Set(["0", "2"]));
  });

  it("is never written to the log", () => {
    expect(handedOut.length).toBeGreaterThan(0);
    for (const password of [...handedOut, "0123456789ABCDEF"]) expect(lines.join("\n")).not.toContain(password);
  });
});

describe("a single password", () => {
  it("is good for every request", async () => {
    expect((await send()).reply?.pkiStatus?.value).toBe("0");
    expect((await send()).reply?.pkiStatus?.value).toBe("0");
    expect(lines.join("\n")).not.toContain(singlePassword);
  });

  it("is asked for as well", async () => {
    expectRefusal(
      (await send({ challenge: { text: "another", stringType: "PrintableString" } })).reply,
      "2",
      "0x80070490",
      29,
    );
  });

  it("stands on the admin page, which hands out no others", async () => {
    expect((await get(responder.adminUrl)).body.toString("utf16le")).toContain(
      `password is: <B> ${singlePassword} </B>`,
    );
    expect(responder.passwords()).toEqual({ kind: "single", capacity: 1, free: 1 });
  });

  it.each(["", "s_cret", "pässword"])(
    "that no PrintableString can hold is refused at the start: %j",
    async (challenge) => {
      await expect(startResponder({ port: 0, challenge })).rejects.toMatchObject({ name: "HumanError" });
    },
  );
});

describe("a request", () => {
  it("with a key of 1024 bits is refused by the CA", async () => {
    expectRefusal((await send({ key: await clientKey(1024) })).reply, "2", "0x80094811", 31);
  });

  it("that is not signed with its own key is refused by the CA", async () => {
    const claimedSpki = (await clientKey(2048, "other")).spki;
    expectRefusal((await send({ claimedSpki })).reply, "2", "0x80090006", 31);
  });

  it("with an elliptic-curve key gets a web page: the reply could not be encrypted for it", async () => {
    const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const claimedSpki = new Uint8Array(publicKey.export({ type: "spki", format: "der" }));
    const { answer } = await send({ claimedSpki });
    expect(answer.status).toBe(500);
    expect(events).toMatchObject([{ ndesEvent: 13, hresult: { hex: "0xc00000bb" } }]);
  });

  it.each([
    ["without subject and SAN", ""],
    ["with only such attributes as the CA drops", "2.5.4.12=#1303426f73"],
    ["with a common name of 65 characters", `CN=${"a".repeat(65)}`],
    ["with a subject that is no valid string", "CN=#1302402a"],
  ])("%s is refused by the CA", async (_, subject) => {
    expectRefusal((await send({ subject })).reply, "2", "0x80094001", 31);
  });

  it("that is no PKCS#10 is not understood", async () => {
    expectRefusal((await send({ envelopeContent: Uint8Array.of(0x30, 0x00) })).reply, "2", "0x8009310b");
  });
});

describe("a message", () => {
  it("signed with a digest that the server does not know is refused as badAlg, with SHA-256", async () => {
    const challenge = { text: singlePassword, stringType: "PrintableString" } as const;
    const { der } = await clientMessage(responder.certificates.raEncryption, { challenge });
    // SHA3-256 instead of SHA-256, both of the same length.
    const odd = fromHex(toHex(der).replaceAll("0609608648016503040201", "0609608648016503040208")) ?? der;
    const reply = readPkiMessage((await postMessage(responder.url, odd)).body);
    expectRefusal(reply, "0", "0x80090008");
    expect(reply?.signerInfo.digestAlgorithm.oid).toBe("2.16.840.1.101.3.4.2.1");
  });

  it.each(["17", "20", "21", "22", "99"])("of type %s is not supported", async (messageType) => {
    expectRefusal((await send({ messageType })).reply, "2", "0x80070057");
  });

  it("whose signature does not verify fails the integrity check", async () => {
    const key = await clientKey();
    const certificate = await selfSigned(await clientKey(2048, "other"), parseDistinguishedName("CN=dev7"));
    const { reply } = await send({ signer: { certificate, pkcs8: key.pkcs8 } });
    expectRefusal(reply, "1", "0x80090006");
  });

  it("that is enveloped for another certificate gets a web page, as event 18 says", async () => {
    const message = await clientMessage(responder.certificates.raSigning, {});
    const answer = await postMessage(responder.url, message.der);
    expect(answer.status).toBe(500);
    expect(answer.headers["content-type"]).toBe("text/html");
    expect(events).toMatchObject([{ ndesEvent: 18, hresult: { hex: "0x80090005" } }]);
  });

  it("without an envelope gets a web page", async () => {
    const { answer } = await send({ content: Uint8Array.of(4, 0) });
    expect(answer.status).toBe(500);
    expect(events).toMatchObject([{ ndesEvent: 18 }]);
  });

  it("without the certificate of its signer gets an empty answer, as event 17 says", async () => {
    const { answer } = await send({ withoutCertificates: true });
    expect(answer.status).toBe(200);
    expect(answer.body).toHaveLength(0);
    expect(events).toMatchObject([{ ndesEvent: 17, hresult: { hex: "0x8009310b" } }]);
  });

  it("that is garbage, cut short or empty gets an empty answer with status 200", async () => {
    const { der } = await clientMessage(responder.certificates.raEncryption);
    for (const body of [Buffer.from("garbage"), der.subarray(0, der.length - 1), Buffer.alloc(0)]) {
      events.length = 0;
      const answer = await postMessage(responder.url, body);
      expect(answer.status).toBe(200);
      expect(answer.body).toHaveLength(0);
      expect(events).toMatchObject([{ ndesEvent: 17 }]);
    }
  });
});

describe("a message sent by GET", () => {
  async function sendByGet(encode: (base64: string) => string): Promise<Answer> {
    const challenge = { text: singlePassword, stringType: "PrintableString" } as const;
    // A nonce that makes sure of a plus sign, wherever it falls in the base64.
    const senderNonce = new Uint8Array(16).fill(0xfb);
    const { der } = await clientMessage(responder.certificates.raEncryption, { challenge, senderNonce });
    return get(`${responder.url}?operation=PKIOperation&message=${encode(toBase64(der))}`);
  }

  it.each<[string, (base64: string) => string]>([
    ["percent-encoded", encodeURIComponent],
    ["with its plus signs as they are, which IIS does not touch", (base64) => base64.replaceAll("=", "%3D")],
    ["with line breaks", (base64) => encodeURIComponent(base64.replaceAll(/.{64}/g, "$&\n"))],
  ])("%s is understood", async (_, encode) => {
    expect(readPkiMessage((await sendByGet(encode)).body)?.pkiStatus?.value).toBe("0");
  });

  it("with its plus signs turned into blanks is not, as event 16 says", async () => {
    const answer = await sendByGet((base64) => encodeURIComponent(base64.replaceAll("+", " ")));
    expect(answer.status).toBe(200);
    expect(answer.body).toHaveLength(0);
    expect(events).toMatchObject([{ ndesEvent: 16 }]);
  });
});

describe("the answer", () => {
  it("names the transaction and the nonce of the request, in a nonce of its own", async () => {
    const { message, reply } = await send({ transactionID: "ab+/=cd" });
    expect(reply?.transactionID?.value).toBe("ab+/=cd");
    const nonces = [reply?.recipientNonce, reply?.senderNonce].map((nonce) => nonce && toHex(nonce.value));
    expect(nonces[0]).toBe(toHex(message.senderNonce));
    expect(nonces[1]).toMatch(/^[0-9a-f]{32}$/);
    expect(nonces[1]).not.toBe(nonces[0]);
  });

  it.each(["MD5", "SHA-1", "SHA-256", "SHA-512"] as const)(
    "to a request signed with %s is signed so",
    async (digest) => {
      const { reply } = await send({ digest });
      expect(reply?.signerInfo.digestAlgorithm.name.toUpperCase()).toBe(digest.toUpperCase());
    },
  );
});
