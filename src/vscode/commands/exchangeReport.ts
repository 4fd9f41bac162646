import { exchangeArtifact } from "../../core/inspect/artifact.js";
import type { Report } from "../../core/inspect/report.js";
import type { HttpExchange } from "../../core/scep/transport.js";
import { inspectArtifact } from "../decode/inspectInput.js";
import type { Server } from "../servers/server.js";
import type { Services } from "../services.js";

/**
 * What inspection says of one exchange with a server, knowing what the server has said before.
 *
 * @param operation the SCEP operation that was asked for; undefined where it was none
 */
export async function exchangeReport(
  services: Services,
  server: Server,
  operation: string | undefined,
  exchange: HttpExchange,
): Promise<Report> {
  const artifact = exchangeArtifact(exchange, operation, operation ?? server.settings.name);
  const { caCert, caps } = services.servers.knowledge(server);
  return inspectArtifact(
    services,
    { kind: "artifact", artifact },
    {
      keys: await services.vault.candidateKeys(),
      certificates: caCert?.ok === true ? caCert.ca.certificates.map(({ der }) => der) : [],
      ...(caps && { capabilities: [...caps.capabilities.known, ...caps.capabilities.unknown] }),
      target: server.settings.target,
      now: new Date(),
    },
  );
}
