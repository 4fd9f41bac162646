import { type Script, type ScriptedServer, serveScript } from "./scepHttpServer.js";

/** A server in front of another: what `script` says it answers itself, all else it passes on as it came. */
export function serveInFrontOf(url: string, script: Script): Promise<ScriptedServer> {
  const ask = (operation: string) => async () => {
    const response = await fetch(`${url}?operation=${operation}&message=x`);
    return { status: response.status, body: new Uint8Array(await response.arrayBuffer()) };
  };
  return serveScript({
    GetCACaps: ask("GetCACaps"),
    GetCACert: ask("GetCACert"),
    PKIOperation: async (message) => {
      const response = await fetch(`${url}?operation=PKIOperation`, { method: "POST", body: Buffer.from(message) });
      const type = response.headers.get("Content-Type");
      return {
        status: response.status,
        ...(type !== null && { headers: { "Content-Type": type } }),
        body: new Uint8Array(await response.arrayBuffer()),
      };
    },
    ...script,
  });
}
