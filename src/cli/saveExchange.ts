import * as path from "node:path";
import type { HttpExchange } from "../core/scep/transport.js";
import { prepareOutput, writeOutput } from "./files.js";

/**
 * Writes exchanges into a folder for whoever wants to look at the bytes: `1-GetCACaps.http` with the request line, the
 * headers of both sides and the timings, `1-GetCACaps-request.bin` and `1-GetCACaps-response.bin` with the bodies.
 */
export async function saveExchanges(
  folder: string,
  exchanges: readonly { readonly operation: string; readonly exchange: HttpExchange | undefined }[],
): Promise<void> {
  const made = exchanges.filter(({ exchange }) => exchange !== undefined);
  for (const [index, { operation, exchange }] of made.entries()) {
    if (!exchange) continue;
    const base = path.join(folder, `${index + 1}-${operation}`);
    await prepareOutput(`${base}.http`, { overwrite: true });
    await writeOutput(`${base}.http`, describe(exchange));
    if (exchange.request.body) await writeOutput(`${base}-request.bin`, exchange.request.body);
    if (exchange.response) await writeOutput(`${base}-response.bin`, exchange.response.body);
  }
}

/** As `curl -v` shows an exchange; what the server wrote stays as it wrote it. */
function describe({ request, response, failure, timings, remoteAddress, tls }: HttpExchange): string {
  const lines = [
    `* ${timings?.startedAt ?? ""}${remoteAddress === undefined ? "" : `, ${remoteAddress}`}`,
    ...(tls ? [`* TLS: ${tls.protocol}, ${tls.cipher}, ${tls.authorized ? "trusted" : "not trusted"}`] : []),
    `> ${request.method} ${request.url}`,
    ...Object.entries(request.headers).map(([name, value]) => `> ${name}: ${value}`),
    ...(response ? [`< ${response.status} ${response.reasonPhrase}`] : []),
    ...(response?.headers ?? []).map(([name, value]) => `< ${name}: ${value}`),
    ...(failure ? [`* ${failure.sentence} [${failure.detail}]`] : []),
    ...(timings
      ? [
          `* connected ${timings.connectedMs ?? "–"} ms, TLS ${timings.tlsMs ?? "–"} ms, first byte ${timings.firstByteMs ?? "–"} ms, total ${timings.totalMs} ms`,
        ]
      : []),
  ];
  return `${lines.join("\n")}\n`;
}
