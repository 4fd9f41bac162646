import { inspect } from "../../core/inspect/inspect.js";
import type { Report } from "../../core/inspect/report.js";
import type { HttpExchange } from "../../core/scep/transport.js";
import { nodeCrypto } from "../../node/nodeCrypto.js";
import type { Server } from "../servers/server.js";
import type { Services } from "../services.js";

/** What inspection says of one exchange with a server, knowing what the server has said before. */
export async function exchangeReport(
  services: Services,
  server: Server,
  operation: string,
  exchange: HttpExchange,
): Promise<Report> {
  const bytes = exchange.response?.body ?? new Uint8Array();
  const source = { name: operation, offset: 0, length: bytes.length };
  const { caCert, caps } = services.servers.knowledge(server);
  return inspect(
    { kind: "httpExchange", exchange, operation, bytes, source, wrapping: [] },
    {
      crypto: nodeCrypto,
      keys: await services.vault.candidateKeys(),
      certificates: caCert?.ok === true ? caCert.ca.certificates.map(({ der }) => der) : [],
      ...(caps && { capabilities: [...caps.capabilities.known, ...caps.capabilities.unknown] }),
      target: server.settings.target,
      now: new Date(),
    },
  );
}
