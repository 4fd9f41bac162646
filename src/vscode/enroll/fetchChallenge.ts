import { readAdminPage } from "../../core/ndes/adminPage.js";
import type { ScepServer } from "../../core/scep/server.js";
import type { HttpExchange } from "../../core/scep/transport.js";
import { createHttpTransport } from "../../node/http/httpTransport.js";

/** What an admin page answered. */
export interface FetchedChallenge {
  readonly exchange: HttpExchange;
  /** The password on the page; absent where there is none. Secret. */
  readonly challenge?: string;
}

/** Asks an NDES admin page that needs no logon for a password. Each call takes one out of the server's store. */
export async function fetchChallenge(
  adminUrl: string,
  server: ScepServer,
  signal: AbortSignal,
): Promise<FetchedChallenge> {
  const exchange = await createHttpTransport().exchange(
    { method: "GET", url: adminUrl, headers: { "User-Agent": "SCEP-Workbench", Accept: "text/html, */*" } },
    { signal, timeoutMs: server.timeoutSeconds * 1000, ...(server.tlsCa && { tlsCa: server.tlsCa }) },
  );
  const { response, failure } = exchange;
  const password = response && !failure && response.status === 200 ? readAdminPage(response.body)?.password : undefined;
  return { exchange, ...(password !== undefined && { challenge: password }) };
}
