import * as http from "node:http";
import * as https from "node:https";
import { listen, type LoopbackServer } from "./loopback.js";

/** One answer; `raw` writes something that is not HTTP's way, and ends the connection. */
export type Answer =
  | { readonly status?: number; readonly headers?: Record<string, string>; readonly body?: Uint8Array | string }
  | { readonly raw: string | Uint8Array }
  | "never";

/** What a server does for each operation; what is missing is answered with 404. */
export type Script = Partial<
  Record<"GetCACaps" | "GetCACert" | "PKIOperation", Answer | ((message: Uint8Array) => Promise<Answer>)>
>;

/** A SCEP server on a free port of 127.0.0.1 that answers as it is told, and notes what it was asked. */
export interface ScriptedServer extends LoopbackServer {
  readonly url: string;
  readonly asked: readonly { readonly method: string; readonly operation: string }[];
}

/** Starts one; with `tls` it speaks https. */
export async function serveScript(script: Script, tls?: https.ServerOptions): Promise<ScriptedServer> {
  const asked: { method: string; operation: string }[] = [];
  const handler: http.RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { searchParams } = new URL(request.url ?? "/", "http://127.0.0.1");
      const operation = searchParams.get("operation") ?? "";
      asked.push({ method: request.method ?? "", operation });
      const message =
        request.method === "GET" ? Buffer.from(searchParams.get("message") ?? "", "base64") : Buffer.concat(chunks);
      const entry = script[operation as keyof Script];
      void Promise.resolve(typeof entry === "function" ? entry(message) : (entry ?? { status: 404 })).then(
        (answer) => give(response, answer),
        (error: unknown) => give(response, { status: 500, body: String(error) }),
      );
    });
  };
  const server = tls ? https.createServer(tls, handler) : http.createServer(handler);
  const running = await listen(server, () => Buffer.alloc(0));
  return { ...running, asked, url: `${tls ? "https" : "http"}://127.0.0.1:${running.port}/scep` };
}

function give(response: http.ServerResponse, answer: Answer): void {
  if (answer === "never") return;
  if ("raw" in answer) {
    response.socket?.end(answer.raw);
    return;
  }
  response.writeHead(answer.status ?? 200, answer.headers);
  response.end(answer.body);
}
