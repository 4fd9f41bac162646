import type { HttpExchange } from "../scep/transport.js";
import type { Artifact } from "./artifact.js";
import { KnownBytes } from "./knownBytes.js";
import { recognise } from "./recognise.js";

/** The SCEP operation that a URL asks for. */
export function operationOf({ request }: HttpExchange): string | undefined {
  return /[?&]operation=([A-Za-z]{1,40})/i.exec(request.url)?.[1];
}

/** What the bodies of an exchange were recognised as. Plain data. */
export interface ExchangeParts {
  /** What was sent: the body, or what the URL of a PKIOperation by GET carries; absent where it is nothing. */
  readonly sent?: Artifact;
  /** What came back; absent where it is nothing. */
  readonly received?: Artifact;
}

/** The parts of exchanges under the operation that they are asked for with: more than one asks, and it is the same every time. */
const knownParts = new WeakMap<
  HttpExchange,
  { readonly operation: string | undefined; readonly parts: ExchangeParts }
>();

/** What was sent and what came back in an exchange that was for an operation, its URL's where not told. */
export function exchangeParts(exchange: HttpExchange, operation = operationOf(exchange)): ExchangeParts {
  const known = knownParts.get(exchange);
  if (known && known.operation === operation) return known.parts;
  const sent = known ? known.parts.sent : recogniseRequest(exchange);
  const received = recogniseResponse(exchange, operation);
  const parts = { ...(sent && { sent }), ...(received && { received }) };
  knownParts.set(exchange, { operation, parts });
  return parts;
}

/** Takes over what the bodies of an exchange were recognised as elsewhere. */
export function rememberParts(exchange: HttpExchange, parts: ExchangeParts, operation = operationOf(exchange)): void {
  knownParts.set(exchange, { operation, parts });
}

/** What bodies were recognised as that came before: of those that come again, the very artifact is. */
const knownBodies = new KnownBytes<{ readonly artifact: Artifact | undefined }>(256, 1024 * 1024);

/** What a body was recognised as, at its first coming or now. */
function recogniseOnce(
  body: Uint8Array,
  name: string,
  recogniseBody: () => Artifact | undefined,
): Artifact | undefined {
  const known = knownBodies.find(name, body);
  if (known) return known.artifact;
  const artifact = recogniseBody();
  if (body.length <= longestKnown) knownBodies.add(name, body, { artifact });
  return artifact;
}

/** A longer body is looked at every time, in bytes. */
const longestKnown = 64 * 1024;

function recogniseRequest({ request: { body, url } }: HttpExchange): Artifact | undefined {
  const bytes =
    body ??
    (/[?&]message=/i.test(url) && /operation=PKIOperation/i.test(url) ? new TextEncoder().encode(url) : undefined);
  if (!bytes || bytes.length === 0) return undefined;
  return recogniseOnce(bytes, "sent", () => {
    const [artifact] = recognise(bytes, "The request");
    return artifact?.kind === "httpExchange" ? undefined : artifact;
  });
}

function recogniseResponse({ response }: HttpExchange, operation: string | undefined): Artifact | undefined {
  const body = response?.body;
  if (!body || response.bodyUnknown || (body.length === 0 && operation !== "GetCACaps")) return undefined;
  return recogniseOnce(body, `received ${operation ?? ""}`, () => {
    const [first] = recognise(body, "The response");
    if (!first || first.kind === "httpExchange") return undefined;
    // Whatever words GetCACaps brings are capabilities, also where none of them is known.
    const asCapabilities =
      operation === "GetCACaps" && (body.length === 0 || first.kind === "unknown") && body.length < 4096;
    return asCapabilities ? { ...first, kind: "caCapabilities" } : first;
  });
}
