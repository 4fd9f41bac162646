import type { HttpExchange } from "../scep/transport.js";

/** What a log tells of an exchange. */
export interface LoggedExchange {
  /** `?` where the log does not say. */
  readonly method: string;
  /** As the log has it, with its server or without. */
  readonly url: string;
  readonly status?: number | undefined;
  readonly reasonPhrase?: string | undefined;
  readonly contentType?: string | undefined;
  /** The response's body; absent where the log does not hold it. */
  readonly body?: Uint8Array | undefined;
  readonly requestBody?: Uint8Array | undefined;
  readonly startedAt?: Date | undefined;
  readonly durationMs?: number | undefined;
}

/** An exchange out of a log, which seldom tells all of it. */
export function loggedExchange(logged: LoggedExchange): HttpExchange {
  const { status, startedAt, contentType, body, requestBody } = logged;
  const url = logged.url.startsWith("/") ? `http://unknown${logged.url}` : logged.url;
  return {
    request: { method: logged.method, url, headers: {}, ...(requestBody && { body: requestBody }) },
    ...(status === undefined
      ? {
          failure: {
            code: "notCaptured" as const,
            sentence: "The log tells of no answer to this request. Look further down in it, or at the server's own.",
            detail: "No status in the log.",
          },
        }
      : {
          response: {
            status,
            reasonPhrase: logged.reasonPhrase ?? "",
            headers: contentType === undefined ? [] : [["Content-Type", contentType] as const],
            body: body ?? new Uint8Array(),
            ...(!body && { bodyUnknown: true }),
          },
        }),
    ...(startedAt &&
      !Number.isNaN(startedAt.getTime()) && {
        timings: { startedAt: startedAt.toISOString(), totalMs: logged.durationMs ?? 0 },
      }),
  };
}

/** The SCEP operation that a URL asks for, for a label; `exchange` where it asks for none. */
export function operationIn(url: string): string {
  return /[?&]operation=([A-Za-z]{1,40})/i.exec(url)?.[1] ?? "exchange";
}
