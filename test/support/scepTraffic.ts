import { enroll } from "../../src/core/scep/client.js";
import { serverWithDefaults } from "../../src/core/scep/server.js";
import type { HttpExchange, Transport } from "../../src/core/scep/transport.js";
import { createHttpTransport } from "../../src/node/http/httpTransport.js";
import { nodeCrypto } from "../../src/node/nodeCrypto.js";
import { startResponder } from "../../src/responder/responder.js";
import { TcpTalk } from "./tcpTalk.js";

/** How enrolments are to be. */
export interface EnrolmentsForm {
  /** PKCS#8 DER of the clients' keys, in turns; each makes its own unless told. */
  readonly keys?: readonly Uint8Array[];
  /** Their challenge is a wrong one, so that they are refused. */
  readonly refused?: boolean;
}

/** The exchanges of so many enrolments with a local responder, in their order: of each its capabilities, certificates, request. */
export async function enrolments(
  count: number,
  { keys = [], refused = false }: EnrolmentsForm = {},
): Promise<HttpExchange[][]> {
  const responder = await startResponder({ port: 0, challenge: "bench" });
  const http = createHttpTransport();
  try {
    const all: HttpExchange[][] = [];
    for (let index = 0; index < count; index++) {
      const exchanges: HttpExchange[] = [];
      const transport: Transport = {
        exchange: async (request, options) => {
          const exchange = await http.exchange(request, options);
          exchanges.push(exchange);
          return exchange;
        },
      };
      const key = keys[index % keys.length];
      const challenge = { text: refused ? "wrong" : "bench" };
      const subject = `CN=device${index}.example.com`;
      const outcome = await enroll(
        {
          server: serverWithDefaults(responder.url),
          request: { kind: "new", subject, challenge, ...(key && { key }) },
        },
        { crypto: nodeCrypto, transport },
      );
      if (outcome.status !== (refused ? "refused" : "issued")) throw new Error(outcome.sentence);
      all.push(exchanges);
    }
    return all;
  } finally {
    await responder.stop();
  }
}

/** What a client sends for an exchange. */
export function requestBytes({ request: { method, url, headers, body } }: HttpExchange): Buffer {
  const { pathname, search, host } = new URL(url);
  const lines = [
    `${method} ${pathname}${search} HTTP/1.1`,
    `Host: ${host}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(body ? [`Content-Length: ${body.length}`] : []),
    "",
    "",
  ];
  return Buffer.concat([Buffer.from(lines.join("\r\n"), "latin1"), body ?? new Uint8Array()]);
}

/** What the server answers. */
export function responseBytes({ response }: HttpExchange): Buffer {
  if (!response) throw new Error("The exchange has no response.");
  const lines = [
    `HTTP/1.1 ${response.status} ${response.reasonPhrase}`,
    ...response.headers
      .filter(([name]) => !/^(?:transfer-encoding|content-length)$/i.test(name))
      .map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${response.body.length}`,
    "",
    "",
  ];
  return Buffer.concat([Buffer.from(lines.join("\r\n"), "latin1"), response.body]);
}

/** Exchanges as one connection speaks them, one after the other. */
export function talkOf(
  exchanges: readonly HttpExchange[],
  form: ConstructorParameters<typeof TcpTalk>[0] = {},
): TcpTalk {
  const talk = new TcpTalk(form).open();
  for (const exchange of exchanges) {
    talk.say("client", requestBytes(exchange)).wait(3000).say("server", responseBytes(exchange)).wait(2000);
  }
  return talk.close("client").close("server");
}
