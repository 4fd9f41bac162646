import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { derValue, sequence } from "../../../src/core/asn1/derWriter.js";
import { readPkiMessage } from "../../../src/core/scep/pkiMessage.js";
import type { ResponderEvent } from "../../../src/responder/responderEvent.js";
import { type RunningResponder, startResponder } from "../../../src/responder/responder.js";
import { clientMessage } from "../../support/clientMessage.js";
import { get, postMessage } from "../../support/httpExchange.js";

const challenge = { text: "password", stringType: "PrintableString" } as const;

let responder: RunningResponder;
const events: ResponderEvent[] = [];
beforeAll(async () => {
  responder = await startResponder({ port: 0, caKeyBits: 1024, challenge: challenge.text });
  responder.onEvent((event) => events.push(event));
});
afterAll(() => responder.stop());

/** A pseudo-random number generator (mulberry32), so that every run tries the same. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe("a responder goes on after", () => {
  it("five hundred messages with damaged octets, each of which it answers without a failure of its own", async () => {
    const { der } = await clientMessage(responder.certificates.raEncryption, { challenge });
    const random = numbers(7);
    for (let i = 0; i < 500; i++) {
      const damaged = der.slice();
      for (let damage = 0; damage <= i % 3; damage++) {
        damaged[Math.floor(random() * damaged.length)] = Math.floor(random() * 256);
      }
      const answer = await postMessage(responder.url, damaged);
      expect([200, 500]).toContain(answer.status);
    }
    expect(events.filter(({ level }) => level === "error")).toEqual([]);
  });

  it.each<[string, () => Uint8Array]>([
    ["a million zeros", () => new Uint8Array(1_000_000)],
    ["values nested thirty thousand deep", () => new Uint8Array(60_000).map((_, i) => (i % 2 === 0 ? 0x30 : 0x80))],
    [
      "a content of thirty thousand chunks",
      () => {
        const signedData = Buffer.from("06092a864886f70d010702", "hex");
        const chunks = new Uint8Array(60_000).map((_, i) => (i % 2 === 0 ? 0x04 : 0x00));
        const data = sequence(Buffer.from("06092a864886f70d010701", "hex"), derValue(0xa0, derValue(0x24, chunks)));
        const body = sequence(Buffer.from("020101", "hex"), derValue(0x31), data, derValue(0x31));
        return sequence(signedData, derValue(0xa0, body));
      },
    ],
  ])("%s", async (_, make) => {
    events.length = 0;
    const answer = await postMessage(responder.url, make());
    expect(answer.status).toBe(200);
    expect(events).toMatchObject([{ level: "warning", ndesEvent: 17 }]);
    expect((await get(`${responder.url}?operation=GetCACaps`)).status).toBe(200);
  });

  it("twenty requests at once, each of which it answers for itself", async () => {
    const messages = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        clientMessage(responder.certificates.raEncryption, { challenge, transactionID: `T${i}` }),
      ),
    );
    const answers = await Promise.all(messages.map(({ der }) => postMessage(responder.url, der)));
    const replies = answers.map(({ body }) => readPkiMessage(body));
    expect(replies.map((reply) => reply?.transactionID?.value)).toEqual(
      messages.map((message) => message.transactionID),
    );
    expect(new Set(replies.map((reply) => reply?.pkiStatus?.value))).toEqual(new Set(["0"]));
  });

  it("a transactionID and a subject made to deceive, which come out visible in the log", async () => {
    events.length = 0;
    const subject = "CN=evil\u202egnp.exe";
    await clientMessage(responder.certificates.raEncryption, { challenge, transactionID: "a\nb\u0085", subject }).then(
      ({ der }) => postMessage(responder.url, der),
    );
    expect(events).toMatchObject([{ transactionID: "a\\u{a}b\\u{85}", subject: "CN=evil\\u{202e}gnp.exe" }]);
  });
});
