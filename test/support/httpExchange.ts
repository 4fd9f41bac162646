import { request } from "node:http";

/** A response with its headers as they came and its whole body. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** One exchange over a connection of its own; no redirect is followed. */
export function exchange(method: string, url: string, body?: Uint8Array): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

/** GET of a URL. */
export function get(url: string): Promise<Answer> {
  return exchange("GET", url);
}

/** A pkiMessage sent by POST. */
export function postMessage(url: string, message: Uint8Array): Promise<Answer> {
  return exchange("POST", `${url}?operation=PKIOperation`, message);
}
