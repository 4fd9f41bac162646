import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { generateKey, usualKey } from "../../../src/core/crypto/newKey.js";
import { rules } from "../../../src/core/inspect/rules/all.js";
import { hresult } from "../../../src/core/ndes/hresult.js";
import type { RequestWishes } from "../../../src/core/pkcs10/requestWishes.js";
import { buildWrongRequest, type WrongRequest, wrongRequests } from "../../../src/core/pkcs10/wrongRequests.js";
import { enroll } from "../../../src/core/scep/client.js";
import { createHttpTransport } from "../../../src/node/http/httpTransport.js";
import { nodeCrypto } from "../../../src/node/nodeCrypto.js";
import { type RunningResponder, startResponder } from "../../../src/responder/responder.js";
import type { ResponderEvent } from "../../../src/responder/responderEvent.js";
import { inspectOne } from "../../support/inspection.js";
import { serverWithDefaults } from "../../../src/core/scep/server.js";

const challenge = "8CE317021F690069";
const sound: RequestWishes = {
  subject: "CN=dev7.example.com,O=Example",
  challengePassword: { text: challenge },
  extensions: [
    { kind: "keyUsage", uses: ["digitalSignature", "keyEncipherment"], critical: true },
    { kind: "subjectAltName", names: [{ kind: "DNS", text: "dev7.example.com" }] },
  ],
};

describe("a request that is wrong on purpose", () => {
  let responder: RunningResponder;
  const events: ResponderEvent[] = [];

  beforeAll(async () => {
    responder = await startResponder({ port: 0, caKeyBits: 1024, challenge });
    responder.onEvent((event) => events.push(event));
  });
  beforeEach(() => {
    events.length = 0;
  });
  afterAll(() => responder.stop());

  async function sent(wrong: WrongRequest) {
    const key = await generateKey(nodeCrypto, wrong.key ?? usualKey);
    const request = await buildWrongRequest(nodeCrypto, wrong, sound, key.pkcs8);
    const outcome = await enroll(
      { server: serverWithDefaults(responder.url), request: { kind: "given", request, key: key.pkcs8 } },
      { transport: createHttpTransport(), crypto: nodeCrypto, explainHresult: hresult },
    );
    return { request, outcome };
  }

  for (const wrong of wrongRequests) {
    it(`${wrong.name}: ${wrong.title}: is refused with ${wrong.hresult}`, async () => {
      const { outcome } = await sent(wrong);
      if (wrong.answer === "HTTP 500") {
        expect(outcome.status).toBe("failed");
        expect(outcome.record.exchange?.response?.status).toBe(500);
      } else {
        expect(outcome.status === "refused" && outcome.reason.scepError?.hex).toBe(wrong.hresult);
      }
      expect(events.find(({ hresult: code }) => code !== undefined)?.hresult?.hex).toBe(wrong.hresult);
    });

    if (wrong.finding !== undefined) {
      it(`${wrong.name} is found out beforehand, as ${wrong.finding}`, async () => {
        const key = await generateKey(nodeCrypto, wrong.key ?? usualKey);
        const request = await buildWrongRequest(nodeCrypto, wrong, sound, key.pkcs8);
        const report = await inspectOne(request, "wrong.csr");
        expect(report.findings.map(({ code }) => code)).toContain(wrong.finding);
        expect(rules.map(({ code }) => code)).toContain(wrong.finding);
      });
    }
  }

  it("has a name of its own and a code that is explained", () => {
    expect(new Set(wrongRequests.map(({ name }) => name)).size).toBe(wrongRequests.length);
    for (const { hresult: hex } of wrongRequests) {
      expect(hresult(Number(hex)).name, hex).not.toBe("unknown");
    }
  });

  it("differs from a sound one, which is issued, in that alone", async () => {
    const { outcome } = await sent({
      name: "none",
      title: "nothing",
      hresult: "0x00000000",
      answer: "FAILURE",
      needsChallenge: true,
      source: "",
    });
    expect(outcome.status).toBe("issued");
  });
});
