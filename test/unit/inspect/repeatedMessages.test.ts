import { beforeAll, describe, expect, it } from "vitest";
import { exchangeArtifact } from "../../../src/core/inspect/artifact.js";
import type { InspectContext } from "../../../src/core/inspect/context.js";
import { Conversation } from "../../../src/core/inspect/conversation.js";
import { inspect } from "../../../src/core/inspect/inspect.js";
import { reportJson } from "../../../src/core/inspect/json.js";
import { KnownBytes } from "../../../src/core/inspect/knownBytes.js";
import type { HttpExchange } from "../../../src/core/scep/transport.js";
import { nodeCrypto } from "../../../src/node/nodeCrypto.js";
import { enrolments } from "../../support/scepTraffic.js";

describe("a message that comes again", () => {
  let exchanges: readonly HttpExchange[];
  let contexts: readonly InspectContext[];

  beforeAll(async () => {
    const { pkcs8 } = await nodeCrypto.generateRsaKeyPair(2048);
    exchanges = (await enrolments(2, { keys: [pkcs8] })).flat();
    const conversation = new Conversation({ crypto: nodeCrypto, keys: [], certificates: [], now: new Date() });
    for (const exchange of exchanges) conversation.learn(exchangeArtifact(exchange));
    const last = exchanges.at(-1);
    if (!last) throw new Error("Nothing was enrolled.");
    const learned = await conversation.contextFor(exchangeArtifact(last));
    const { certificates, request } = learned;
    if (!request) throw new Error("The request of the reply is not known.");
    const nothing = { crypto: nodeCrypto, keys: [], certificates: [], now: learned.now };
    contexts = [
      nothing,
      { ...nothing, certificates },
      // The same in other objects.
      { ...nothing, certificates: certificates.map((der) => Uint8Array.from(der)) },
      { ...nothing, certificates: certificates.slice(0, 2) },
      { ...nothing, keys: [{ name: "client.key", pkcs8 }] },
      { ...nothing, keys: [{ name: "other name", pkcs8 }] },
      learned,
      { ...learned, request: { ...request, senderNonce: "00" } },
      { ...learned, capabilities: ["AES"] },
      { ...learned, now: new Date("2090-01-01") },
      { ...learned, clientCertificates: [] },
    ];
  });

  it("is reported as it would be alone, whatever was known when it came before", async () => {
    const told: string[] = [];
    for (const context of [...contexts, ...contexts.toReversed()]) {
      for (const exchange of exchanges) {
        const artifact = exchangeArtifact(structuredClone(exchange), undefined, "capture");
        // What is reported with its tree is inspected every time.
        const anew = JSON.stringify(reportJson(await inspect(artifact, context), { showSecrets: true }));
        const quick = await inspect(artifact, { ...context, factsOnly: true });
        expect(JSON.stringify(reportJson(quick, { showSecrets: true }))).toBe(anew);
        told.push(anew);
      }
    }
    // The contexts do make a difference.
    expect(new Set(told).size).toBeGreaterThan(exchanges.length * 3);
  });

  it("is read in the light of what was asked for", async () => {
    const [, caCert] = exchanges;
    if (!caCert) throw new Error("There is no answer to GetCACert.");
    const { request } = caCert;
    const asked = ["GetCACert", "PKIOperation", "GetCACert"].map((operation) => ({
      ...caCert,
      request: { ...request, url: request.url.replace("GetCACert", operation) },
    }));
    const [context] = contexts;
    if (!context) throw new Error("There is no context.");
    for (const exchange of asked) {
      const artifact = exchangeArtifact(exchange, undefined, "capture");
      const [anew, quick] = [
        await inspect(artifact, context),
        await inspect(artifact, { ...context, factsOnly: true }),
      ];
      expect(reportJson(quick, { showSecrets: true })).toEqual(reportJson(anew, { showSecrets: true }));
    }
  });
});

describe("values known by bytes", () => {
  const bytes = (length: number, first = 0): Uint8Array => Uint8Array.from({ length }, (_, i) => (i === 0 ? first : i));

  it("are found for the very same bytes under the same name", () => {
    const known = new KnownBytes<string>(10, 1000);
    known.add("a", bytes(60), "value");
    expect(known.find("a", bytes(60))).toBe("value");
    expect(known.find("b", bytes(60))).toBeUndefined();
    expect(known.find("a", bytes(61))).toBeUndefined();
    // Its sample is the same.
    expect(known.find("a", bytes(60, 1))).toBeUndefined();
  });

  it("make room for one another by number and by length, those first that nobody asked for", () => {
    const known = new KnownBytes<number>(3, 100);
    for (const length of [10, 20, 30]) known.add("", bytes(length), length);
    known.find("", bytes(10));
    known.add("", bytes(40), 40);
    expect([10, 20, 30, 40].map((length) => known.find("", bytes(length)))).toEqual([10, undefined, 30, 40]);
    known.add("", bytes(60), 60);
    expect([10, 30, 40, 60].map((length) => known.find("", bytes(length)))).toEqual([undefined, undefined, 40, 60]);
  });
});
